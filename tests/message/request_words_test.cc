#include "message/request_words.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace rpcctl {
namespace {

// A plan at a glance: groups between bars, sources in angles, then the items.
std::string Plan(const std::vector<std::string>& data, const std::vector<std::string>& words) {
  const Result<RequestPlan> plan = PlanRequest(data, words);
  if (!plan) return "error: " + plan.error().message;
  std::string text;
  for (const RequestGroup& group : plan->groups) {
    text += "|";
    for (const DataSource& source : group.data) {
      const char* marks[] = {"", "@", "@-"};
      text += fmt::format("<{}{}>", marks[static_cast<int>(source.kind)], source.text);
    }
    for (const Item& item : group.items) text += " " + item.word;
  }
  return text;
}

TEST_CASE("request_words: nothing given makes no groups") {
  CHECK(Plan({}, {}) == "");
}

TEST_CASE("request_words: items without a comma are one group") {
  CHECK(Plan({}, {"a=1", "b=2"}) == "| a=1 b=2");
}

TEST_CASE("request_words: N commas make N+1 groups, empty ones too") {
  CHECK(Plan({}, {"a=1", ",", "a=2", ",", "a=3"}) == "| a=1| a=2| a=3");
  CHECK(Plan({}, {","}) == "||");
  CHECK(Plan({}, {"a=1", ","}) == "| a=1|");
}

TEST_CASE("request_words: a comma within a word is part of it") {
  CHECK(Plan({}, {"a=,", "a=1,2"}) == "| a=, a=1,2");
}

TEST_CASE("request_words: sources keep their order, those of -d first") {
  CHECK(Plan({"{}", "@a.json"}, {"{\"b\":1}", "x=1", "@c.json", "@-"}) ==
        "|<{}><@a.json><{\"b\":1}><@c.json><@-> x=1");
  CHECK(Plan({""}, {}) == "|<>");
}

TEST_CASE("request_words: a source belongs to the group that it stands in") {
  CHECK(Plan({}, {"@a", ",", "x=1", ",", "@-"}) == "|<@a>| x=1|<@->");
}

TEST_CASE("request_words: -d and a comma do not go together") {
  const Result<RequestPlan> plan =
      PlanRequest(std::vector<std::string>{"{}"}, std::vector<std::string>{"a=1", ","});
  REQUIRE_FALSE(plan);
  CHECK(plan.error().kind == ErrorKind::kUsage);
  CHECK(plan.error().message ==
        "-d and ',' do not go together: it is not clear which message the data is for");
  CHECK(plan.error().hint == "name the data among the items, where it belongs: @FILE, @- or '{...}'");
}

TEST_CASE("request_words: standard input is read once") {
  for (const auto& [data, words] : std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>>{
           {{"@-", "@-"}, {}}, {{"@-"}, {"@-"}}, {{}, {"@-", ",", "@-"}}}) {
    const Result<RequestPlan> plan = PlanRequest(data, words);
    REQUIRE_FALSE(plan);
    CHECK(plan.error().kind == ErrorKind::kUsage);
    CHECK(plan.error().message == "standard input (@-) can be read only once");
  }
}

TEST_CASE("request_words: an @ without a name is told what to write") {
  const Result<RequestPlan> plan = PlanRequest(std::vector<std::string>{"@"}, {});
  REQUIRE_FALSE(plan);
  CHECK(plan.error().kind == ErrorKind::kUsage);
  CHECK(plan.error().message == "-d '@' names no file");
  CHECK(plan.error().hint == "-d @FILE reads a file, -d @- standard input");
}

TEST_CASE("request_words: a word that is no item is wrong input") {
  const Result<RequestPlan> plan = PlanRequest({}, std::vector<std::string>{"name"});
  REQUIRE_FALSE(plan);
  CHECK(plan.error().kind == ErrorKind::kInput);
}

TEST_CASE("request_words: a plan knows whether it reads standard input") {
  CHECK_FALSE(PlanRequest({}, std::vector<std::string>{"@f"})->ReadsStandardInput());
  CHECK(PlanRequest(std::vector<std::string>{"@-"}, {})->ReadsStandardInput());
}

}  // namespace
}  // namespace rpcctl
