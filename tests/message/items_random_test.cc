// Words made at random, from a fixed seed: whatever they are, the builder answers and stays whole.
#include <doctest/doctest.h>

#include <algorithm>

#include <random>

#include "message/request_stream.h"
#include "tests/support/item_types.h"

namespace rpcctl {
namespace {

constexpr const char* kPieces[] = {
    "name",
    "tags",
    "routes",
    "inner",
    "labels",
    "detail",
    "details",
    "@type",
    "location",
    "latitude",
    "value",
    "times",
    "at",
    "colors",
    "choice",
    "text",
    "point",
    "0",
    "1",
    "-1",
    "99999999999999999999",
    ".",
    "..",
    "[",
    "]",
    "[]",
    "=",
    ":=",
    "+=",
    "+:=",
    "{",
    "}",
    "{}",
    "null",
    "\"",
    ",",
    "[1,2]",
    "\xff",
    "\x1b",
    "",
    "items.Point",
    "red",
    "now",
    "5s",
    "hex:0",
    "b64:=",
    "items2.weight",
    "[items2.marks]",
    "true",
    "nan",
    "1e400",
};

std::string RandomWord(std::mt19937& random) {
  std::string word;
  for (size_t left = 1 + random() % 9; left > 0; --left) word += kPieces[random() % std::size(kPieces)];
  return word;
}

// A word that is likely to get far: a path, an operator and a value.
std::string LikelyWord(std::mt19937& random) {
  std::string word = kPieces[random() % 17];
  while (random() % 2 == 0) word.append(".").append(kPieces[random() % 20]);
  constexpr const char* kOperators[] = {"=", ":=", "+=", "+:="};
  word += kOperators[random() % std::size(kOperators)];
  return word + kPieces[random() % std::size(kPieces)];
}

TEST_CASE("items: no words at random break the builder") {
  std::mt19937 random(20261122);  // NOLINT(cert-msc51-cpp): the same words every time
  constexpr const char* kTypes[] = {"items.Request", "items.Known", "items.Maps", "items.Scalars",
                                    "items2.Old"};
  size_t built = 0;
  for (int i = 0; i < 20000; ++i) {
    std::vector<std::string> words;
    for (size_t left = 1 + random() % 2; left > 0; --left) {
      words.push_back(random() % 4 == 0 ? RandomWord(random) : LikelyWord(random));
    }
    Result<RequestPlan> plan = PlanRequest({}, words);
    const auto has_data = [](const RequestGroup& group) { return !group.data.empty(); };
    if (!plan || std::ranges::any_of(plan->groups, has_data)) continue;
    Result<RequestStream> stream =
        RequestStream::Open(std::move(*plan), Types().Type(kTypes[random() % std::size(kTypes)]), {});
    built += stream ? 1 : 0;
    if (!stream) REQUIRE_FALSE(stream.error().message.empty());
  }
  CHECK(built > 100);
}

}  // namespace
}  // namespace rpcctl
