// How a call ends that the server or the network breaks off: with its own code, and with every message that
// came.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/frames/frames.h"

namespace rpcctl::frames {
namespace {

using namespace rpcctl::testing;

constexpr uint32_t kUnknownCode = 4711;

const std::string kHead = AnswerHeaders(1);
const std::string kTwo = MessageBytes(1, "one") + MessageBytes(1, "two");

// Where a fault strikes, and what has come whole by then.
struct Stage {
  const char* name;
  std::string before;
  const char* messages;
};
const Stage kStages[] = {
    {"before headers", "", ""},
    {"after headers", kHead, ""},
    {"after messages", kHead + kTwo, "'one''two'"},
    {"in the prefix of a message", kHead + kTwo + DataBytes(1, WithPrefix("three").substr(0, 3)),
     "'one''two'"},
    {"in a message", kHead + kTwo + DataBytes(1, WithPrefix("three").substr(0, 8)), "'one''two'"},
    {"after half of the last frame", kHead + kTwo + DataBytes(1, WithPrefix("three")).substr(0, 12),
     "'one''two'"},
};

std::vector<Row> AtEachStage(const std::string& name, const std::string& fault, Want want,
                             bool whole_frames) {
  std::vector<Row> rows;
  for (const Stage& stage : kStages) {
    if (whole_frames && &stage == std::end(kStages) - 1) break;
    want.messages = stage.messages;
    rows.push_back({fmt::format("{} {}", name, stage.name), stage.before + fault, want});
  }
  return rows;
}

// grpc's doc/PROTOCOL-HTTP2.md, "Errors".
int StatusOfReset(uint32_t code) {
  switch (code) {
    case 7:
      return kUnavailable;
    case 8:
      return kCancelled;
    case 11:
      return kResourceExhausted;
    case 12:
      return kPermissionDenied;
    default:
      return kInternalStatus;
  }
}

std::vector<uint32_t> AllCodes() {
  std::vector<uint32_t> codes = {kUnknownCode};
  for (uint32_t code = 0; code <= 13; ++code) codes.push_back(code);
  return codes;
}

TEST_CASE_TEMPLATE("frames: RST_STREAM with each code at each stage", T, TRANSPORTS) {
  for (const uint32_t code : AllCodes()) {
    const Want want = {StatusOfReset(code)};
    CheckRows<T>(AtEachStage(fmt::format("RST_STREAM {}", code), ResetBytes(1, code), want, true));
  }
}

TEST_CASE_TEMPLATE("frames: RST_STREAM after the trailers changes nothing", T, TRANSPORTS) {
  for (const uint32_t code : AllCodes())
    CheckRows<T>({{fmt::format("RST_STREAM {}", code),
                   kHead + kTwo + Trailers(1, "5", {{"grpc-message", "own"}}) + ResetBytes(1, code),
                   {kNotFound, "'one''two'", {"own"}}}});
}

TEST_CASE_TEMPLATE("frames: a connection that is closed at each stage", T, TRANSPORTS) {
  CheckRows<T>(AtEachStage("closed", "", {kUnavailable}, false), Then::kClose);
}

TEST_CASE_TEMPLATE("frames: a connection that is reset at each stage", T, TRANSPORTS) {
  CheckRows<T>(AtEachStage("reset", "", {kUnavailable}, false), Then::kAbort);
}

TEST_CASE_TEMPLATE("frames: a connection that ends after the trailers ended a call that went well", T,
                   TRANSPORTS) {
  const std::vector<Row> rows = {{"whole", kHead + kTwo + Trailers(1), {kOk, "'one''two'"}}};
  CheckRows<T>(rows, Then::kClose);
  CheckRows<T>(rows, Then::kAbort);
}

TEST_CASE_TEMPLATE("frames: GOAWAY with each code lets the calls it covers end", T, TRANSPORTS) {
  for (const uint32_t code : AllCodes()) {
    for (const uint32_t last : {1U, 7U, kLargestWindow}) {
      CheckRows<T>({{fmt::format("GOAWAY {} up to {}", code, last),
                     kHead + MessageBytes(1, "one") + GoAwayBytes(last, code, "going") +
                         MessageBytes(1, "two") + Trailers(1, "5", {{"grpc-message", "own"}}),
                     {kNotFound, "'one''two'", {"own"}}}});
    }
  }
}

TEST_CASE_TEMPLATE("frames: GOAWAY that covers a call, and the end of the connection", T, TRANSPORTS) {
  for (const uint32_t code : AllCodes()) {
    Want want = {kUnavailable, "", {"because of the weather"}};
    if (code == 0) want.told = {};
    CheckRows<T>(AtEachStage(fmt::format("GOAWAY {}", code), GoAwayBytes(1, code, "because of the weather"),
                             want, true),
                 Then::kClose);
  }
}

TEST_CASE_TEMPLATE("frames: GOAWAY that does not cover a call ends it at once, as not processed", T,
                   TRANSPORTS) {
  for (const uint32_t code : AllCodes())
    CheckRows<T>({{fmt::format("GOAWAY {}", code),
                   GoAwayBytes(0, code, "because of the weather"),
                   {kUnavailable, "", {"did not begin with the call", "because of the weather"}}}});
}

TEST_CASE_TEMPLATE("frames: a call that was possibly processed is not told as not processed", T, TRANSPORTS) {
  for (const std::string& fault : {GoAwayBytes(1, 0), GoAwayBytes(kLargestWindow, 2), std::string()}) {
    ScriptedPeer peer(Answering([&](PeerConnection& client, PeerStream&) {
      client.Send(fault);
      client.Close();
    }));
    const CallLog log = Ask(*T::Make(To(peer)));
    CHECK(log.code() == kUnavailable);
    CHECK(log.told().find("did not begin") == std::string::npos);
  }
}

TEST_CASE_TEMPLATE("frames: a refused stream is told as that", T, TRANSPORTS) {
  CheckRows<T>({{"RST_STREAM 7", ResetBytes(1, 7), {kUnavailable, "", {"REFUSED_STREAM"}}}});
}

TEST_CASE_TEMPLATE("frames: a server that closes without a word was not reached", T, TRANSPORTS) {
  ScriptedPeer peer([](PeerConnection& client) { client.Close(); });
  const CallLog log = Ask(*T::Make(To(peer)));
  CHECK(log.code() == kNotReached);
  CHECK(log.told() ==
        fmt::format("cannot connect to {}: the server closed the connection without a word", peer.address()));
}

TEST_CASE_TEMPLATE("frames: an answer that ends before the request does ends the call", T, TRANSPORTS) {
  for (const std::string& after : {std::string(), ResetBytes(1, 0)}) {
    ScriptedPeer peer([&](PeerConnection& client) {
      client.Greet();
      const PeerStream& stream = client.NextStream();
      client.AwaitMessages(stream, 1);
      client.Send(WholeAnswer(1, {"one"}, "5", {{"grpc-message", "enough"}}) + after);
      client.AwaitReset(stream);
    });
    std::unique_ptr<Transport> transport = T::Make(To(peer));
    CallLog log;
    const auto call = transport->Open(SomeCall(), log);
    TurnUntil(*transport, [&] { return log.writable == 1; });
    call->Write("hi");
    TurnToEnd(*transport, log);
    Expect({kNotFound, "'one'", {"enough"}}, log, T::kIsCore);
  }
}

}  // namespace
}  // namespace rpcctl::frames
