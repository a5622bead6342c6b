#include "call/call_engine.h"

#include <doctest/doctest.h>

#include <deque>
#include <stdexcept>

#include "tests/support/fake_transport.h"

namespace rpcctl {
namespace {

using testing::FakeTransport;
using Log = std::vector<std::string>;

constexpr int kInput = 1000;  // a descriptor that only the fake transport sees

// Gives what it was made of; "?" stands for a moment at which nothing is there yet, "!" for bad data. The
// engine looks twice, after a request and before it waits.
class ListSource final : public RequestSource {
 public:
  explicit ListSource(std::deque<std::string> messages) : messages_(std::move(messages)) {}
  Result<RequestStep> Next(std::string& message) override {
    if (messages_.empty()) return RequestStep::kEnd;
    message = messages_.front();
    messages_.pop_front();
    if (message == "?") return RequestStep::kWaiting;
    if (message == "!") return Error{ErrorKind::kInput, "document 2 is bad"};
    return RequestStep::kMessage;
  }
  int descriptor() const override { return kInput; }

 private:
  std::deque<std::string> messages_;
};

class ListSink final : public ResponseSink {
 public:
  void OnHeaders(const Metadata& headers) override { headers_seen = headers.size(); }
  Result<void> OnMessage(std::string_view message) override {
    if (full) return Error{ErrorKind::kOutput, "no space"};
    messages.emplace_back(message);
    return {};
  }
  Result<void> OnQuiet() override {
    ++quiet;
    return {};
  }

