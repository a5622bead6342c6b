#include "script/live_step.h"

#include <doctest/doctest.h>

#include "tests/support/played_script.h"

namespace rpcctl {
namespace {

using testing::FailuresOf;
using testing::FakeTransport;
using testing::PlayedScript;

constexpr std::string_view kCut =
    "\x0a\x05"
    "ab";  // a text that ends before its length
const std::string kUnparsed = "response does not parse: a value cut short at byte 1 in t.Told.name";

TEST_CASE("live step: a message that does not parse is told, though it came behind a cancel") {
  PlayedScript script("case a\nopen S.Chat\nsend\nsend\ncancel");
  script.caller.NextCall().Writable().Message(std::string(kCut)).Writable();
  CHECK(FailuresOf(script.Run()) == "2: CANCELLED: INTERNAL: " + kUnparsed);
}

TEST_CASE("live step: a message that does not parse is told, though it is only taken in at the end") {
  PlayedScript script("case a\nopen S.Chat\nclose");
  script.caller.NextCall().Message(std::string(kCut));
  CHECK(FailuresOf(script.Run()) == "2: OK: INTERNAL: " + kUnparsed);
}

TEST_CASE("live step: no status makes a message good that does not parse") {
  for (const char* status : {"*", "CANCELLED", "INTERNAL"}) {
    CAPTURE(status);
    PlayedScript script(std::string("case a\nopen S.Chat\nexpect ") + status);
    script.caller.NextCall().Message(std::string(kCut));
    CHECK(FailuresOf(script.Run()).find(kUnparsed) != std::string::npos);
  }
}

// A stream on which `script` sends one message and these answers come.
std::string Chat(const std::string& acts, const std::vector<std::string>& answers,
                 const RpcStatus& status = {}) {
  PlayedScript script("case a\nopen S.Chat\n" + acts);
  FakeTransport& call = script.caller.NextCall();
  for (const std::string& answer : answers) call.Message(script.Wire(answer));
  call.End(status);
  return FailuresOf(script.Run());
}

TEST_CASE("live step: what comes is received in order") {
  CHECK(Chat("recv .name == a\nrecv .name == b", {R"({"name":"a"})", R"({"name":"b"})"}).empty());
  CHECK(Chat("recv .name == b", {R"({"name":"a"})"}) == R"(3: == "b": "a")");
  CHECK(Chat("recv\nexpect count == 2\nexpect last .name == b", {"{}", R"({"name":"b"})"}).empty());
}

TEST_CASE("live step: a stream that ends early, with a status or without one") {
  CHECK(Chat("recv\nrecv", {"{}"}) == "4: a message: the call had ended: OK");
  CHECK(Chat("recv .name == a", {}, {kUnavailable, "no more", ""}) ==
        "3: a message: the call had ended: UNAVAILABLE: no more");
  CHECK(Chat("send", {}, {kUnavailable, "no more", ""}) == "3: the call had ended: UNAVAILABLE: no more");
}

TEST_CASE("live step: a stream that ends late is taken in to its end, and judged by that") {
  CHECK(Chat("recv\nclose", {"{}", "{}", "{}"}).empty());
  CHECK(Chat("recv\nclose\nexpect count == 1", {"{}", "{}", "{}"}) == "5: == 1: 3");
  CHECK(Chat("recv\nclose", {"{}", "{}"}, {kUnavailable, "late", ""}) == "2: OK: UNAVAILABLE: late");
  CHECK(Chat("recv\nclose\nexpect UNAVAILABLE", {"{}", "{}"}, {kUnavailable, "late", ""}).empty());
}

TEST_CASE("live step: a message that does not come in time") {
  PlayedScript script("case a\nopen S.Chat\nrecv within 1ms");
  script.caller.NextCall().Silence();
  const CaseReport report = script.Run();
  CHECK(FailuresOf(report) == "3: a message within 1ms: no message came");
  CHECK(report.transcript == std::vector<std::string>{"= (still open)"});
}

TEST_CASE("live step: nothing comes for a while, or something does") {
  PlayedScript quiet("case a\nopen S.Chat\nnorecv for 1ms\nrecv .name == a");
  quiet.caller.NextCall().Silence().Message(quiet.Wire(R"({"name":"a"})")).End({});
  CHECK(FailuresOf(quiet.Run()).empty());
  CHECK(Chat("norecv for 1ms", {R"({"name":"a"})"}) == R"(3: no message for 1ms: {"name":"a"})");
  CHECK(Chat("norecv for 1ms", {}).empty());
}

TEST_CASE("live step: a silence or an end that the time for all cases brought about does not hold") {
  for (const char* acts : {"norecv for 1h\nexpect *", "cancel\nexpect *", "close\nexpect *"}) {
    CAPTURE(acts);
    PlayedScript script(std::string("case a\nopen S.Chat\n") + acts);
    script.deadline = TimePoint::min();
    script.caller.NextCall().End({kDeadlineExceeded, "over", ""});
    const CaseReport report = script.Run();
    CHECK(report.result == CaseResult::kFailed);
    CHECK(FailuresOf(report).ends_with("(the time for all cases is over)"));
  }
}

TEST_CASE("live step: what is sent goes out as it is written, and the stream is closed behind it") {
  PlayedScript script(R"(case a
open S.Chat
send '{"name":"x"}'
send
expect count == 1)");
  FakeTransport& call = script.caller.NextCall().Writable().Writable().End({});
  const CaseReport report = script.Run();
  CHECK(call.log() == std::vector<std::string>{"write \x0a\x01x", "write ", "half-close"});
  CHECK(report.transcript == std::vector<std::string>{R"(> {"name":"x"})", "> {}", "= OK"});
  CHECK(report.command == "S.Chat, 2 made");
}

TEST_CASE("live step: a call that is given up ends with CANCELLED, or had ended well") {
  CHECK(Chat("cancel", {}).empty());
  CHECK(Chat("recv\nrecv\ncancel", {"{}", "{}"}).empty());
  PlayedScript script("case a\nopen S.Chat\nsend\ncancel\nexpect OK");
  script.caller.NextCall().Writable();
  CHECK(FailuresOf(script.Run()) == "5: OK: CANCELLED: cancelled");
}

TEST_CASE("live step: a capture takes what came so far, and later messages leave it alone") {
  PlayedScript script(
      "case a\nopen S.Chat\nrecv\nlet first = msg[0].name\nlet seen = count\nrecv\nclose\n"
      "expect last .name == {{first}}{{seen}}");
  script.caller.NextCall()
      .Message(script.Wire(R"({"name":"a"})"))
      .Message(script.Wire(R"({"name":"b"})"))
      .End({});
  CHECK(FailuresOf(script.Run()) == R"(8: == "a1": "b")");
  CHECK(Chat("let x = msg[0].name\nrecv", {"{}"}) == "3: there is nothing to capture");
}

TEST_CASE("live step: what is expected behind a capture is of all messages, by the captured value") {
  const auto judged = [](const std::string& line) {
    PlayedScript script("case a\nopen S.Chat\nrecv\nrecv\nlet second = msg[1].name\nrecv\n" + line);
    FakeTransport& call = script.caller.NextCall();
    for (const char* name : {"a", "b", "c", "d"})
      call.Message(script.Wire(fmt::format(R"({{"name":"{}"}})", name)));
    call.End({});
    script.variables.SetText("second", "of before");
    return FailuresOf(script.Run());
  };
  CHECK(judged("expect any .name == {{second}}").empty());
  CHECK(judged("expect msg[1].name == {{second}}").empty());
  CHECK(judged("expect first .name == {{second}}") == R"(7: == "b": "a")");
  CHECK(judged("expect last .name == {{second}}") == R"(7: == "b": "d")");
  CHECK(judged("expect each .name != {{second}}") == R"(7: != "b": msg[1]: "b")");
}

TEST_CASE("live step: a method that takes one request is sent it at once") {
  PlayedScript script("case a\nopen S.Down '{\"name\":\"x\"}'\nrecv .name == a");
  FakeTransport& call = script.caller.NextCall().Writable().Message(script.Wire(R"({"name":"a"})")).End({});
  CHECK(FailuresOf(script.Run()).empty());
  CHECK(call.log() == std::vector<std::string>{"write \x0a\x01x", "half-close"});
}

}  // namespace
}  // namespace rpcctl
