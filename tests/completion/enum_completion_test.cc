#include "completion/enum_completion.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include "message/enum_text.h"
#include "tests/support/built_file.h"
#include "tests/support/completed_line.h"

namespace rpcctl {
namespace {

using google::protobuf::EnumDescriptor;

// What "e=" and `begun` may become.
Answer Offered(const EnumDescriptor& type, const std::string& begun) {
  Answer answer;
  OfferEnumValues(type, "e=" + begun, "e=", answer);
  return answer;
}

Values ValuesFor(const std::string& values, const std::string& begun) {
  const BuiltFile file("syntax = \"proto2\"; enum E { " + values + " }");
  std::vector<std::string> found;
  for (const Candidate& candidate : Offered(*file.file().enum_type(0), begun).candidates)
    found.push_back(candidate.value);
  return found;
}

TEST_CASE("enum completion: a short form that two values answer to is not offered, their names are") {
  const std::string values = "K_Red = 0; K_RED = 1; K_ROSE = 2;";
  CHECK(ValuesFor(values, "R") == Values{"e=ROSE"});
  CHECK(ValuesFor(values, "r") == Values{"e=rose"});
  CHECK(ValuesFor(values, "K_R") == Values{"e=K_Red", "e=K_RED", "e=K_ROSE"});
}

TEST_CASE("enum completion: two names of one number are both offered") {
  CHECK(ValuesFor("option allow_alias = true; K_RED = 1; K_REDDISH = 1; K_ROSE = 2;", "re") ==
        Values{"e=red", "e=reddish"});
}

TEST_CASE("enum completion: a short form of digits is offered where it means the number") {
  CHECK(ValuesFor("K_A = 0; K_11 = 11; K_12 = 13;", "1") == Values{"e=11"});
}

TEST_CASE("enum completion: what is one value's name and another one's short form is not offered") {
  CHECK(ValuesFor("K_X = 0; K_K_X = 1;", "k_") == Values{"e=k_k_x"});
}

TEST_CASE("enum completion: of very many values as many as fit are offered, each of which can be read") {
  std::string values;
  for (int i = 0; i < 60'000; ++i) values += fmt::format("KIND_N{} = {};", i, i);
  const BuiltFile file("syntax = \"proto2\"; enum E { " + values + " }");
  const EnumDescriptor& type = *file.file().enum_type(0);
  const Answer answer = Offered(type, "n");
  REQUIRE(answer.candidates.size() == kMostCandidates);
  CHECK(answer.candidates.front().value == "e=n0");
  CHECK(answer.candidates.back().value == "e=n1999");
  CHECK(*ParseEnum(type, "n1999") == 1999);
  CHECK(Offered(type, "n5999").candidates.size() == 11);
  CHECK(Offered(type, "x").candidates.empty());
}

}  // namespace
}  // namespace rpcctl