  Log messages;
  size_t headers_seen = 0;
  int quiet = 0;
  bool full = false;
};

PreparedCall CallOf(MethodKind kind) {
  PreparedCall call;
  call.start.path = "/p.S/M";
  call.kind = kind;
  return call;
}

CallOutcome Run(FakeTransport& transport, MethodKind kind, std::deque<std::string> requests, ListSink& sink) {
  ListSource source(std::move(requests));
  return RunCall(transport, CallOf(kind), source, sink, -1);
}

TEST_CASE("call engine: a unary call sends one message and half-closes with it") {
  FakeTransport transport;
  transport.Writable().Message("reply").End({});
  ListSink sink;
  const CallOutcome outcome = Run(transport, MethodKind::kUnary, {"request"}, sink);
  CHECK(outcome.ok());
  CHECK(transport.path() == "/p.S/M");
  CHECK(transport.log() == Log{"write request", "half-close"});
  CHECK(sink.messages == Log{"reply"});
  CHECK(outcome.sent == 1);
  CHECK(outcome.received == 1);
  CHECK(outcome.received_bytes == 5);
  CHECK(outcome.trailers == Metadata{{"t", "v"}});
}

TEST_CASE("call engine: a stream of requests is sent one for each OnWritable and then half-closed") {
  FakeTransport transport;
  transport.Writable().Writable().Writable().Message("sum").End({});
  ListSink sink;
  const CallOutcome outcome = Run(transport, MethodKind::kClientStreaming, {"a", "b"}, sink);
  CHECK(outcome.ok());
  CHECK(transport.log() == Log{"write a, more follows", "write b", "half-close"});
}

TEST_CASE("call engine: the half-close does not wait until the last request has left") {
  FakeTransport transport;
  transport.Writable().Message("sum").End({});
  ListSink sink;
  const CallOutcome outcome = Run(transport, MethodKind::kClientStreaming, {"a"}, sink);
  CHECK(outcome.sent == 1);
  CHECK(transport.log() == Log{"write a", "half-close"});
}

TEST_CASE(
    "call engine: a request before bad data is not held back, and the call is cancelled after it left") {
  FakeTransport transport;
  transport.Writable().Writable().Writable();
  ListSink sink;
  const CallOutcome outcome = Run(transport, MethodKind::kClientStreaming, {"a", "b", "!"}, sink);
  REQUIRE(outcome.error);
  CHECK(outcome.sent == 2);
  CHECK(transport.log() == Log{"write a, more follows", "write b", "cancel"});
}

TEST_CASE("call engine: replies arrive while a request is still awaited") {
  FakeTransport transport;
  transport.Writable().Writable().Message("re: a").Readable(kInput).Writable().Message("re: b").End({});
  ListSink sink;
  const CallOutcome outcome = Run(transport, MethodKind::kBidi, {"a", "?", "?", "b"}, sink);
  CHECK(outcome.ok());
  CHECK(sink.messages == Log{"re: a", "re: b"});
  CHECK(transport.log() == Log{"write a", "write b", "half-close"});
  CHECK_FALSE(transport.IsWatching(kInput));
}

TEST_CASE("call engine: bad data in the middle cancels the call instead of half-closing it") {
  FakeTransport transport;
  transport.Writable().Writable();
  ListSink sink;
  const CallOutcome outcome = Run(transport, MethodKind::kClientStreaming, {"a", "!", "c"}, sink);
  REQUIRE(outcome.error);
  CHECK(outcome.error->message == "document 2 is bad");
  CHECK(transport.log() == Log{"write a", "cancel"});
}

TEST_CASE("call engine: a failed write of output cancels the call") {
  FakeTransport transport;
  transport.Writable().Message("reply");
  ListSink sink;
  sink.full = true;
  const CallOutcome outcome = Run(transport, MethodKind::kServerStreaming, {"a"}, sink);
  REQUIRE(outcome.error);
  CHECK(outcome.error->kind == ErrorKind::kOutput);
  CHECK(transport.log().back() == "cancel");
}

TEST_CASE("call engine: the limit ends a stream with success") {
  FakeTransport transport;
  transport.Writable().Message("1").Message("2");
  ListSink sink;
  ListSource source({"a"});
  PreparedCall call = CallOf(MethodKind::kServerStreaming);
  call.limit = 2;
  const CallOutcome outcome = RunCall(transport, call, source, sink, -1);
  CHECK(outcome.ok());
  CHECK(outcome.limit_reached);
  CHECK(sink.messages == Log{"1", "2"});
  CHECK(transport.log().back() == "cancel");
}

TEST_CASE("call engine: two responses to a unary method are UNIMPLEMENTED at once") {
  FakeTransport transport;
  transport.Writable().Message("1").Message("2");
  ListSink sink;
  const CallOutcome outcome = Run(transport, MethodKind::kUnary, {"a"}, sink);
  CHECK(outcome.status.code == kUnimplemented);
  CHECK(outcome.status.message == "the server sent more than one response to a method that returns one");
  CHECK(sink.messages == Log{"1"});
}

TEST_CASE("call engine: OK without a response is UNIMPLEMENTED for a method that returns one") {
  FakeTransport transport;
  transport.Writable().End({});
  ListSink sink;
  CHECK(Run(transport, MethodKind::kUnary, {"a"}, sink).status.code == kUnimplemented);
  FakeTransport streaming;
  streaming.Writable().End({});
  CHECK(Run(streaming, MethodKind::kServerStreaming, {"a"}, sink).ok());
}

TEST_CASE("call engine: a failure without a response keeps its own status") {
  FakeTransport transport;
  transport.Writable().End({kNotFound, "gone", ""});
  ListSink sink;
  const CallOutcome outcome = Run(transport, MethodKind::kUnary, {"a"}, sink);
  CHECK(outcome.status.code == kNotFound);
  CHECK_FALSE(outcome.ok());
}

TEST_CASE("call engine: what never reached the server is an error, not a status") {
  FakeTransport transport;
  transport.Then([](CallEvents& events) { events.OnEnd({Error{ErrorKind::kConnect, "refused"}, {}, {}}); });
  ListSink sink;
  const CallOutcome outcome = Run(transport, MethodKind::kUnary, {"a"}, sink);
  REQUIRE(outcome.error);
  CHECK(outcome.error->message == "refused");
}

TEST_CASE("call engine: a server that ends early stops the reading of requests") {
  FakeTransport transport;
  transport.Writable().Writable().End({kInvalidArgument, "enough", ""});
  ListSink sink;
  const CallOutcome outcome = Run(transport, MethodKind::kClientStreaming, {"a", "?", "?", "b"}, sink);
  CHECK(outcome.status.code == kInvalidArgument);
  CHECK(outcome.sent == 1);
  CHECK_FALSE(transport.IsWatching(kInput));
}

TEST_CASE("call engine: an interrupt cancels the call") {
  constexpr int kInterrupt = 1001;
  FakeTransport transport;
  transport.Writable().Readable(kInterrupt);
  ListSink sink;
  ListSource source({"a"});
  const CallOutcome outcome =
      RunCall(transport, CallOf(MethodKind::kServerStreaming), source, sink, kInterrupt);
  CHECK(outcome.status.code == kCancelled);
  CHECK_FALSE(transport.IsWatching(kInterrupt));
}

TEST_CASE("call engine: output is flushed before every wait") {
  FakeTransport transport;
  transport.Writable().Message("1").End({});
  ListSink sink;
  (void)Run(transport, MethodKind::kServerStreaming, {"a"}, sink);
  CHECK(sink.quiet == 4);  // before each of three events, and at the end
}

TEST_CASE("call engine: it waits until the sink wants to be asked again, without an end where it does not") {
  class Impatient final : public ResponseSink {
   public:
    void OnHeaders(const Metadata&) override {}
    Result<void> OnMessage(std::string_view) override { return {}; }
    Result<void> OnQuiet() override { return {}; }
    TimePoint NextQuiet() const override { return next; }
    TimePoint next = TimePoint() + std::chrono::hours(1);
  };
  for (const TimePoint next : {TimePoint() + std::chrono::hours(1), TimePoint::max()}) {
    FakeTransport transport;
    transport.Writable().Message("reply").End({});
    Impatient sink;
    sink.next = next;
    ListSource source({"request"});
    RunCall(transport, CallOf(MethodKind::kUnary), source, sink, -1);
    CHECK(transport.last_wait() == next);
  }
}

}  // namespace
}  // namespace rpcctl
