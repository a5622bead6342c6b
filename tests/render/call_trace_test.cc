#include "render/call_trace.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

using namespace std::chrono_literals;

PreparedCall CallOf(MethodKind kind) {
  PreparedCall call;
  call.start.path = "/p.S/M";
  call.kind = kind;
  return call;
}

TEST_CASE("call trace: the beginning names method, kind, target and what is sent, secrets masked") {
  PreparedCall call = CallOf(MethodKind::kUnary);
  call.start.metadata = {{"x-team", "a"}, {"authorization", "Bearer x"}};
  CHECK(TraceStart("localhost:1 (plaintext)", call) ==
        "* method /p.S/M (unary)\n"
        "* target localhost:1 (plaintext)\n"
        "> x-team: a\n"
        "> authorization: ***\n");
}

TEST_CASE("call trace: every kind has its name") {
  CHECK(TraceStart("t", CallOf(MethodKind::kServerStreaming)).find("(server streaming)") !=
        std::string::npos);
  CHECK(TraceStart("t", CallOf(MethodKind::kClientStreaming)).find("(client streaming)") !=
        std::string::npos);
  CHECK(TraceStart("t", CallOf(MethodKind::kBidi)).find("(bidirectional streaming)") != std::string::npos);
}

TEST_CASE("call trace: received metadata is shown safely") {
  CHECK(TraceMetadata("<", {{"x-\x1b[2J", "\x1b"}, {"x-bin", std::string("\0", 1)}}) ==
        "< x-\\x1b[2J: \\x1b\n"
        "< x-bin: AA==\n");
}

TEST_CASE("call trace: the outcome counts messages, bytes and time") {
  CallOutcome outcome;
  outcome.trailers = {{"t", "v"}};
  outcome.sent = 1;
  outcome.received = 2;
  outcome.received_bytes = 30;
  outcome.answered = 1250us;
  outcome.first = 1500us;
  outcome.total = 2ms;
  CHECK(TraceOutcome(outcome) ==
        "< t: v\n"
        "* OK: sent 1 message, received 2 messages (30 bytes), headers after 1.25 ms, first message after "
        "1.50 ms, total 2.00 ms\n");
}

TEST_CASE("call trace: a connection tells its phases, those that it had") {
  ConnectionPhases phases{"127.0.0.1:1", 100us, 250us};
  CHECK(TraceConnected(phases) == "* connected to 127.0.0.1:1 in 0.35 ms (name 0.10 ms, dial 0.25 ms)\n");
  phases.proxy = 1ms;
  phases.tls = 2ms;
  phases.address = "unix:\x1b[2J";
  CHECK(TraceConnected(phases) ==
        "* connected to unix:\\x1b[2J in 3.35 ms (name 0.10 ms, dial 0.25 ms, proxy 1.00 ms, TLS 2.00 ms)\n");
}

TEST_CASE("call trace: a call that was stopped or brought nothing says so") {
  CallOutcome outcome;
  outcome.limit_reached = true;
  CHECK(TraceOutcome(outcome).starts_with(
      "* stopped at the limit: sent 0 messages, received 0 messages (0 bytes), total "));
}

}  // namespace
}  // namespace rpcctl
