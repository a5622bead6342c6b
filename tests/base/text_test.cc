#include "base/text.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

const std::vector<std::string> kFields = {"name", "names", "id", "has_ponycopter"};

TEST_CASE("text: an edit is an insertion, a deletion, a replacement or a swap of neighbours") {
  CHECK(EditDistance("name", "name") == 0);
  CHECK(EditDistance("nmae", "name") == 1);
  CHECK(EditDistance("nam", "name") == 1);
  CHECK(EditDistance("", "name") == 4);
  CHECK(EditDistance("kitten", "sitting") == 3);
}

TEST_CASE("text: the nearest name comes first, and far ones not at all") {
  CHECK(NearestNames("nmae", kFields) == std::vector<std::string>{"name"});
  CHECK(NearestNames("xyzzy", kFields).empty());
  CHECK(NearestNames("NAME", kFields).front() == "name");
}

TEST_CASE("text: a beginning counts as near") {
  CHECK(NearestNames("has", kFields) == std::vector<std::string>{"has_ponycopter"});
}

TEST_CASE("text: the hint names the nearest, or is empty") {
  CHECK(DidYouMean("nmae", kFields) == "did you mean 'name'?");
  CHECK(DidYouMean("zzz", kFields).empty());
}

TEST_CASE("text: a list reads as a sentence") {
  CHECK(JoinForSentence(std::vector<std::string>{"a"}) == "a");
  CHECK(JoinForSentence(std::vector<std::string>{"a", "b"}) == "a or b");
  CHECK(JoinForSentence(std::vector<std::string>{"a", "b", "c"}, "and") == "a, b and c");
}

TEST_CASE("text: a suffix counts only from a dot on") {
  CHECK(EndsAtDot("helloworld.Greeter", "Greeter"));
  CHECK(EndsAtDot("helloworld.Greeter", "helloworld.Greeter"));
  CHECK_FALSE(EndsAtDot("helloworld.Greeter", "eeter"));
}

}  // namespace
}  // namespace rpcctl
