// Who may send how much and for how long: windows, deadlines, cancelling.
#include <doctest/doctest.h>

#include <atomic>

#include "tests/frames/frames.h"

namespace rpcctl::frames {
namespace {

using namespace rpcctl::testing;

constexpr uint64_t kMuchOfAStream = 64 << 20;
constexpr uint64_t kMostOnItsWay = 16 << 20;

TEST_CASE_TEMPLATE("frames: a client that takes nothing holds the server back", T, TRANSPORTS) {
  const Word held_back;
  std::atomic<uint64_t> sent = 0;
  const std::string part = WithPrefix(std::string(1000, 'x'));
  const size_t count = kMuchOfAStream / part.size();
  ScriptedPeer peer([&](PeerConnection& client) {
    client.Greet();
    PeerStream& stream = client.NextStream();
    client.Send(AnswerHeaders(stream.number));
    client.on_held_back = [&] {
      sent = client.data_sent();
      held_back.Say();
    };
    for (size_t i = 0; i < count; ++i) client.SendData(stream, part);
    client.Send(Trailers(stream.number));
  });
  const std::unique_ptr<Transport> transport = T::Make(To(peer));
  CallLog log;
  const auto call = transport->Open(SomeCall(), log);
  TurnUntil(*transport, [&] { return log.messages.size() >= 10; });
  held_back.Wait();
  CHECK(sent < kMostOnItsWay);
  TurnToEnd(*transport, log);
  CHECK(log.code() == kOk);
  CHECK(log.messages.size() == count);
}

TEST_CASE_TEMPLATE("frames: a server that sends more than its windows allow is bounded or refused", T,
                   TRANSPORTS) {
  const std::string part = WithPrefix(std::string(16000, 'x'));
  ScriptedPeer peer([&](PeerConnection& client) {
    client.Greet();
    const PeerStream& stream = client.NextStream();
    client.Send(AnswerHeaders(stream.number));
    for (int i = 0; i < 4000; ++i) client.Send(DataBytes(stream.number, part));
    client.Send(Trailers(stream.number));
  });
  const CallLog log = Ask(*T::Make(To(peer)));
  if (log.code() == kOk) {
    CHECK(log.messages.size() == 4000);
  } else {
    CHECK((log.code() == kInternalStatus || log.code() == kUnavailable || log.code() == kUnknown));
  }
}

TEST_CASE_TEMPLATE("frames: a large request waits for each byte of the server's windows", T, TRANSPORTS) {
  const std::string request(300, 'r');
  std::string data;
  ScriptedPeer peer([&](PeerConnection& client) {
    client.manners.opens_windows = false;
    client.Greet({{kInitialWindow, 0}});
    PeerStream& stream = client.NextStream();
    client.AwaitRoundTrip();  // from here on the client knows that it may send nothing
    while (!stream.ended && !client.is_gone()) {
      const size_t size = stream.data.size();
      client.Send(WindowBytes(stream.number, 1));
      client.ReadUntil([&] { return stream.data.size() > size || stream.ended; });
    }
    data = stream.data;
    client.Send(WholeAnswer(stream.number, {"one"}));
  });
  std::unique_ptr<Transport> transport = T::Make(To(peer));
  // Before the server's settings came, the client may send.
  CallLog log;
  auto call = transport->Open(SomeCall(), log);
  TurnUntil(*transport, [&] { return log.writable > 0; });
  call->Write(request);
  call->HalfClose();
  TurnToEnd(*transport, log);
  Expect({kOk, "'one'"}, log, T::kIsCore);
  call.reset();
  transport.reset();
  peer.Join();
  CHECK(data == WithPrefix(request));
}

TEST_CASE_TEMPLATE("frames: no request is sent beyond the connection's window", T, TRANSPORTS) {
  const std::string request(200000, 'r');
  size_t before = 0, after = 0;
  ScriptedPeer peer([&](PeerConnection& client) {
    client.manners.opens_windows = false;
    client.Greet({{kInitialWindow, kLargestWindow}});
    PeerStream& stream = client.NextStream();
    client.ReadUntil([&] { return stream.data.size() >= kFirstWindow; });
    client.AwaitRoundTrip();
    before = stream.data.size();
    client.Send(WindowBytes(0, 1 << 20));
    client.AwaitEnd(stream);
    after = stream.data.size();
    client.Send(WholeAnswer(stream.number, {}));
  });
  std::unique_ptr<Transport> transport = T::Make(To(peer));
  CHECK(Ask(*transport, SomeCall(), request).code() == kOk);
  transport.reset();
  peer.Join();
  CHECK(before == kFirstWindow);
  CHECK(after == request.size() + 5);
}

TEST_CASE_TEMPLATE("frames: windows that shrink below zero and open again", T, TRANSPORTS) {
  const std::string request(100000, 'r');
  std::string data;
  ScriptedPeer peer([&](PeerConnection& client) {
    client.manners.opens_windows = false;
    client.Greet();
    PeerStream& stream = client.NextStream();
    client.ReadUntil([&] { return stream.data.size() >= kFirstWindow; });
    client.Send(SettingsBytes({{kInitialWindow, 0}}) + WindowBytes(0, 1 << 20) +
                SettingsBytes({{kInitialWindow, 100}}) + SettingsBytes({{kInitialWindow, 1 << 20}}));
    client.AwaitEnd(stream);
    data = stream.data;
    client.Send(WholeAnswer(stream.number, {}));
  });
  std::unique_ptr<Transport> transport = T::Make(To(peer));
  CHECK(Ask(*transport, SomeCall(), request).code() == kOk);
  transport.reset();
  peer.Join();
  CHECK(data == WithPrefix(request));
}

TEST_CASE_TEMPLATE("frames: one call that may not send does not keep another from it", T, TRANSPORTS) {
  const Word blocked;
  ScriptedPeer peer([&](PeerConnection& client) {
    client.manners.opens_windows = false;
    client.Greet();
    PeerStream& first = client.NextStream();
    client.ReadUntil([&] { return first.data.size() >= kFirstWindow; });
    client.Send(WindowBytes(0, 1000));
    blocked.Say();
    PeerStream& second = client.NextStream();
    client.AwaitEnd(second);
    client.Send(WholeAnswer(second.number, {"second"}));
    client.Send(WindowBytes(0, 1 << 20) + WindowBytes(first.number, 1 << 20));
    client.AwaitEnd(first);
    client.Send(WholeAnswer(first.number, {"first"}));
  });
  const std::unique_ptr<Transport> transport = T::Make(To(peer));
  CallLog first, second;
  const auto one = transport->Open(SomeCall(), first);
  TurnUntil(*transport, [&] { return first.writable > 0; });
  one->Write(std::string(100000, 'r'));
  one->HalfClose();
  blocked.TurnUntilSaid(*transport);
  const auto two = transport->Open(SomeCall(), second);
  TurnUntil(*transport, [&] { return second.writable > 0; });
  two->Write("hi");
  two->HalfClose();
  TurnToEnd(*transport, second);
  CHECK_FALSE(first.end);
  TurnToEnd(*transport, first);
  Expect({kOk, "'first'"}, first, T::kIsCore);
  Expect({kOk, "'second'"}, second, T::kIsCore);
}

TEST_CASE_TEMPLATE("frames: a call can begin beside one whose answer never ends", T, TRANSPORTS) {
  const Word held_back;
  std::atomic<uint64_t> sent = 0;
  ScriptedPeer peer([&](PeerConnection& client) {
    client.Greet();
    PeerStream& first = client.NextStream();
    client.Send(AnswerHeaders(first.number));
    const std::string part = WithPrefix(std::string(10000, 'x'));
    client.on_held_back = [&] { held_back.Say(); };
    while (client.stream_count() < 2 && client.SendData(first, part)) sent = client.data_sent();
    client.Send(WholeAnswer(client.NextStream().number, {"second"}));
    while (client.SendData(first, part)) {
    }
  });
  const std::unique_ptr<Transport> transport = T::Make(To(peer));
  CallLog first, second;
  const auto one = transport->Open(SomeCall(), first);
  TurnUntil(*transport, [&] { return first.messages.size() >= 10; });
  held_back.Wait();
  const uint64_t before = sent;
  const auto two = transport->Open(SomeCall(), second);
  CHECK(sent - before < kMostOnItsWay);  // opening it takes in no more
  TurnToEnd(*transport, second);
  Expect({kOk, "'second'"}, second, T::kIsCore);
  CHECK_FALSE(first.end);
}

// ---- ends that the client chooses ----

// What the server saw of a call that its client gave up.
struct Seen {
  std::optional<uint32_t> reset;
  bool is_settled = false;  // the connection lived on for a round trip
};

ScriptedPeer::Script WaitingForReset(Seen& seen, const Word& begun, const Word& reset,
                                     const std::string& answer) {
  return [&seen, &begun, &reset, answer](PeerConnection& client) {
    client.manners.opens_windows = false;
    client.Greet();
    PeerStream& stream = client.NextStream();
    client.Send(answer);
    begun.Say();
    client.AwaitReset(stream);
    seen.reset = stream.reset;
    seen.is_settled = client.AwaitRoundTrip();
    reset.Say();
  };
}

const std::string kAnswers[] = {"", AnswerHeaders(1), AnswerHeaders(1) + MessageBytes(1, "one"),
                                AnswerHeaders(1) + DataBytes(1, WithPrefix("one").substr(0, 6))};

TEST_CASE_TEMPLATE("frames: cancelling resets the stream with CANCEL, and the connection lives on", T,
                   TRANSPORTS) {
  for (const std::string& answer : kAnswers) {
    Seen seen;
    const Word begun, reset;
    ScriptedPeer peer(WaitingForReset(seen, begun, reset, answer));
    std::unique_ptr<Transport> transport = T::Make(To(peer));
    CallLog log;
    auto call = transport->Open(SomeCall(), log);
    begun.TurnUntilSaid(*transport);
    call->Cancel();
    TurnToEnd(*transport, log);
    CHECK(log.code() == kCancelled);
    reset.TurnUntilSaid(*transport);
    call.reset();
    transport.reset();
    peer.Join();
    CHECK(seen.reset == 8U);
    CHECK(seen.is_settled);
    CHECK_FALSE(log.is_disordered);
  }
}

TEST_CASE_TEMPLATE("frames: destroying a call resets its stream with CANCEL", T, TRANSPORTS) {
  for (const std::string& answer : kAnswers) {
    Seen seen;
    const Word begun, reset;
    ScriptedPeer peer(WaitingForReset(seen, begun, reset, answer));
    std::unique_ptr<Transport> transport = T::Make(To(peer));
    CallLog log;
    auto call = transport->Open(SomeCall(), log);
    begun.TurnUntilSaid(*transport);
    call.reset();
    reset.TurnUntilSaid(*transport);
    transport.reset();
    peer.Join();
    CHECK(seen.reset == 8U);
    CHECK(seen.is_settled);
    CHECK_FALSE(log.end);
  }
}

TEST_CASE_TEMPLATE("frames: destroying the transport right after a call tells the server", T, TRANSPORTS) {
  bool is_told = false;
  const Word begun;
  ScriptedPeer peer([&](PeerConnection& client) {
    client.Greet();
    const PeerStream& stream = client.NextStream();
    begun.Say();
    is_told = client.AwaitReset(stream) || client.is_gone();
  });
  CallLog log;
  std::unique_ptr<Transport> transport = T::Make(To(peer));
  auto call = transport->Open(SomeCall(), log);
  begun.TurnUntilSaid(*transport);
  call.reset();
  transport.reset();
  peer.Join();
  CHECK(is_told);
}

TEST_CASE_TEMPLATE("frames: a deadline ends a call that the server's windows hold up", T, TRANSPORTS) {
  std::optional<uint32_t> reset;
  ScriptedPeer peer([&](PeerConnection& client) {
    client.manners.opens_windows = false;
    client.Greet({{kInitialWindow, 10}});
    const PeerStream& stream = client.NextStream();
    client.AwaitReset(stream);
    reset = stream.reset;
  });
  std::unique_ptr<Transport> transport = T::Make(To(peer));
  CallStart start = SomeCall();
  start.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(50);
  const CallLog log = Ask(*transport, start, std::string(200000, 'r'));
  CHECK(log.code() == kDeadlineExceeded);
  transport->Dispatch(TimePoint::min());
  transport.reset();
  peer.Join();
  CHECK(reset.value_or(8) == 8);
}

TEST_CASE_TEMPLATE("frames: a deadline ends a call whose answer never ends", T, TRANSPORTS) {
  ScriptedPeer peer([&](PeerConnection& client) {
    client.Greet();
    PeerStream& stream = client.NextStream();
    client.Send(AnswerHeaders(stream.number));
    while (client.SendData(stream, WithPrefix(std::string(100, 'x')))) {
    }
  });
  CallStart start = SomeCall();
  start.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(50);
  const CallLog log = Ask(*T::Make(To(peer)), start);
  CHECK(log.code() == kDeadlineExceeded);
  CHECK_FALSE(log.is_disordered);
}

TEST_CASE_TEMPLATE("frames: a call whose deadline is over before it begins", T, TRANSPORTS) {
  ScriptedPeer peer(Answering(
      [](PeerConnection& client, PeerStream& stream) { client.Send(WholeAnswer(stream.number, {})); }));
  CallStart start = SomeCall();
  start.deadline = std::chrono::steady_clock::now() - std::chrono::seconds(1);
  CHECK(Ask(*T::Make(To(peer)), start).code() == kDeadlineExceeded);
}

}  // namespace
}  // namespace rpcctl::frames
