#include "script/json_reporter.h"

#include <doctest/doctest.h>

#include "tests/script/sample_run.h"

namespace rpcctl {
namespace {

TEST_CASE("json report: a line for each case, one for a file that did not run, and the sums") {
  StringOutput out;
  JsonReporter reporter(out);
  REQUIRE(TellSampleRun(reporter));
  CHECK(
      out.text() ==
      R"({"file":"e2e/a.rpc","line":3,"case":"greets","tags":[],"result":"passed","seconds":0.001500,"attempts":1,"failures":[]}
{"file":"b.rpc","line":3,"case":"fails","tags":["slow"],"result":"failed","seconds":0.001500,"attempts":1,"failures":[{"line":5,"column":3,"expectation":"expect .message == you","expected":"== you","actual":"them"}],"transcript":["> {}","= OK"],"command":"rpcctl call Greeter.SayHello"}
{"file":"e2e/a.rpc","line":3,"case":"rests","tags":[],"result":"skipped","reason":"a case before failed","seconds":0.000000,"attempts":0,"failures":[]}
{"file":"c.rpc","result":"error","error":{"code":"CONNECT","message":"connection refused","hint":"is it running?"}}
{"summary":{"files":3,"passed":1,"failed":1,"skipped":1,"broken_files":1,"seconds":0.004000,"interrupted":false}}
)");
}

TEST_CASE("json report: what a server sent is one string on one line, safe on a terminal") {
  StringOutput out;
  JsonReporter reporter(out);
  reporter.OnFileBegin(0, {"a.rpc", 1});
  CaseReport failed = FailedCase("x", kHostile);
  failed.failures.front().expected.clear();
  reporter.OnCaseEnd(0, failed);
  CHECK(out.text().find(R"("actual":"<a & \"b\">\u001b[31m\u202e\ufffd # SKIP \\\nok 9"}])") !=
        std::string::npos);
  CHECK(out.text().find('\n') == out.text().size() - 1);
  CHECK(out.text().find("\"expected\"") == std::string::npos);
}

TEST_CASE("json report: several failures and tags are told in order") {
  StringOutput out;
  JsonReporter reporter(out);
  reporter.OnFileBegin(0, {"a.rpc", 1});
  CaseReport failed = FailedCase("x", "1");
  failed.tags = {"a", "b"};
  failed.failures.push_back({.place = {6, 3}, .line = "expect OK", .expected = "OK", .actual = "ABORTED"});
  reporter.OnCaseEnd(0, failed);
  CHECK(out.text().find("\"tags\":[\"a\",\"b\"]") != std::string::npos);
  CHECK(out.text().find("\"actual\":\"1\"},{\"line\":6,\"column\":3,\"expectation\":\"expect OK\","
                        "\"expected\":\"OK\",\"actual\":\"ABORTED\"}]") != std::string::npos);
}

TEST_CASE("json report: an interrupted run says so in its sums") {
  StringOutput out;
  JsonReporter reporter(out);
  REQUIRE(reporter.OnRunEnd({.files = 1, .interrupted = true}));
  CHECK(out.text() ==
        "{\"summary\":{\"files\":1,\"passed\":0,\"failed\":0,\"skipped\":0,\"broken_files\":0,"
        "\"seconds\":0.000000,\"interrupted\":true}}\n");
}

TEST_CASE("json report: the end tells that nothing could be written") {
  BrokenOutput out;
  JsonReporter reporter(out);
  CHECK_FALSE(TellSampleRun(reporter));
  CHECK(out.writes == 1);
}

}  // namespace
}  // namespace rpcctl
