#include "script/case_runner.h"

#include <doctest/doctest.h>

#include "script/told_text.h"
#include "tests/support/played_script.h"

namespace rpcctl {
namespace {

using testing::FailuresOf;
using testing::PlayedScript;
using Lines = std::vector<std::string>;

TEST_CASE("case runner: a case of which everything holds has passed, and tells no more") {
  PlayedScript script("case a\ncall S.One\nexpect .name == you");
  script.Answer({R"({"name":"you"})"});
  const CaseReport report = script.Run();
  CHECK(report.result == CaseResult::kPassed);
  CHECK(FailuresOf(report).empty());
  CHECK(report.transcript.empty());
  CHECK(report.command.empty());
  CHECK(report.attempts == 1);
}

TEST_CASE("case runner: of a case that failed it is told what went over the wire and how to call again") {
  PlayedScript script("case a\ncall S.One '{\"name\":\"me\"}'\nexpect .name == you");
  script.Answer({R"({"name":"them"})"});
  const CaseReport report = script.Run();
  CHECK(report.result == CaseResult::kFailed);
  CHECK(FailuresOf(report) == R"(3: == "you": "them")");
  CHECK(report.transcript == Lines{R"(> {"name":"me"})", R"(< {"name":"them"})", "= OK"});
  CHECK(report.command == R"(S.One {"name":"me"})");
}

TEST_CASE("case runner: of a long line the beginning is told, and no command is made of it") {
  const std::string name(kMostBytesTold * 10, 'x');
  PlayedScript script("case a\ncall S.One '{\"name\":\"" + name + "\"}'\nexpect .name == " + name);
  script.Answer({R"({"name":"them"})"});
  const CaseReport report = script.Run();
  REQUIRE(report.failures.size() == 1);
  for (const std::string& told : {report.failures.front().line, report.failures.front().expected}) {
    CHECK(told.size() == kMostBytesTold + 3);
    CHECK(told.ends_with("xxx..."));
  }
  CHECK(report.command.empty());
}

TEST_CASE("case runner: where a line is cut no secret begins") {
  const std::string before(kMostBytesTold - std::string("expect .name == ").size() - 3, 'x');
  PlayedScript script("set k hunter2\nset secret k\ncase a\ncall S.One\nexpect .name == " + before +
                      "hunter2y");
  script.Answer({"{}"});
  const CaseReport report = script.Run();
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures.front().line.ends_with("xx***..."));
  CHECK(report.failures.front().expected.find("hu") == std::string::npos);
}

}  // namespace
}  // namespace rpcctl
