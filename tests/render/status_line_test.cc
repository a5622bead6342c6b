#include "render/status_line.h"

#include <doctest/doctest.h>
#include <rapidjson/document.h>

namespace rpcctl {
namespace {

CallOutcome Outcome() {
  CallOutcome outcome;
  outcome.sent = 1;
  outcome.received = 2;
  outcome.opening = std::chrono::microseconds(1200);
  outcome.first = std::chrono::microseconds(3400);
  outcome.total = std::chrono::microseconds(3900);
  return outcome;
}

TEST_CASE("status line: a call that succeeded") {
  CHECK(
      StatusLine(Outcome(), {}, {}, "") ==
      R"({"code":"OK","number":0,"message":"","details":[],"headers":{},"trailers":{},"sent":1,"received":2,)"
      R"("timing":{"connect_ms":1.200,"first_ms":3.400,"total_ms":3.900}})"
      "\n");
}

TEST_CASE("status line: the phases of a connection stand before the times of the call") {
  CallOutcome outcome = Outcome();
  outcome.answered = std::chrono::microseconds(3300);
  outcome.connection = {"127.0.0.1:1", std::chrono::microseconds(100), std::chrono::microseconds(200)};
  CHECK(StatusLine(outcome, {}, {}, "")
            .ends_with(R"("timing":{"name_ms":0.100,"dial_ms":0.200,"connect_ms":1.200,"headers_ms":3.300,)"
                       R"("first_ms":3.400,"total_ms":3.900}})"
                       "\n"));
  outcome.connection->proxy = std::chrono::microseconds(300);
  outcome.connection->tls = std::chrono::microseconds(400);
  CHECK(StatusLine(outcome, {}, {}, "")
            .find(R"("dial_ms":0.200,"proxy_ms":0.300,"tls_ms":0.400,"connect_ms")") != std::string::npos);
}

TEST_CASE("status line: without a message there is no time of the first") {
  CallOutcome outcome = Outcome();
  outcome.first.reset();
  CHECK(StatusLine(outcome, {}, {}, "")
            .ends_with(R"("timing":{"connect_ms":1.200,"total_ms":3.900}})"
                       "\n"));
}

TEST_CASE("status line: a failed call with its details and its hint") {
  const std::string line = StatusLine(Outcome(), {5, "no \"such\" thing", ""},
                                      {R"({"@type":"x/a"})", R"({"@type":"x/b"})"}, "look elsewhere");
  CHECK(
      line.starts_with(R"({"code":"NOT_FOUND","number":5,"message":"no \"such\" thing",)"
                       R"("details":[{"@type":"x/a"},{"@type":"x/b"}],"hint":"look elsewhere","headers":)"));
}

TEST_CASE("status line: a number that gRPC does not know is told as it came") {
  CHECK(StatusLine(Outcome(), {99, "", ""}, {}, "").starts_with(R"({"code":"UNKNOWN","number":99,)"));
}

TEST_CASE("status line: metadata by name, each value once, binary ones in base64") {
  CallOutcome outcome = Outcome();
  outcome.headers = {{"x-a", "1"}, {"x-b", "2"}, {"x-a", "3"}};
  outcome.trailers = {{"x-bin", std::string("\0\xff", 2)}};
  const std::string line = StatusLine(outcome, {}, {}, "");
  CHECK(line.find(R"("headers":{"x-a":["1","3"],"x-b":["2"]})") != std::string::npos);
  CHECK(line.find(R"("trailers":{"x-bin":["AP8="]})") != std::string::npos);
}

TEST_CASE("status line: whatever a server says, it is one safe line of JSON") {
  CallOutcome outcome = Outcome();
  outcome.headers = {{"x-\x1b]0;owned\x07", "\r\n\xff\u202e"}};
  const std::string line = StatusLine(outcome, {2, "\x1b[2J\n\xc3(\u2028", ""}, {}, "");
  CHECK(line.find_first_of("\x1b\x07\r") == std::string::npos);
  CHECK(line.find("\u202e") == std::string::npos);
  CHECK(line.find('\n') == line.size() - 1);
  rapidjson::Document document;
  document.Parse(line.c_str());
  REQUIRE_FALSE(document.HasParseError());
  CHECK(std::string(document["message"].GetString()) == "\x1b[2J\n\ufffd(\u2028");
}

TEST_CASE("status line: what a server sends back of a secret is masked") {
  CallOutcome outcome = Outcome();
  outcome.headers = {{"x-a", "s3cret", true}, {"x-token", "issued by the server"}};
  const std::string line = StatusLine(outcome, {}, {}, "");
  CHECK(line.find(R"("headers":{"x-a":["***"],"x-token":["issued by the server"]})") != std::string::npos);
}

TEST_CASE("status line: a call that went well with an answer that did not") {
  const std::string line = StatusLine(Outcome(), Error{ErrorKind::kExpectation, "it is NOT_SERVING"}, 8);
  CHECK(line.starts_with(R"({"code":"EXPECTATION","number":8,"message":"it is NOT_SERVING","headers":{},)"));
  CHECK(line.find(R"("sent":1,"received":2,"timing":)") != std::string::npos);
}

TEST_CASE("status line: errors of our own have names and the exit code") {
  const std::pair<ErrorKind, const char*> kKinds[] = {{ErrorKind::kUsage, "USAGE"},
                                                      {ErrorKind::kInput, "INPUT"},
                                                      {ErrorKind::kSchema, "SCHEMA"},
                                                      {ErrorKind::kConnect, "CONNECT"},
                                                      {ErrorKind::kTls, "TLS"},
                                                      {ErrorKind::kOutput, "OUTPUT"},
                                                      {ErrorKind::kInternal, "INTERNAL_ERROR"},
                                                      {ErrorKind::kExpectation, "EXPECTATION"}};
  for (const auto& [kind, name] : kKinds) {
    CHECK(StatusLine(Error{kind, "why", "so"}, 42) ==
          fmt::format("{{\"code\":\"{}\",\"number\":42,\"message\":\"why\",\"hint\":\"so\"}}\n", name));
  }
  CHECK(StatusLine(Error{ErrorKind::kUsage, "why"}, 2) ==
        "{\"code\":\"USAGE\",\"number\":2,\"message\":\"why\"}\n");
}

TEST_CASE("status line: an error that is a status has its name and number") {
  CHECK(StatusLine(Error{ErrorKind::kStatus, "too late", "", 4}, 68) ==
        "{\"code\":\"DEADLINE_EXCEEDED\",\"number\":4,\"message\":\"too late\"}\n");
}

}  // namespace
}  // namespace rpcctl
