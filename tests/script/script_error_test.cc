#include "script/script_error.h"

#include <doctest/doctest.h>

#include <string>

namespace rpcctl {
namespace {

constexpr size_t kMany = 3 * ScriptErrors::kMostKept;

// One mistake in each of very many lines, the last line first or the first one.
ScriptErrors Many(bool last_first) {
  ScriptErrors errors;
  for (size_t i = 0; i < kMany; ++i) errors.Add({last_first ? kMany - i : i + 1, 1}, "wrong");
  return errors;
}

TEST_CASE("script errors: of very many those are kept that stand first, and the others are counted") {
  for (const bool last_first : {false, true}) {
    ScriptErrors errors = Many(last_first);
    errors.Sort();
    REQUIRE(errors.list().size() == ScriptErrors::kMostKept);
    CHECK(errors.list().front().place.line == 1);
    CHECK(errors.list().back().place.line == ScriptErrors::kMostKept);
    CHECK(errors.count() == kMany);
    CHECK(errors.others() == kMany - ScriptErrors::kMostKept);
  }
}

TEST_CASE("script errors: of two at one place the one that was found first is kept") {
  ScriptErrors errors;
  for (size_t i = 0; i < kMany; ++i) errors.Add({2, 1}, std::to_string(i));
  errors.Add({1, 1}, "first");
  errors.Sort();
  CHECK(errors.list().front().error.message == "first");
  CHECK(errors.list()[1].error.message == "0");
  CHECK(errors.list().back().error.message == std::to_string(ScriptErrors::kMostKept - 2));
}

TEST_CASE("script errors: what is added together is counted together") {
  ScriptErrors errors = Many(false);
  errors.Add(Many(true));
  errors.Sort();
  CHECK(errors.count() == 2 * kMany);
  CHECK(errors.list().back().place.line == ScriptErrors::kMostKept / 2);
}

TEST_CASE("script errors: that nobody answers is known behind any number of mistakes") {
  ScriptErrors found = Many(false);
  CHECK_FALSE(found.failure());
  found.Add({kMany + 1, 1}, Error{ErrorKind::kConnect, "no answer"});
  ScriptErrors errors;
  errors.Add(found);
  REQUIRE(errors.failure());
  CHECK(errors.failure()->message == "no answer");
}

TEST_CASE("script errors: whether all are of input that cannot be had is known of all") {
  ScriptErrors errors;
  for (size_t i = 0; i < kMany; ++i) errors.Add({i + 1, 1}, Error{ErrorKind::kInput, "no such file"});
  CHECK(errors.only_of_input());
  errors.Add({kMany + 1, 1}, "wrong");
  CHECK_FALSE(errors.only_of_input());
}

}  // namespace
}  // namespace rpcctl
