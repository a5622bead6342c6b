#include "tests/frames/frames.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include "transport/grpc/grpc_transport.h"
#include "transport/h2/h2_transport.h"

namespace rpcctl::frames {

std::unique_ptr<Transport> Core::Make(TransportOptions options) {
  return MakeGrpcTransport(std::move(options));
}

std::unique_ptr<Transport> H2::Make(TransportOptions options) {
  return MakeH2Transport(std::move(options));
}

void CallLog::OnHeaders(Metadata received) {
  is_disordered = is_disordered || headers || !messages.empty() || end;
  headers = std::move(received);
}

void CallLog::OnMessage(std::string_view message) {
  is_disordered = is_disordered || end;
  messages.emplace_back(message);
}

void CallLog::OnWritable() {
  is_disordered = is_disordered || end;
  ++writable;
}

void CallLog::OnEnd(CallEnd received) {
  is_disordered = is_disordered || end;
  end = std::move(received);
}

int CallLog::code() const {
  return end->not_reached ? kNotReached : end->status.code;
}

const std::string& CallLog::told() const {
  return end->not_reached ? end->not_reached->message : end->status.message;
}

std::string CallLog::Messages() const {
  std::string text;
  for (const std::string& message : messages)
    text += message.size() < 20 ? fmt::format("'{}'", message) : fmt::format("'{} bytes'", message.size());
  return text;
}

TransportOptions To(const ScriptedPeer& peer) {
  TransportOptions options;
  options.target = *ParseTarget(peer.address());
  options.user_agent = "test/1";
  return options;
}

CallStart SomeCall() {
  CallStart start;
  start.path = "/test.Service/Method";
  return start;
}

void TurnUntil(Transport& transport, const std::function<bool()>& condition) {
  constexpr auto kPatience = std::chrono::seconds(20);
  while (!condition()) {
    if (!transport.Dispatch(std::chrono::steady_clock::now() + kPatience)) FAIL("nothing happens any more");
  }
}

void TurnToEnd(Transport& transport, const CallLog& log) {
  TurnUntil(transport, [&] { return log.end.has_value(); });
}

CallLog Ask(Transport& transport, CallStart start, std::string_view request) {
  CallLog log;
  const std::unique_ptr<Call> call = transport.Open(std::move(start), log);
  TurnUntil(transport, [&] { return log.writable > 0 || log.end; });
  if (!log.end) {
    call->Write(request);
    call->HalfClose();
  }
  TurnToEnd(transport, log);
  return log;
}

Word::Word() {
  if (pipe2(ends_, O_CLOEXEC) != 0) std::abort();
}

Word::~Word() {
  close(ends_[0]);
  close(ends_[1]);
}

void Word::Say() const {
  if (write(ends_[1], "!", 1) != 1) std::abort();
}

void Word::TurnUntilSaid(Transport& transport) const {
  bool is_said = false;
  transport.Watch(ends_[0], [&] {
    Wait();
    is_said = true;
    transport.Unwatch(ends_[0]);
  });
  TurnUntil(transport, [&] { return is_said; });
}

void Word::Wait() const {
  char mark = 0;
  if (read(ends_[0], &mark, 1) != 1) std::abort();
}

ScriptedPeer::Script Answering(Answer answer) {
  return [answer = std::move(answer)](PeerConnection& client) {
    if (!client.Greet()) return;
    while (!client.is_gone()) {
      PeerStream& stream = client.NextStream();
      if (client.ReadUntil([&] { return stream.ended || stream.reset; })) answer(client, stream);
    }
  };
}

ScriptedPeer::Script Saying(std::vector<Bytes> answers) {
  return [answers = std::move(answers)](PeerConnection& client) {
    if (!client.Greet()) return;
    for (const Bytes& bytes : answers) {
      const PeerStream& stream = client.NextStream();
      if (!client.ReadUntil([&] { return stream.ended || stream.reset; })) return;
      client.Send(bytes(stream.number));
    }
  };
}

void Expect(const Want& want, const CallLog& log, bool is_core) {
  const bool is_exception = is_core && want.core.reason != nullptr;
  CAPTURE(log.told());
  CHECK(log.code() == (is_exception ? want.core.code : want.code));
  CHECK(log.Messages() == (is_exception ? want.core.messages.value_or(want.messages) : want.messages));
  CHECK_FALSE(log.is_disordered);
  for (const std::string& words : want.told) {
    CAPTURE(words);
    CHECK((is_core || log.told().find(words) != std::string::npos));
  }
}

void CheckRow(const Row& row, Then then, std::unique_ptr<Transport> (*make)(TransportOptions), bool is_core,
              CallStart start) {
  CAPTURE(row.name);
  ScriptedPeer peer(Answering([&](PeerConnection& client, PeerStream& stream) {
    if (stream.number != 1) return;
    client.Send(row.bytes);
    if (then == Then::kClose) client.Close();
    if (then == Then::kAbort) client.Abort();
  }));
  std::unique_ptr<Transport> transport = make(To(peer));
  const bool never_ends = is_core && row.want.core.code == kDeadlineExceeded;
  if (never_ends) start.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(100);
  const CallLog log = Ask(*transport, std::move(start));
  transport.reset();
  peer.Join();
  Expect(row.want, log, is_core);
}

}  // namespace rpcctl::frames
