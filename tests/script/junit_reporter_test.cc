#include "script/junit_reporter.h"

#include <doctest/doctest.h>

#include "tests/script/sample_run.h"

namespace rpcctl {
namespace {

// 2026-11-22 10:20:30 UTC.
std::chrono::system_clock::time_point Noon() {
  return std::chrono::system_clock::from_time_t(1795342830);
}

struct Report {
  std::string document;
  int documents = 0;
  JunitReporter reporter{[this](const std::string& text) -> Result<void> {
                           document = text;
                           ++documents;
                           return {};
                         },
                         Noon};
};

TEST_CASE("junit: a suite for each file in the order of the files, a case for each case") {
  Report report;
  REQUIRE(TellSampleRun(report.reporter));
  CHECK(report.documents == 1);
  CHECK(report.document ==
        R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="rpcctl test" tests="4" failures="1" errors="1" time="0.004">
  <testsuite name="e2e/a.rpc" tests="2" failures="0" errors="0" skipped="1" time="0.003" timestamp="2026-11-22T10:20:30">
    <testcase name="greets" classname="e2e.a" time="0.002"/>
    <testcase name="rests" classname="e2e.a" time="0.000">
      <skipped message="a case before failed"/>
    </testcase>
  </testsuite>
  <testsuite name="b.rpc" tests="1" failures="1" errors="0" skipped="0" time="0.002" timestamp="2026-11-22T10:20:30">
    <testcase name="fails" classname="b" time="0.002">
      <failure type="expectation" message="b.rpc:5:3: expect .message == you: expected == you, actual them">b.rpc:5:3: expect .message == you: expected == you, actual them

&gt; {}
= OK

again: rpcctl call Greeter.SayHello
</failure>
    </testcase>
  </testsuite>
  <testsuite name="c.rpc" tests="1" failures="0" errors="1" skipped="0" time="0.000" timestamp="2026-11-22T10:20:30">
    <testcase name="no case was run" classname="c" time="0.000">
      <error type="CONNECT" message="connection refused">connection refused; is it running?</error>
    </testcase>
  </testsuite>
</testsuites>
)");
}

TEST_CASE("junit: a server that could not be reached is a type of its own, and attempts are counted") {
  Report report;
  report.reporter.OnFileBegin(0, {"a.rpc", 1});
  CaseReport failed = FailedCase("x", "UNAVAILABLE");
  failed.unreachable = true;
  failed.attempts = 3;
  report.reporter.OnCaseEnd(0, failed);
  REQUIRE(report.reporter.OnRunEnd({}));
  CHECK(report.document.find("<failure type=\"unreachable\"") != std::string::npos);
  CHECK(report.document.find("\nlast of 3 attempts\n") != std::string::npos);
}

TEST_CASE("junit: what a server sent adds no element") {
  Report report;
  report.reporter.OnFileBegin(0, {"a.rpc", 1});
  report.reporter.OnCaseEnd(0, FailedCase("</testcase>\"", kHostile + "</failure>]]>"));
  REQUIRE(report.reporter.OnRunEnd({}));
  CHECK(report.document.find("name=\"&lt;/testcase&gt;&quot;\"") != std::string::npos);
  CHECK(report.document.find(
            "&lt;a &amp; &quot;b&quot;&gt;\\x1b[31m\\u202e\\xff # SKIP \\\\nok 9&lt;/failure") !=
        std::string::npos);
  CHECK(report.document.find('\x1b') == std::string::npos);
}

TEST_CASE("junit: a file that an interrupted run never came to is left out") {
  Report report;
  report.reporter.OnFileBegin(1, {"b.rpc", 1});
  report.reporter.OnFileEnd(1, {.name = "b.rpc", .error = {}});
  REQUIRE(report.reporter.OnRunEnd({.files = 2, .interrupted = true}));
  CHECK(report.document.find("<testsuite name=\"b.rpc\"") != std::string::npos);
  CHECK(report.document.find("<testsuite name=\"\"") == std::string::npos);
}

TEST_CASE("junit: an error of the file that is written is the run's") {
  JunitReporter reporter(
      [](const std::string&) {
        return Error{ErrorKind::kOutput, "r.xml: disk full"};
      },
      Noon);
  const Result<void> told = TellSampleRun(reporter);
  REQUIRE_FALSE(told);
  CHECK(told.error().message == "r.xml: disk full");
}

TEST_CASE("junit: the name of a class has a dot for each folder and no ending") {
  CHECK(JunitClassName("smoke.rpc") == "smoke");
  CHECK(JunitClassName("tests/e2e/smoke.rpc") == "tests.e2e.smoke");
  CHECK(JunitClassName("./a//b.rpc") == "a.b");
  CHECK(JunitClassName("../x/y.rpc") == "x.y");
  CHECK(JunitClassName("/srv/a.txt") == "srv.a.txt");
  CHECK(JunitClassName(".rpc") == ".rpc");
}

}  // namespace
}  // namespace rpcctl
