// Servers that say too much: a client ends the call or lives through it, in bounded memory and time.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/frames/frames.h"

namespace rpcctl::frames {
namespace {

using namespace rpcctl::testing;

// A header list of exactly `size` bytes as RFC 9113 counts them (section 6.5.2).
Fields FieldsOfSize(const Fields& first, uint64_t size, size_t value_size) {
  constexpr uint64_t kOverhead = 32;
  Fields fields = first;
  for (const auto& [name, value] : fields) size -= name.size() + value.size() + kOverhead;
  for (int i = 0; size > 0; ++i) {
    const std::string name = fmt::format("x-{:06}", i);
    const uint64_t least = name.size() + kOverhead;
    // What would be left is enough for no field, so this one takes it, too.
    uint64_t taken = std::min<uint64_t>(size, least + value_size);
    if (size - taken < least) taken = size;
    fields.push_back({name, std::string(taken - least, 'v')});
    size -= taken;
  }
  return fields;
}

// A call whose server answers with a block of `size` bytes beyond the limit that the client announced.
template <typename T>
CallLog AskForFields(int64_t beyond, bool in_trailers, size_t value_size) {
  ScriptedPeer peer(Answering([&](PeerConnection& client, PeerStream& stream) {
    if (stream.number == 0) return;
    PeerNotes notes = client.notes();
    const uint64_t size = notes.settings[kMaxHeaderListSize] + static_cast<uint64_t>(beyond);
    const Fields end = {{"grpc-status", "5"}, {"grpc-message", "own"}};
    if (in_trailers) {
      client.Send(AnswerHeaders(stream.number) + MessageBytes(stream.number, "one"));
      client.Send(HeadersBytes(stream.number, FieldsOfSize(end, size, value_size), kEndStream));
    } else {
      client.Send(HeadersBytes(stream.number, FieldsOfSize(AnswerFields(), size, value_size)));
      client.Send(MessageBytes(stream.number, "one") + Trailers(stream.number, "5"));
    }
  }));
  return Ask(*T::Make(To(peer)));
}

TEST_CASE_TEMPLATE("frames: headers up to the limit that was announced", T, TRANSPORTS) {
  for (const bool in_trailers : {false, true}) {
    for (const size_t value_size : {100, 10000, 60000}) {
      CAPTURE(in_trailers);
      CAPTURE(value_size);
      const CallLog log = AskForFields<T>(0, in_trailers, value_size);
      CAPTURE(log.told());
      CHECK(log.code() == kNotFound);
      CHECK(log.Messages() == "'one'");
    }
  }
}

// The official core takes far more than it announces.
TEST_CASE_TEMPLATE("frames: headers far beyond the limit end the call, and keep what came before", T, H2) {
  for (const bool in_trailers : {false, true}) {
    for (const size_t value_size : {100, 60000}) {
      CAPTURE(in_trailers);
      const CallLog log = AskForFields<T>(2 << 20, in_trailers, value_size);
      CAPTURE(log.told());
      CHECK((log.code() == kResourceExhausted || log.code() == kInternalStatus));
      CHECK(log.Messages() == (in_trailers ? std::string("'one'") : ""));
    }
  }
}

TEST_CASE_TEMPLATE("frames: a small block that stands for enormous headers", T, TRANSPORTS) {
  const std::string name = "x-big", value(4000, 'v');
  std::string kept = "\x40";  // a literal that goes into the table; its index is 62 then
  AppendField(name, value, kept);
  kept.erase(1, 1);
  const std::string block = BlockOf(AnswerFields()) + kept + std::string(16000 - kept.size(), '\xBE');
  CheckRows<T>({{"bomb",
                 FrameBytes(kHeaders, kEndHeaders, 1, block) + MessageBytes(1, "one") + Trailers(1),
                 {kResourceExhausted, "", {"headers"}}}});
}

// A call whose server sends `flood` over and over, reading nothing, and ends the call after that.
template <typename T>
CallLog Flooded(const std::string& before, const std::string& flood, int times, const std::string& after,
                Duration patience = std::chrono::seconds(15)) {
  ScriptedPeer peer(Answering([&](PeerConnection& client, PeerStream& stream) {
    if (stream.number != 1) return;
    client.Send(before);
    for (int i = 0; i < times; ++i) client.Send(flood);
    client.Send(after);
  }));
  CallStart start = SomeCall();
  start.deadline = std::chrono::steady_clock::now() + patience;
  return Ask(*T::Make(To(peer)), start);
}

std::string Repeated(const std::string& bytes, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += bytes;
  return all;
}

constexpr int kFlood = 500;  // times a packet of 200 frames

TEST_CASE_TEMPLATE("frames: a header block that never ends", T, TRANSPORTS) {
  const std::string piece = BlockOf({{"x-big", std::string(4000, 'v')}});
  const std::string begin = FrameBytes(kHeaders, 0, 1, BlockOf(AnswerFields()));
  for (const std::string& flood :
       {FrameBytes(kContinuation, 0, 1, piece), Repeated(FrameBytes(kContinuation, 0, 1), 200)}) {
    const Duration patience = T::kIsCore ? std::chrono::milliseconds(200) : std::chrono::seconds(15);
    const CallLog log = Flooded<T>(begin, flood, kFlood * 10, "", patience);
    CAPTURE(log.told());
    if (T::kIsCore) {
      CHECK(log.code() != kOk);  // keeps all of it until the deadline
    } else {
      CHECK(
          (log.code() == kInternalStatus || log.code() == kResourceExhausted || log.code() == kUnavailable));
    }
  }
}

TEST_CASE_TEMPLATE("frames: floods of frames that want an answer, from a server that reads none", T,
                   TRANSPORTS) {
  const std::pair<std::string, std::string> kFloods[] = {
      {"PING", PingBytes()},
      {"SETTINGS", SettingsBytes()},
      {"SETTINGS that say something", SettingsBytes({{kInitialWindow, 1000}, {kHeaderTableSize, 0}})}};
  for (const auto& [name, frame] : kFloods) {
    CAPTURE(name);
    const CallLog log = Flooded<T>("", Repeated(frame, 200), kFlood, WholeAnswer(1, {"one"}));
    CAPTURE(log.told());
    CHECK((log.code() == kOk || log.code() == kInternalStatus || log.code() == kUnavailable ||
           log.code() == kUnknown || log.code() == kResourceExhausted));
    CHECK(log.Messages() == (log.code() == kOk ? "'one'" : ""));
  }
}

TEST_CASE_TEMPLATE("frames: floods of frames that mean nothing", T, TRANSPORTS) {
  const std::pair<std::string, std::string> kFloods[] = {
      {"empty DATA", DataBytes(1, "")},
      {"PING acks", PingBytes("nobodyss", kAck)},
      {"windows of the connection", WindowBytes(0, 1)},
      {"windows of the stream", WindowBytes(1, 1)},
      {"PRIORITY", FrameBytes(kPriority, 0, 1, NumberBytes(0) + "w")},
      {"frames of no known type", FrameBytes(0xEE, 0, 1, "nothing")}};
  for (const auto& [name, frame] : kFloods) {
    CAPTURE(name);
    const CallLog log =
        Flooded<T>(AnswerHeaders(1), Repeated(frame, 200), kFlood, MessageBytes(1, "one") + Trailers(1));
    CAPTURE(log.told());
    CHECK((log.code() == kOk || log.code() == kInternalStatus || log.code() == kUnavailable));
    CHECK(log.Messages() == (log.code() == kOk ? "'one'" : ""));
  }
}

TEST_CASE_TEMPLATE("frames: SETTINGS acks that nobody waits for end the call or mean nothing", T,
                   TRANSPORTS) {
  const CallLog log = Flooded<T>(AnswerHeaders(1), Repeated(SettingsBytes({}, kAck), 200), kFlood,
                                 MessageBytes(1, "one") + Trailers(1));
  CHECK((log.code() == kOk || log.code() == kInternalStatus || log.code() == kUnavailable));
}

TEST_CASE_TEMPLATE("frames: many 1xx before an answer end the call or are skipped", T, TRANSPORTS) {
  const std::string hint = HeadersBytes(1, {{":status", "103"}, {"link", "a"}});
  const CallLog log = Flooded<T>("", Repeated(hint, 200), kFlood, WholeAnswer(1, {"one"}));
  if (T::kIsCore) return;  // takes the first for the headers
  CHECK((log.code() == kOk || log.code() == kInternalStatus || log.code() == kUnavailable));
}

TEST_CASE_TEMPLATE("frames: every PING and every SETTINGS frame is acknowledged", T, TRANSPORTS) {
  constexpr int kRounds = 20, kInARow = 50;
  int pings = 0, settings = 0;
  ScriptedPeer peer(Answering([&](PeerConnection& client, PeerStream& stream) {
    if (stream.number != 1) return;
    const auto acks = [&] { return client.notes().settings_acks; };
    client.ReadUntil([&] { return acks() == 1; });
    for (int round = 1; round <= kRounds; ++round) {
      client.Send(Repeated(PingBytes("12345678") + SettingsBytes(), kInARow));
      client.ReadUntil([&] {
        return client.notes().ping_acks.size() == static_cast<size_t>(round * kInARow) &&
               acks() == 1 + round * kInARow;
      });
    }
    for (const std::string& eight : client.notes().ping_acks) pings += eight == "12345678" ? 1 : 0;
    settings = acks();
    client.Send(WholeAnswer(stream.number, {"one"}));
  }));
  std::unique_ptr<Transport> transport = T::Make(To(peer));
  Expect({kOk, "'one'"}, Ask(*transport), T::kIsCore);
  transport.reset();
  peer.Join();
  CHECK(pings == kRounds * kInARow);
  CHECK(settings == 1 + kRounds * kInARow);
}

TEST_CASE_TEMPLATE("frames: a server that resets call after call does not end the connection", T,
                   TRANSPORTS) {
  constexpr int kCalls = 2000;
  size_t streams = 0;
  ScriptedPeer peer([&](PeerConnection& client) {
    client.Greet();
    for (int i = 0; i < kCalls; ++i) {
      const uint32_t number = client.NextStream().number;
      client.Send(ResetBytes(number, 8) + ResetBytes(number, 8));
    }
    client.ReadToEnd();
    streams = client.stream_count();
  });
  std::unique_ptr<Transport> transport = T::Make(To(peer));
  for (int i = 0; i < kCalls; ++i) CHECK(Ask(*transport).code() == kCancelled);
  transport.reset();
  peer.Join();
  CHECK(streams == kCalls);
}

TEST_CASE_TEMPLATE("frames: settings with values that HTTP/2 does not allow end the call", T, TRANSPORTS) {
  const std::pair<uint16_t, uint32_t> kBad[] = {
      {kInitialWindow, 0x80000000U}, {kMaxFrameSize, 16383}, {kMaxFrameSize, 1 << 24}, {kEnablePush, 2}};
  for (const auto& [setting, value] : kBad) {
    CAPTURE(setting);
    CAPTURE(value);
    std::optional<uint32_t> go_away;
    ScriptedPeer peer(Answering([&](PeerConnection& client, PeerStream&) {
      client.Send(SettingsBytes({{setting, value}}));
      client.ReadToEnd();
      go_away = client.notes().go_away;
    }));
    std::unique_ptr<Transport> transport = T::Make(To(peer));
    CallStart start = SomeCall();
    if (T::kIsCore) start.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(200);
    const CallLog log = Ask(*transport, start);
    transport.reset();
    peer.Join();
    CAPTURE(log.told());
    if (T::kIsCore) continue;  // corrects some of them by itself
    CHECK((log.code() == kInternalStatus || log.code() == kUnavailable));
    CHECK(go_away.has_value());
  }
}

TEST_CASE_TEMPLATE("frames: settings with values that HTTP/2 allows", T, TRANSPORTS) {
  const std::pair<uint16_t, uint32_t> kGood[] = {
      {kInitialWindow, kLargestWindow},  {kMaxFrameSize, 16384},
      {kMaxFrameSize, (1 << 24) - 1},    {kHeaderTableSize, 0},
      {kHeaderTableSize, 0xFFFFFFFFU},   {kConcurrentStreams, 0xFFFFFFFFU},
      {kMaxHeaderListSize, 0xFFFFFFFFU}, {0x4242, 7}};
  for (const auto& [setting, value] : kGood) {
    CAPTURE(setting);
    CAPTURE(value);
    size_t size = 0, largest = 0;
    const std::string request(200000, 'r');
    ScriptedPeer peer([&](PeerConnection& client) {
      client.Greet({{setting, value}});
      for (int i = 0; i < 2; ++i) {
        PeerStream& stream = client.NextStream();
        client.AwaitEnd(stream);
        size = stream.data.size();
        largest = std::max(largest, stream.largest_frame);
        client.Send(WholeAnswer(stream.number, {"one"}));
      }
    });
    std::unique_ptr<Transport> transport = T::Make(To(peer));
    for (int i = 0; i < 2; ++i) Expect({kOk, "'one'"}, Ask(*transport, SomeCall(), request), T::kIsCore);
    transport.reset();
    peer.Join();
    CHECK(size == request.size() + 5);
    CHECK((largest <= kLargestFrame || (setting == kMaxFrameSize && largest <= value)));
  }
}

}  // namespace
}  // namespace rpcctl::frames
