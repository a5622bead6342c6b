// What a user does inside an event, how long he is about it, and what a peer does between two calls.
#include <doctest/doctest.h>

#include <thread>

#include "tests/frames/frames.h"
#include "tests/support/h2_answers.h"

namespace rpcctl::frames {
namespace {

using namespace rpcctl::testing;

constexpr uint8_t kSettingsType = 4;

// Does something with each message while it is told, and notes whether the message stays what it was.
class Busy final : public CallEvents {
 public:
  explicit Busy(std::function<void()> act) : act_(std::move(act)) {}
  void OnHeaders(Metadata) override {}
  void OnMessage(std::string_view message) override {
    const std::string before(message);
    act_();
    spoilt_ += message == before ? 0 : 1;
    ++messages_;
  }
  void OnWritable() override { is_writable_ = true; }
  void OnEnd(CallEnd end) override { end_ = std::move(end); }

  // One call with one request, to its end.
  void Run(Transport& transport) {
    call = transport.Open(SomeCall(), *this);
    TurnUntil(transport, [&] { return is_writable_ || end_; });
    call->Write("hi");
    call->HalfClose();
    TurnUntil(transport, [&] { return end_.has_value(); });
  }
  const CallEnd& end() const { return *end_; }
  int messages() const { return messages_; }
  int spoilt() const { return spoilt_; }

  std::unique_ptr<Call> call;

 private:
  const std::function<void()> act_;
  bool is_writable_ = false;
  int messages_ = 0;
  int spoilt_ = 0;
  std::optional<CallEnd> end_;
};

// An answer of `count` messages, each of `size` bytes.
ScriptedPeer::Script Lengthy(int count, size_t size) {
  return Answering([=](PeerConnection& client, PeerStream& stream) {
    client.Send(AnswerHeaders(stream.number));
    for (int i = 0; i < count; ++i)
      client.SendData(stream, WithPrefix(std::string(size, static_cast<char>('a' + i))));
    client.Send(Trailers(stream.number));
  });
}

TEST_CASE_TEMPLATE("frames: a message stays what it is while its call is cancelled", T, TRANSPORTS) {
  ScriptedPeer peer(Lengthy(3, 2'000'000));
  const std::unique_ptr<Transport> transport = T::Make(To(peer));
  Busy busy([&] { busy.call->Cancel(); });
  busy.Run(*transport);
  CHECK(busy.messages() == 1);
  CHECK(busy.spoilt() == 0);
  CHECK(busy.end().status.code == kCancelled);
}

TEST_CASE_TEMPLATE("frames: a message stays what it is while another call begins", T, TRANSPORTS) {
  ScriptedPeer peer(Lengthy(20, 50'000));
  const std::unique_ptr<Transport> transport = T::Make(To(peer));
  std::vector<std::unique_ptr<CallLog>> logs;
  std::vector<std::unique_ptr<Call>> calls;
  Busy busy(
      [&] { calls.push_back(transport->Open(SomeCall(), *logs.emplace_back(std::make_unique<CallLog>()))); });
  busy.Run(*transport);
  CHECK(busy.messages() == 20);
  CHECK(busy.spoilt() == 0);
  CHECK(busy.end().status.ok());
}

TEST_CASE_TEMPLATE("frames: a user who is long about an event loses no server that goes on speaking", T, H2) {
  const Word all_said;
  ScriptedPeer peer(Answering([&](PeerConnection& client, PeerStream& stream) {
    std::string answer = AnswerHeaders(stream.number);
    for (int i = 0; i < 20; ++i) answer += MessageBytes(stream.number, std::string(10'000, 'x'));
    client.Send(answer + Trailers(stream.number));
    all_said.Say();
  }));
  TransportOptions options = To(peer);
  options.keepalive = std::chrono::milliseconds(100);
  const std::unique_ptr<Transport> transport = T::Make(options);
  int held = 0;
  Busy busy([&] {
    if (held == 0) all_said.Wait();
    // Longer than the silence and the patience after it: to be slow is what is tested.
    if (++held % 6 == 1) std::this_thread::sleep_for(std::chrono::milliseconds(200));
  });
  busy.Run(*transport);
  CHECK(busy.messages() == 20);
  CHECK(busy.end().status.ok());
}

TEST_CASE_TEMPLATE("frames: a fault between two calls costs the connection and no call", T, H2) {
  const Word faulty;
  const ScriptedPeer::Script good = Answering(
      [](PeerConnection& client, PeerStream& stream) { client.Send(WholeAnswer(stream.number, {"one"})); });
  ScriptedPeer peer({[&](PeerConnection& client) {
                       client.Greet();
                       PeerStream& stream = client.NextStream();
                       client.AwaitEnd(stream);
                       client.Send(WholeAnswer(stream.number, {"one"}));
                       client.Send(FrameBytes(kSettingsType, 0, 3));  // no stream has settings
                       faulty.Say();
                     },
                     good});
  const std::unique_ptr<Transport> transport = T::Make(To(peer));
  CHECK(Ask(*transport).code() == kOk);
  faulty.Wait();
  CHECK(Ask(*transport).code() == kOk);
  CHECK(Ask(*transport).code() == kOk);
}

TEST_CASE_TEMPLATE("frames: a reset of a stream that is over says nothing of the next", T, TRANSPORTS) {
  ScriptedPeer peer([](PeerConnection& client) {
    client.Greet();
    PeerStream& first = client.NextStream();
    client.AwaitEnd(first);
    client.Send(WholeAnswer(first.number, {"one"}) + ResetBytes(first.number, 8) +
                ResetBytes(first.number, 8));
    client.AwaitEnd(client.NextStream());
    client.Send(GoAwayBytes(first.number, 0, "maintenance"));
  });
  const std::unique_ptr<Transport> transport = T::Make(To(peer));
  CHECK(Ask(*transport).code() == kOk);
  CHECK(Ask(*transport).code() == kUnavailable);
}

TEST_CASE_TEMPLATE("frames: an endless page is refused while the connection stays", T, TRANSPORTS) {
  const Word refused;
  ScriptedPeer peer(Answering([&](PeerConnection& client, PeerStream& stream) {
    client.Send(HeadersBytes(stream.number, {{":status", "502"}, {"content-type", "text/html"}}));
    while (client.SendData(stream, std::string(kLargestFrame, 'x'))) {
    }
    refused.Say();
  }));
  const std::unique_ptr<Transport> transport = T::Make(To(peer));
  CHECK(Ask(*transport).code() == kUnavailable);
  refused.TurnUntilSaid(*transport);
}

}  // namespace
}  // namespace rpcctl::frames
