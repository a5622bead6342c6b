#include "cmd/rpcctl/terminal_reporter.h"

#include <doctest/doctest.h>

#include "tests/script/sample_run.h"

namespace rpcctl {
namespace {

TEST_CASE("terminal report: a line for each case as it ends, what failed below it, and a sum") {
  StringOutput out;
  TerminalReporter reporter({.out = out, .names_files = true, .cases = 3});
  REQUIRE(TellSampleRun(reporter));
  CHECK(out.text() == R"(ok   e2e/a.rpc: greets (2ms)
FAIL b.rpc: fails (2ms)
    b.rpc:5:3: expect .message == you
      expected  == you
      actual    them
    > {}
    = OK
    again: rpcctl call Greeter.SayHello
skip e2e/a.rpc: rests (a case before failed)
FAIL c.rpc: no case was run
    connection refused
1 passed, 1 failed, 1 skipped, 1 file not run in 4ms
)");
}

TEST_CASE("terminal report: one file needs no name, and several attempts are told") {
  StringOutput out;
  TerminalReporter reporter({.out = out, .cases = 1});
  reporter.OnFileBegin(0, {"a.rpc", 1});
  CaseReport passed = PassedCase("greets");
  passed.attempts = 3;
  passed.duration = std::chrono::milliseconds(12345);
  reporter.OnCaseEnd(0, passed);
  CHECK(out.text() == "ok   greets (12s, 3 attempts)\n");
}

TEST_CASE("terminal report: what prevented a step stands where nothing was compared") {
  StringOutput out;
  TerminalReporter reporter({.out = out, .cases = 1});
  reporter.OnFileBegin(0, {"a.rpc", 1});
  CaseReport failed = FailedCase("x", "id: no number");
  failed.failures.front().expected.clear();
  failed.transcript.clear();
  failed.command.clear();
  reporter.OnCaseEnd(0, failed);
  CHECK(out.text() == "FAIL x (2ms)\n    a.rpc:5:3: expect .message == you\n      id: no number\n");
}

TEST_CASE("terminal report: colours tell what held, what did not and what was not run") {
  StringOutput out;
  TerminalReporter reporter({.out = out, .colour = Colour::kOn, .cases = 3});
  reporter.OnFileBegin(0, {"a.rpc", 3});
  reporter.OnCaseEnd(0, PassedCase("a"));
  reporter.OnCaseEnd(0, SkippedCase("b", "interrupted"));
  reporter.OnCaseEnd(0, FailedCase("c", "them"));
  CHECK(
      out.text().starts_with("\x1b[32mok  \x1b[0m a (2ms)\n\x1b[33mskip\x1b[0m b (interrupted)\n"
                             "\x1b[31mFAIL\x1b[0m c (2ms)\n"));
  CHECK(out.text().find("      expected  \x1b[32m== you\x1b[0m\n      actual    \x1b[31mthem\x1b[0m\n"
                        "    \x1b[2m> {}\x1b[0m\n") != std::string::npos);
}

TEST_CASE("terminal report: what a server sent is safe and adds no line") {
  StringOutput out;
  TerminalReporter reporter({.out = out, .cases = 1});
  reporter.OnFileBegin(0, {"a.rpc", 1});
  reporter.OnCaseEnd(0, FailedCase("x", kHostile));
  CHECK(out.text().find("      actual    <a & \"b\">\\x1b[31m\\u202e\\xff # SKIP \\\\nok 9\n") !=
        std::string::npos);
}

TEST_CASE("terminal report: while a case runs a line says which, and is gone before anything is told") {
  StringOutput out, err;
  TerminalReporter reporter({.out = out, .progress = &err, .cases = 2});
  reporter.OnFileBegin(0, {"a.rpc", 2});
  reporter.OnCaseBegin(0, "greets\x1b");
  reporter.OnCaseEnd(0, PassedCase("greets\x1b"));
  CHECK(err.text() == "\r[1/2] greets\\x1b\x1b[K\r\x1b[K");
  REQUIRE(reporter.OnRunEnd({}));
  CHECK(err.text().ends_with("\x1b[K\r\x1b[K"));
}

TEST_CASE("terminal report: of several cases that run at once the line shows one and counts the others") {
  StringOutput out, err;
  TerminalReporter reporter({.out = out, .progress = &err, .names_files = true, .cases = 2});
  reporter.OnFileBegin(0, {"a.rpc", 1});
  reporter.OnFileBegin(1, {"b.rpc", 1});
  reporter.OnCaseBegin(0, "one");
  reporter.OnCaseBegin(1, "two");
  CHECK(err.text() == "\r[1/2] one\x1b[K\r[1/2] two, and 1 beside it\x1b[K");
  reporter.OnCaseEnd(1, PassedCase("two"));
  CHECK(err.text().ends_with("\r\x1b[K\r[2/2] one\x1b[K"));
  reporter.OnCaseEnd(0, PassedCase("one"));
  CHECK(err.text().ends_with("\r[2/2] one\x1b[K\r\x1b[K"));
}

TEST_CASE("terminal report: an interrupted run says so, and one that cannot be told is an error") {
  StringOutput out;
  TerminalReporter told({.out = out, .cases = 2});
  REQUIRE(told.OnRunEnd({.passed = 1, .duration = std::chrono::microseconds(300), .interrupted = true}));
  CHECK(out.text() == "1 passed, 0 failed, interrupted in <1ms\n");
  BrokenOutput broken;
  TerminalReporter untold({.out = broken, .cases = 2});
  CHECK_FALSE(TellSampleRun(untold));
  CHECK(broken.writes == 1);
}

}  // namespace
}  // namespace rpcctl
