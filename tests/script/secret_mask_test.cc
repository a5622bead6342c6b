#include "script/secret_mask.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace rpcctl {
namespace {

TEST_CASE("secret mask: a secret is hidden however it is written") {
  SecretMask mask;
  mask.Add("p\"w d");
  mask.Add("");
  CHECK(mask.Hidden("see p\"w d.") == "see ***.");
  CHECK(mask.Hidden(R"({"a":"p\"w d"})") == R"({"a":"***"})");
  CHECK(mask.Hidden("'p\"w d'") == "'***'");
  CHECK(mask.Hidden("cCJ3IGQ=, cCJ3IGQ") == "***, ***");
  CHECK(mask.Hidden("nothing") == "nothing");
}

TEST_CASE("secret mask: of two secrets the longer one is hidden whole") {
  SecretMask mask;
  mask.Add("abc");
  mask.Add("abcdef");
  CHECK(mask.Hidden("abcdef abc") == "*** ***");
}

TEST_CASE("secret mask: of a credential that stands behind its scheme both are hidden") {
  SecretMask mask;
  mask.Add("Bearer abcdef");
  mask.Add("Basic x");
  CHECK(mask.Hidden("Bearer abcdef, abcdef, Basic x, x") == "***, ***, ***, x");
}

TEST_CASE("secret mask: the beginning of a secret is hidden where a text was cut short") {
  SecretMask mask;
  mask.Add("hunter2");
  CHECK(mask.Hidden("it is hunt...") == "it is ***...");
  CHECK(mask.Hidden("hunter2hunter... (not set)") == "******... (not set)");
  CHECK(mask.Hidden("tenth...") == "tenth...");
  CHECK(mask.Hidden("it is hunter") == "it is hunter");
  CHECK(mask.Finds("a hunter2"));
  CHECK_FALSE(mask.Finds("a hunter"));
}

TEST_CASE("secret mask: none of very many is forgotten, and none kept twice") {
  SecretMask mask;
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 20'000; ++i) mask.Add(fmt::format("secret number {:05}", i));
  }
  CHECK(mask.Hidden("secret number 00000 secret number 19999") == "*** ***");
  CHECK(mask.Finds("secret number 12345"));
}

}  // namespace
}  // namespace rpcctl
