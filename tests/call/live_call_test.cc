#include "call/live_call.h"

#include <doctest/doctest.h>

#include "tests/support/fake_transport.h"

namespace rpcctl {
namespace {

using testing::FakeTransport;
using Step = LiveCall::Step;
using Log = std::vector<std::string>;

PreparedCall Bidi() {
  PreparedCall call;
  call.start.path = "/p.S/M";
  call.kind = MethodKind::kBidi;
  return call;
}

PreparedCall Unary() {
  PreparedCall call = Bidi();
  call.kind = MethodKind::kUnary;
  return call;
}

constexpr TimePoint kForEver = TimePoint::max();

TEST_CASE("live call: messages go out and come in one by one") {
  FakeTransport transport;
  transport.Writable().Message("r1").Writable().Message("r2").End({});
  LiveCall call(transport, Bidi(), -1);
  std::string message;
  CHECK(call.Send("a", kForEver) == Step::kDone);
  CHECK(call.Receive(message, kForEver) == Step::kDone);
  CHECK(message == "r1");
  CHECK(call.Send("b", kForEver) == Step::kDone);
  call.HalfClose();
  CHECK(call.Receive(message, kForEver) == Step::kDone);
  CHECK(message == "r2");
  CHECK(call.Receive(message, kForEver) == Step::kEnded);
  CHECK(transport.log() == Log{"write a", "write b", "half-close"});
  CHECK(call.outcome().sent == 2);
  CHECK(call.outcome().received == 2);
  CHECK(call.outcome().status.ok());
}

TEST_CASE("live call: what came before the end is given out before it") {
  FakeTransport transport;
  transport.Message("r1").Message("r2").End({kNotFound, "gone", ""});
  LiveCall call(transport, Bidi(), -1);
  std::string message;
  CHECK(call.Send("a", kForEver) == Step::kEnded);
  CHECK(call.Receive(message, kForEver) == Step::kDone);
  CHECK(call.Receive(message, kForEver) == Step::kDone);
  CHECK(message == "r2");
  CHECK(call.Receive(message, kForEver) == Step::kEnded);
  CHECK(call.outcome().status.code == kNotFound);
}

TEST_CASE("live call: waiting ends with its time, and the call goes on") {
  FakeTransport transport;
  LiveCall call(transport, Bidi(), -1);
  std::string message = "as before";
  CHECK(call.Receive(message, TimePoint::min()) == Step::kTimeOver);
  CHECK(message == "as before");
  CHECK(call.Send("a", TimePoint::min()) == Step::kTimeOver);
  CHECK_FALSE(call.ended());
  transport.Message("late");
  CHECK(call.Receive(message, kForEver) == Step::kDone);
  CHECK(message == "late");
}

TEST_CASE("live call: the half-close is sent once, and not after the end") {
  FakeTransport transport;
  transport.End({});
  LiveCall call(transport, Bidi(), -1);
  call.HalfClose();
  call.HalfClose();
  std::string message;
  CHECK(call.Receive(message, kForEver) == Step::kEnded);
  call.HalfClose();
  call.Cancel();
  CHECK(transport.log() == Log{"half-close"});
}

TEST_CASE("live call: a cancelled call ends as cancelled") {
  FakeTransport transport;
  LiveCall call(transport, Bidi(), -1);
  call.Cancel();
  std::string message;
  CHECK(call.Receive(message, kForEver) == Step::kEnded);
  CHECK(call.outcome().status.code == kCancelled);
}

TEST_CASE("live call: an interrupt cancels it") {
  FakeTransport transport;
  transport.Readable(7);
  LiveCall call(transport, Bidi(), 7);
  CHECK(transport.IsWatching(7));
  std::string message;
  CHECK(call.Receive(message, kForEver) == Step::kEnded);
  CHECK(call.outcome().status.code == kCancelled);
  CHECK_FALSE(transport.IsWatching(7));
}

TEST_CASE("live call: the number of responses is checked against the kind of the method") {
  FakeTransport two;
  two.Message("r1").Message("r2");
  LiveCall call(two, Unary(), -1);
  std::string message;
  CHECK(call.Receive(message, kForEver) == Step::kDone);
  CHECK(call.Receive(message, kForEver) == Step::kEnded);
  CHECK(call.outcome().status.code == kUnimplemented);

  FakeTransport none;
  none.End({});
  LiveCall empty(none, Unary(), -1);
  CHECK(empty.Receive(message, kForEver) == Step::kEnded);
  CHECK(empty.outcome().status.code == kUnimplemented);
}

TEST_CASE("live call: headers are waited for") {
  FakeTransport transport;
  transport.Then([](CallEvents& events) { events.OnHeaders({{"x", "1"}}); });
  LiveCall call(transport, Bidi(), -1);
  CHECK(call.AwaitHeaders(kForEver) == Step::kDone);
  CHECK(call.outcome().headers == Metadata{{"x", "1"}});
}

TEST_CASE("live call: a server that floods one who only sends is given up") {
  FakeTransport transport;
  const std::string megabyte(1 << 20, 'x');
  for (int i = 0; i < 65; ++i) transport.Message(megabyte);
  LiveCall call(transport, Bidi(), -1);
  CHECK(call.Send("a", kForEver) == Step::kEnded);
  CHECK(call.outcome().status.code == kResourceExhausted);
}

}  // namespace
}  // namespace rpcctl
