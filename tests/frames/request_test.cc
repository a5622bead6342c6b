// What a client says: its first frames, the headers of its requests, its messages.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "tests/frames/frames.h"

namespace rpcctl::frames {
namespace {

using namespace rpcctl::testing;

// What the server saw of one call.
template <typename T>
PeerStream Seen(const CallStart& start, TransportOptions (*with)(TransportOptions) = nullptr,
                std::string_view request = "hi") {
  PeerStream seen;
  ScriptedPeer peer(Answering([&](PeerConnection& client, PeerStream& stream) {
    if (stream.number == 0) return;
    seen = stream;
    client.Send(WholeAnswer(stream.number, {}));
  }));
  std::unique_ptr<Transport> transport = T::Make(with ? with(To(peer)) : To(peer));
  CHECK(Ask(*transport, start, request).code() == kOk);
  transport.reset();
  peer.Join();
  return seen;
}

std::string NamesOf(const PeerStream& stream) {
  std::string names;
  for (const auto& [name, value] : stream.fields) names += name + " ";
  return names;
}

TEST_CASE_TEMPLATE("frames: the headers of a request and their order", T, TRANSPORTS) {
  CallStart start = SomeCall();
  start.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  start.metadata = {{"x-first", "1"}, {"x-raw-bin", std::string("\0\xff", 2)}, {"x-first", "2"}};
  const PeerStream seen = Seen<T>(start);
  CHECK(seen.number == 1);
  CHECK(seen.Value(":method") == "POST");
  CHECK(seen.Value(":scheme") == "http");
  CHECK(seen.Value(":path") == "/test.Service/Method");
  CHECK(seen.Value(":authority")->starts_with("127.0.0.1:"));
  CHECK(seen.Value("te") == "trailers");
  CHECK(seen.Value("content-type") == "application/grpc");
  CHECK(seen.Value("user-agent")->starts_with("test/1"));
  CHECK(seen.Value("grpc-accept-encoding")->find("gzip") != std::string::npos);
  CHECK(seen.Value("x-raw-bin")->starts_with("AP8"));
  if (T::kIsCore) return;  // has an order of its own
  CHECK(
      NamesOf(seen) ==
      ":method :scheme :path :authority te grpc-timeout content-type grpc-accept-encoding user-agent x-first "
      "x-raw-bin x-first ");
}

TEST_CASE_TEMPLATE("frames: an authority that was asked for", T, TRANSPORTS) {
  const PeerStream seen = Seen<T>(SomeCall(), [](TransportOptions options) {
    options.authority = "other.example";
    return options;
  });
  CHECK(seen.Value(":authority") == "other.example");
}

TEST_CASE_TEMPLATE("frames: without a deadline the server is told of none", T, TRANSPORTS) {
  CHECK_FALSE(Seen<T>(SomeCall()).Value("grpc-timeout"));
}

TEST_CASE_TEMPLATE("frames: a timeout has at most eight digits and a unit", T, TRANSPORTS) {
  using std::chrono::hours;
  for (const Duration length : {Duration(std::chrono::seconds(20)), Duration(hours(1)), Duration(hours(30)),
                                Duration(hours(24 * 365)), Duration(hours(24 * 365 * 200))}) {
    CAPTURE(FormatDuration(length));
    CallStart start = SomeCall();
    start.deadline = After(std::chrono::steady_clock::now(), length);
    const std::string timeout = *Seen<T>(start).Value("grpc-timeout");
    CAPTURE(timeout);
    REQUIRE(timeout.size() >= 2);
    CHECK(timeout.size() <= 9);
    const std::string_view units = "numSMH";
    constexpr double kSeconds[] = {1e-9, 1e-6, 1e-3, 1, 60, 3600};
    const size_t unit = units.find(timeout.back());
    REQUIRE(unit != std::string_view::npos);
    CHECK(timeout.find_first_not_of("0123456789") == timeout.size() - 1);
    const double told = std::stod(timeout) * kSeconds[unit],
                 asked = static_cast<double>(length.count()) * 1e-9;
    // A unit of seconds or less may be rounded up by one, larger ones by a part in a hundred thousand.
    CHECK(told <= asked + std::max(1.0, asked / 1e5) + (T::kIsCore ? asked / 10 : 0));
    CHECK((told > asked / 2 || (T::kIsCore && timeout == "27000H")));  // its largest
  }
}

TEST_CASE_TEMPLATE("frames: requests are whole messages, one after another, and an end", T, TRANSPORTS) {
  PeerStream seen;
  ScriptedPeer peer(Answering([&](PeerConnection& client, PeerStream& stream) {
    if (stream.number == 0) return;
    seen = stream;
    client.Send(WholeAnswer(stream.number, {}));
  }));
  std::unique_ptr<Transport> transport = T::Make(To(peer));
  CallLog log;
  auto call = transport->Open(SomeCall(), log);
  const std::string long_text(100000, 'l');
  int count = 0;
  for (const std::string& message : {std::string(), std::string("a"), long_text, std::string("b")}) {
    TurnUntil(*transport, [&] { return log.writable > count; });
    call->Write(message, ++count % 2 == 1 ? Next::kMessage : Next::kUnknown);
  }
  call->HalfClose();
  TurnToEnd(*transport, log);
  CHECK(log.code() == kOk);
  CHECK(log.writable >= 4);
  call.reset();
  transport.reset();
  peer.Join();
  CHECK(seen.data == WithPrefix("") + WithPrefix("a") + WithPrefix(long_text) + WithPrefix("b"));
}

TEST_CASE_TEMPLATE("frames: a call without any message is an end alone", T, TRANSPORTS) {
  PeerStream seen;
  ScriptedPeer peer(Answering([&](PeerConnection& client, PeerStream& stream) {
    if (stream.number == 0) return;
    seen = stream;
    client.Send(WholeAnswer(stream.number, {}));
  }));
  std::unique_ptr<Transport> transport = T::Make(To(peer));
  CallLog log;
  auto call = transport->Open(SomeCall(), log);
  call->HalfClose();
  TurnToEnd(*transport, log);
  CHECK(log.code() == kOk);
  call.reset();
  transport.reset();
  peer.Join();
  CHECK(seen.ended);
  CHECK(seen.data.empty());
}

TEST_CASE_TEMPLATE("frames: each message leaves before the server says anything", T, TRANSPORTS) {
  ScriptedPeer peer([](PeerConnection& client) {
    client.Greet();
    PeerStream& stream = client.NextStream();
    for (size_t count = 1; count <= 3; ++count) client.AwaitMessages(stream, count);
    client.Send(AnswerHeaders(stream.number) + MessageBytes(stream.number, "three") +
                Trailers(stream.number));
  });
  const std::unique_ptr<Transport> transport = T::Make(To(peer));
  CallLog log;
  const auto call = transport->Open(SomeCall(), log);
  for (int count = 1; count <= 3; ++count) {
    TurnUntil(*transport, [&] { return log.writable >= count; });
    call->Write("hi");
  }
  TurnToEnd(*transport, log);
  Expect({kOk, "'three'"}, log, T::kIsCore);
}

TEST_CASE_TEMPLATE("frames: what a client says of itself allows no pushes and bounds what it takes", T,
                   TRANSPORTS) {
  PeerNotes notes;
  ScriptedPeer peer([&](PeerConnection& client) {
    client.Greet();
    PeerStream& stream = client.NextStream();
    client.AwaitEnd(stream);
    client.ReadUntil([&] { return client.notes().settings_acks > 0; });
    notes = client.notes();
    client.Send(WholeAnswer(stream.number, {}));
  });
  std::unique_ptr<Transport> transport = T::Make(To(peer));
  CHECK(Ask(*transport).code() == kOk);
  transport.reset();
  peer.Join();
  CHECK(notes.settings[kEnablePush] == 0);
  CHECK(notes.settings.contains(kEnablePush));
  CHECK(notes.settings.contains(kMaxHeaderListSize));
  CHECK(notes.settings[kMaxHeaderListSize] <= 1 << 24);
  CHECK(notes.settings_acks == 1);
}

TEST_CASE_TEMPLATE("frames: a server whose header table is empty is understood", T, TRANSPORTS) {
  const auto answer = [](PeerConnection& client) {
    PeerStream& stream = client.NextStream();
    client.AwaitEnd(stream);
    client.Send(SettingsBytes({{kHeaderTableSize, 0}}) + WholeAnswer(stream.number, {}));
    return stream.Value("x-again").value_or("none");
  };
  std::string again[3];
  ScriptedPeer peer([&](PeerConnection& client) {
    client.Greet();
    for (std::string& value : again) value = answer(client);
  });
  std::unique_ptr<Transport> transport = T::Make(To(peer));
  CallStart start = SomeCall();
  start.metadata = {{"x-again", "the same"}};
  for (int i = 0; i < 3; ++i) CHECK(Ask(*transport, start).code() == kOk);
  transport.reset();
  peer.Join();
  for (const std::string& value : again) CHECK(value == "the same");
}

TEST_CASE_TEMPLATE("frames: large request headers are sent whole", T, TRANSPORTS) {
  CallStart start = SomeCall();
  for (int i = 0; i < 40; ++i) start.metadata.push_back({fmt::format("x-{}", i), std::string(1000, 'v')});
  const PeerStream seen = Seen<T>(start);
  for (int i = 0; i < 40; ++i) CHECK(seen.Value(fmt::format("x-{}", i)) == std::string(1000, 'v'));
}

}  // namespace
}  // namespace rpcctl::frames
