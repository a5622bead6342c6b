#include <doctest/doctest.h>

#include "base/output.h"
#include "script/json_reporter.h"
#include "script/junit_reporter.h"
#include "script/reporter_group.h"
#include "script/script_runner.h"
#include "script/tap_reporter.h"

namespace rpcctl {
namespace {

CaseReport Failed(const std::string& name, const std::string& actual) {
  CaseReport report;
  report.name = name;
  report.place = {3, 1};
  report.result = CaseResult::kFailed;
  report.failures.push_back({{5, 10}, "expect .x == 1", "== 1", actual});
  return report;
}

CaseReport Skipped(const std::string& name) {
  CaseReport report;
  report.name = name;
  report.result = CaseResult::kSkipped;
  report.skip_reason = "the time was over";
  return report;
}

// A run of one file, told to `reporter`.
void Tell(Reporter& reporter, const std::vector<CaseReport>& cases) {
  reporter.OnFileBegin(0, {"a.rpc", cases.size()});
  for (const CaseReport& report : cases) {
    reporter.OnCaseBegin(0, report.name);
    reporter.OnCaseEnd(0, report);
  }
  reporter.OnFileEnd(0, {.name = "a.rpc"});
  CHECK(bool(reporter.OnRunEnd({})));
}

void TellBroken(Reporter& reporter) {
  reporter.OnFileBegin(0, {"a.rpc", 2});
  FileReport report{.name = "a.rpc"};
  report.error = Error{ErrorKind::kConnect, "cannot connect: \x1b[31m"};
  reporter.OnFileEnd(0, report);
  CHECK(bool(reporter.OnRunEnd({})));
}

std::string Junit(const std::vector<CaseReport>& cases) {
  std::string document;
  JunitReporter reporter(
      [&](const std::string& text) {
        document = text;
        return Result<void>();
      },
      [] { return std::chrono::system_clock::time_point(std::chrono::seconds(1'795'341'600)); });
  Tell(reporter, cases);
  return document;
}

TEST_CASE("junit reporter: what XML cannot hold is escaped") {
  const std::string text = Junit({Failed("<a & \"b\">", "\x1b[0m\xef\xbf\xbe]]>\xff")});
  CHECK(text.find("name=\"&lt;a &amp; &quot;b&quot;&gt;\"") != std::string::npos);
  CHECK(text.find("actual    \\x1b[0m\\ufffe]]&gt;\\xff\n") != std::string::npos);
  CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("junit reporter: a suite counts its cases, and tells when it began") {
  const std::string text = Junit({Failed("a", "2"), Skipped("b"), CaseReport{.name = "c"}});
  CHECK(text.find("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\"") != std::string::npos);
  CHECK(text.find("timestamp=\"2026-11-22T10:00:00\"") != std::string::npos);
  CHECK(text.find("<skipped message=\"the time was over\"/>") != std::string::npos);
}

TEST_CASE("junit reporter: a file that was not run is an error") {
  std::string document;
  JunitReporter reporter(
      [&](const std::string& text) {
        document = text;
        return Result<void>();
      },
      std::chrono::system_clock::now);
  TellBroken(reporter);
  CHECK(document.find("tests=\"1\" failures=\"0\" errors=\"1\"") != std::string::npos);
  CHECK(document.find("<error type=\"connection\" message=\"cannot connect: \\x1b[31m\"/>") !=
        std::string::npos);
}

TEST_CASE("tap reporter: points, directives and the plan") {
  StringOutput out;
  TapReporter reporter(out);
  Tell(reporter, {Failed("no. #1 \\", "2"), Skipped("b")});
  CHECK(out.text() ==
        "TAP version 14\nnot ok 1 - a.rpc: no. \\#1 \\\\\n  ---\n  file: \"a.rpc\"\n  line: 3\n  seconds: "
        "0.000\n"
        "  attempts: 1\n  failures:\n    - line: 5\n      column: 10\n      step: \"expect .x == 1\"\n"
        "      expected: \"== 1\"\n      actual: \"2\"\n  ...\n"
        "ok 2 - a.rpc: b # SKIP the time was over\n1..2\n");
}

TEST_CASE("tap reporter: an interrupted run bails out") {
  StringOutput out;
  TapReporter reporter(out);
  CHECK(bool(reporter.OnRunEnd({.interrupted = true})));
  CHECK(out.text() == "TAP version 14\nBail out! interrupted\n");
}

TEST_CASE("json reporter: an object a line, safe on a terminal") {
  StringOutput out;
  JsonReporter reporter(out);
  Tell(reporter, {Failed("a", "\x1b\xff"), Skipped("b")});
  CHECK(
      out.text() ==
      R"({"case":"a","file":"a.rpc","line":3,"tags":[],"result":"failed","seconds":0.000,"attempts":1,"failures":[)"
      R"({"line":5,"column":10,"step":"expect .x == 1","expected":"== 1","actual":"\u001b\ufffd"}]})"
      "\n"
      R"({"case":"b","file":"a.rpc","line":1,"tags":[],"result":"skipped","reason":"the time was over",)"
      R"("seconds":0.000,"attempts":1,"failures":[]})"
      "\n");
}

TEST_CASE("json reporter: a file that was not run has an object of its own") {
  StringOutput out;
  JsonReporter reporter(out);
  TellBroken(reporter);
  CHECK(out.text() ==
        "{\"file\":\"a.rpc\",\"result\":\"error\",\"error\":\"cannot connect: \\u001b[31m\"}\n");
}

class BrokenOutput final : public Output {
 public:
  Result<void> Write(std::string_view) override { return Error{ErrorKind::kOutput, "full"}; }
  Result<void> Flush() override { return Error{ErrorKind::kOutput, "full"}; }
};

TEST_CASE("reporter group: every reporter is told, and the first error is the run's") {
  BrokenOutput broken;
  StringOutput out;
  std::vector<std::unique_ptr<Reporter>> reporters;
  reporters.push_back(std::make_unique<TapReporter>(broken));
  reporters.push_back(std::make_unique<JsonReporter>(out));
  ReporterGroup group(std::move(reporters));
  group.OnFileBegin(0, {"a.rpc", 1});
  group.OnCaseBegin(0, "b");
  group.OnCaseEnd(0, Skipped("b"));
  group.OnFileEnd(0, {.name = "a.rpc"});
  const Result<void> ended = group.OnRunEnd({});
  REQUIRE_FALSE(ended);
  CHECK(ended.error().message == "full");
  CHECK(out.text().find("\"case\":\"b\"") != std::string::npos);
}

TEST_CASE("case selection: tags and names, and all where nothing is asked for") {
  using List = std::vector<std::string>;
  CHECK(CaseSelection{}.Selects("a", {}));
  CHECK(CaseSelection{.tags = {"x", "y"}}.Selects("a", List{"y"}));
  CHECK_FALSE(CaseSelection{.tags = {"x"}}.Selects("a", List{"y"}));
  CHECK_FALSE(CaseSelection{.tags = {"x"}, .skip_tags = {"y"}}.Selects("a", List{"x", "y"}));
  CHECK(CaseSelection{.names = {"b*", "?"}}.Selects("a", {}));
  CHECK_FALSE(CaseSelection{.names = {"b*"}}.Selects("a", {}));
}

}  // namespace
}  // namespace rpcctl
