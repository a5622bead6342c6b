#include "script/tap_reporter.h"

#include <doctest/doctest.h>

#include "tests/script/sample_run.h"

namespace rpcctl {
namespace {

TEST_CASE("tap: a plan, then a test point for each case as it ends and one for a file that did not run") {
  StringOutput out;
  TapReporter reporter(out, 4);
  REQUIRE(TellSampleRun(reporter));
  CHECK(out.text() == R"(TAP version 14
1..4
ok 1 - e2e/a.rpc: greets
not ok 2 - b.rpc: fails
  ---
  file: "b.rpc"
  line: 3
  duration_ms: 1.500
  failures:
    - line: 5
      column: 3
      expectation: "expect .message == you"
      expected: "== you"
      actual: "them"
  transcript:
    - "> {}"
    - "= OK"
  command: "rpcctl call Greeter.SayHello"
  ...
ok 3 - e2e/a.rpc: rests # SKIP a case before failed
not ok 4 - c.rpc: no case was run
  ---
  file: "c.rpc"
  error: CONNECT
  message: "connection refused"
  hint: "is it running?"
  ...
)");
}

TEST_CASE("tap: an interrupted run bails out in its last line") {
  StringOutput out;
  TapReporter reporter(out, 7);
  REQUIRE(reporter.OnRunEnd({.interrupted = true}));
  CHECK(out.text() == "TAP version 14\n1..7\nBail out! interrupted\n");
}

TEST_CASE("tap: a name of a case makes no directive and no line") {
  StringOutput out;
  TapReporter reporter(out, 2);
  reporter.OnFileBegin(0, {"a#b.rpc", 2});
  reporter.OnCaseEnd(0, PassedCase("x # SKIP y\nnot ok \\ z"));
  CHECK(out.text() == "TAP version 14\n1..2\nok 1 - a\\#b.rpc: x \\# SKIP y\\\\nnot ok \\\\ z\n");
}

TEST_CASE("tap: what a server sent stays inside its quotes") {
  StringOutput out;
  TapReporter reporter(out, 1);
  reporter.OnFileBegin(0, {"a.rpc", 1});
  CaseReport failed = FailedCase("x", kHostile);
  failed.attempts = 2;
  failed.failures.front().expected.clear();
  reporter.OnCaseEnd(0, failed);
  CHECK(out.text().find(
            "      actual: \"<a & \\\"b\\\">\\\\x1b[31m\\\\u202e\\\\xff # SKIP \\\\\\\\nok 9\"\n") !=
        std::string::npos);
  CHECK(out.text().find("  attempts: 2\n") != std::string::npos);
  CHECK(out.text().find("expected:") == std::string::npos);
}

TEST_CASE("tap: once nothing can be written no more is tried, and the end tells the error") {
  BrokenOutput out;
  TapReporter reporter(out, 4);
  const Result<void> told = TellSampleRun(reporter);
  REQUIRE_FALSE(told);
  CHECK(told.error().message == "standard output: no space left");
  CHECK(out.writes == 1);
}

}  // namespace
}  // namespace rpcctl
