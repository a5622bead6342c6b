// Connections: many calls on one, another after it is lost, and whether anybody is still there.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <atomic>
#include <list>

#include "tests/frames/frames.h"

namespace rpcctl::frames {
namespace {

using namespace rpcctl::testing;

// A call that a test drives beside others.
struct OpenCall {
  CallLog log;
  std::unique_ptr<Call> call;
};

// Opens a call and hands over its one request.
void Begin(Transport& transport, OpenCall& open, const std::string& request = "hi") {
  open.call = transport.Open(SomeCall(), open.log);
  TurnUntil(transport, [&] { return open.log.writable > 0 || open.log.end; });
  if (open.log.end) return;
  open.call->Write(request);
  open.call->HalfClose();
}

void AnswerAll(PeerConnection& client, const std::string& message) {
  while (!client.is_gone()) {
    PeerStream& stream = client.NextStream();
    if (client.AwaitEnd(stream)) client.Send(WholeAnswer(stream.number, {message}));
  }
}

TEST_CASE_TEMPLATE("frames: many calls at the same time, their frames interleaved", T, TRANSPORTS) {
  constexpr size_t kCalls = 90;
  ScriptedPeer peer([&](PeerConnection& client) {
    client.Greet();
    std::vector<PeerStream*> streams;
    for (size_t i = 0; i < kCalls; ++i) streams.push_back(&client.NextStream());
    for (const PeerStream* stream : streams) client.AwaitEnd(*stream);
    const auto bytes = [&](const PeerStream& stream) {
      return WithPrefix("answer to " + stream.data.substr(5));
    };
    for (const PeerStream* stream : streams) client.Send(AnswerHeaders(stream->number));
    for (size_t at = 0; at < bytes(*streams.back()).size(); at += 4)
      for (const PeerStream* stream : streams) {
        const std::string all = bytes(*stream);
        if (at < all.size()) client.Send(DataBytes(stream->number, all.substr(at, 4)));
      }
    for (auto stream = streams.rbegin(); stream != streams.rend(); ++stream)
      client.Send(Trailers((*stream)->number));
  });
  const std::unique_ptr<Transport> transport = T::Make(To(peer));
  std::list<OpenCall> calls(kCalls);
  int number = 0;
  for (OpenCall& call : calls) Begin(*transport, call, std::to_string(number++));
  number = 0;
  for (OpenCall& call : calls) {
    TurnToEnd(*transport, call.log);
    Expect({kOk, fmt::format("'answer to {}'", number++)}, call.log, T::kIsCore);
  }
}

TEST_CASE_TEMPLATE("frames: no more calls at the same time than the server takes, the rest after them", T,
                   TRANSPORTS) {
  constexpr size_t kCalls = 10;
  size_t most = 0;
  ScriptedPeer peer([&](PeerConnection& client) {
    client.Greet({{kConcurrentStreams, 2}});
    PeerStream& first = client.NextStream();
    client.AwaitEnd(first);
    client.Send(WholeAnswer(first.number, {}));
    for (size_t answered = 0; answered < kCalls; ++answered) {
      PeerStream& stream = client.NextStream();
      client.AwaitEnd(stream);
      client.AwaitRoundTrip();  // whatever else the client would send it has sent by now
      most = std::max(most, client.stream_count() - 1 - answered);
      client.Send(WholeAnswer(stream.number, {"one"}));
    }
  });
  std::unique_ptr<Transport> transport = T::Make(To(peer));
  CHECK(Ask(*transport).code() == kOk);
  std::list<OpenCall> calls(kCalls);
  for (OpenCall& call : calls) Begin(*transport, call);
  for (OpenCall& call : calls) {
    TurnToEnd(*transport, call.log);
    Expect({kOk, "'one'"}, call.log, T::kIsCore);
  }
  calls.clear();
  transport.reset();
  peer.Join();
  CHECK(most == 2);
}

// The official core does not see that there is room again.
TEST_CASE_TEMPLATE("frames: a call waits for a server that takes none just now", T, H2) {
  size_t streams_before = 0;
  const Word opened;
  ScriptedPeer peer([&](PeerConnection& client) {
    client.Greet();
    PeerStream& first = client.NextStream();
    client.AwaitEnd(first);
    client.Send(SettingsBytes({{kConcurrentStreams, 0}}) + WholeAnswer(first.number, {}));
    opened.Wait();
    client.AwaitRoundTrip();
    streams_before = client.stream_count();
    client.Send(SettingsBytes({{kConcurrentStreams, 1}}));
    AnswerAll(client, "one");
  });
  std::unique_ptr<Transport> transport = T::Make(To(peer));
  CHECK(Ask(*transport).code() == kOk);
  OpenCall call;
  Begin(*transport, call);
  transport->Dispatch(TimePoint::min());
  opened.Say();
  TurnToEnd(*transport, call.log);
  Expect({kOk, "'one'"}, call.log, T::kIsCore);
  call.call.reset();
  transport.reset();
  peer.Join();
  CHECK(streams_before == 1);
}

TEST_CASE_TEMPLATE("frames: a call that waits for its turn can be cancelled, or run out of time", T,
                   TRANSPORTS) {
  size_t streams = 0;
  ScriptedPeer peer([&](PeerConnection& client) {
    client.Greet();
    PeerStream& first = client.NextStream();
    client.AwaitEnd(first);
    client.Send(SettingsBytes({{kConcurrentStreams, 0}}) + WholeAnswer(first.number, {}));
    client.ReadToEnd();
    streams = client.stream_count();
  });
  std::unique_ptr<Transport> transport = T::Make(To(peer));
  CHECK(Ask(*transport).code() == kOk);
  OpenCall cancelled;
  Begin(*transport, cancelled);
  transport->Dispatch(TimePoint::min());
  cancelled.call->Cancel();
  TurnToEnd(*transport, cancelled.log);
  CHECK(cancelled.log.code() == kCancelled);
  cancelled.call.reset();
  CallStart start = SomeCall();
  start.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(30);
  CHECK(Ask(*transport, start).code() == kDeadlineExceeded);
  transport.reset();
  peer.Join();
  CHECK(streams == 1);
}

TEST_CASE_TEMPLATE("frames: after a connection was lost the next call makes another", T, TRANSPORTS) {
  using End = std::function<void(PeerConnection&)>;
  const End kEnds[] = {[](PeerConnection& client) { client.Close(); },
                       [](PeerConnection& client) { client.Abort(); },
                       [](PeerConnection& client) {
                         client.Send(GoAwayBytes(1, 0));
                         client.Close();
                       }};
  for (const End& end : kEnds) {
    const auto first = [&](PeerConnection& client) {
      client.Greet();
      PeerStream& stream = client.NextStream();
      client.AwaitEnd(stream);
      client.Send(AnswerHeaders(stream.number) + MessageBytes(stream.number, "first"));
      end(client);
    };
    const auto second = [](PeerConnection& client) {
      client.Greet();
      AnswerAll(client, "second");
    };
    ScriptedPeer peer(std::vector<ScriptedPeer::Script>{first, second});
    const std::unique_ptr<Transport> transport = T::Make(To(peer));
    Expect({kUnavailable, "'first'"}, Ask(*transport), T::kIsCore);
    Expect({kOk, "'second'"}, Ask(*transport), T::kIsCore);
    Expect({kOk, "'second'"}, Ask(*transport), T::kIsCore);
  }
}

TEST_CASE_TEMPLATE("frames: a connection that ended between two calls fails neither", T, TRANSPORTS) {
  const Word ended;
  const auto serve_one = [&](PeerConnection& client) {
    client.Greet();
    PeerStream& stream = client.NextStream();
    client.AwaitEnd(stream);
    client.Send(WholeAnswer(stream.number, {"one"}));
    client.AwaitRoundTrip();
    client.Send(GoAwayBytes(stream.number, 0));
    client.Abort();
    ended.Say();
  };
  ScriptedPeer peer(std::vector<ScriptedPeer::Script>(4, serve_one));
  const std::unique_ptr<Transport> transport = T::Make(To(peer));
  for (int i = 0; i < 4; ++i) {
    Expect({kOk, "'one'"}, Ask(*transport), T::kIsCore);
    ended.TurnUntilSaid(*transport);
  }
}

TEST_CASE_TEMPLATE("frames: after GOAWAY a new call takes a new connection, the old one ends in peace", T,
                   TRANSPORTS) {
  const Word said, answered;
  std::atomic<int> on_second = 0;
  const auto first = [&](PeerConnection& client) {
    client.Greet();
    PeerStream& stream = client.NextStream();
    client.AwaitEnd(stream);
    client.Send(AnswerHeaders(stream.number) + GoAwayBytes(stream.number, 0, "bye"));
    client.AwaitRoundTrip();
    said.Say();
    answered.Wait();
    client.Send(MessageBytes(stream.number, "old") + Trailers(stream.number));
    client.ReadToEnd();
  };
  const auto second = [&](PeerConnection& client) {
    client.Greet();
    PeerStream& stream = client.NextStream();
    client.AwaitEnd(stream);
    ++on_second;
    client.Send(WholeAnswer(stream.number, {"new"}));
  };
  ScriptedPeer peer(std::vector<ScriptedPeer::Script>{first, second});
  std::unique_ptr<Transport> transport = T::Make(To(peer));
  OpenCall old;
  Begin(*transport, old);
  said.TurnUntilSaid(*transport);
  const CallLog fresh = Ask(*transport);
  answered.Say();
  TurnToEnd(*transport, old.log);
  Expect({kOk, "'old'"}, old.log, T::kIsCore);
  const CoreException core = {"makes no second connection while the first stands", kUnavailable, ""};
  Expect({kOk, "'new'", {}, core}, fresh, T::kIsCore);
  CHECK(on_second == (T::kIsCore ? 0 : 1));
}

TEST_CASE_TEMPLATE("frames: a connection that breaks ends every call on it, each with what it has", T,
                   TRANSPORTS) {
  ScriptedPeer peer([](PeerConnection& client) {
    client.Greet();
    std::vector<uint32_t> numbers;
    for (int i = 0; i < 3; ++i) numbers.push_back(client.NextStream().number);
    client.Send(AnswerHeaders(numbers[0]) + MessageBytes(numbers[0], "one"));
    client.Send(WholeAnswer(numbers[1], {"two"}, "5"));
    client.Close();
  });
  const std::unique_ptr<Transport> transport = T::Make(To(peer));
  std::list<OpenCall> calls(3);
  for (OpenCall& call : calls) Begin(*transport, call);
  const Want wants[] = {{kUnavailable, "'one'"}, {kNotFound, "'two'"}, {kUnavailable}};
  const Want* want = wants;
  for (OpenCall& call : calls) {
    TurnToEnd(*transport, call.log);
    Expect(*want++, call.log, T::kIsCore);
  }
}

// ---- keepalive ----

TransportOptions Asking(const ScriptedPeer& peer, Duration keepalive) {
  TransportOptions options = To(peer);
  options.keepalive = keepalive;
  return options;
}

TEST_CASE_TEMPLATE("frames: a server that answers no PING is given up", T, TRANSPORTS) {
  for (const std::string& before : {std::string(), AnswerHeaders(1) + MessageBytes(1, "one")}) {
    int pings = 0;
    ScriptedPeer peer([&](PeerConnection& client) {
      client.manners.acks_pings = false;
      client.Greet();
      client.NextStream();
      client.Send(before);
      client.ReadToEnd();
      pings = client.notes().pings;
    });
    std::unique_ptr<Transport> transport = T::Make(Asking(peer, std::chrono::milliseconds(500)));
    const CallLog log = Ask(*transport);
    Expect({kUnavailable, before.empty() ? "" : "'one'", {"PING"}}, log, T::kIsCore);
    transport.reset();
    peer.Join();
    if (!T::kIsCore) CHECK(pings == 1);  // may give up a PING that it was yet to send
  }
}

TEST_CASE_TEMPLATE("frames: a server that answers PINGs is waited for", T, TRANSPORTS) {
  ScriptedPeer peer([&](PeerConnection& client) {
    client.Greet();
    const PeerStream& stream = client.NextStream();
    client.ReadUntil([&] { return client.notes().pings == 2; });
    client.Send(WholeAnswer(stream.number, {"late"}));
  });
  const std::unique_ptr<Transport> transport = T::Make(Asking(peer, std::chrono::milliseconds(1000)));
  Expect({kOk, "'late'"}, Ask(*transport), T::kIsCore);
}

TEST_CASE_TEMPLATE("frames: no PING is sent between calls, and none where that is switched off", T,
                   TRANSPORTS) {
  for (const Duration keepalive : {Duration(std::chrono::milliseconds(20)), Duration::max()}) {
    int pings = 0;
    ScriptedPeer peer([&](PeerConnection& client) {
      client.Greet();
      PeerStream& first = client.NextStream();
      client.AwaitEnd(first);
      client.Send(WholeAnswer(first.number, {}));
      const int before = client.notes().pings;
      PeerStream& second = client.NextStream();
      pings = client.notes().pings - before;
      client.Send(WholeAnswer(second.number, {}));
    });
    std::unique_ptr<Transport> transport = T::Make(Asking(peer, keepalive));
    CHECK(Ask(*transport).code() == kOk);
    // Long enough for a PING, were there any; slowness cannot fail this.
    CHECK_FALSE(transport->Dispatch(std::chrono::steady_clock::now() + std::chrono::milliseconds(60)));
    CHECK(Ask(*transport).code() == kOk);
    transport.reset();
    peer.Join();
    CHECK(pings == 0);
  }
}

}  // namespace
}  // namespace rpcctl::frames
