// How tests put one transport after another in front of a scripted peer.
#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/scripted_peer.h"
#include "transport/transport.h"

namespace rpcctl::frames {

using testing::PeerConnection;
using testing::PeerStream;
using testing::ScriptedPeer;

// The transports under test. What is expected is what the one over nghttp2 promises; where the official core
// differs, a row says so with its reason.
struct Core {
  static constexpr bool kIsCore = true;
  static std::unique_ptr<Transport> Make(TransportOptions options);
};
struct H2 {
  static constexpr bool kIsCore = false;
  static std::unique_ptr<Transport> Make(TransportOptions options);
};
#define TRANSPORTS Core, H2

// Keeps the events of one call.
class CallLog final : public CallEvents {
 public:
  void OnHeaders(Metadata received) override;
  void OnMessage(std::string_view message) override;
  void OnWritable() override;
  void OnEnd(CallEnd received) override;

  // The status; kNotReached when nothing reached the server.
  int code() const;
  // What was told of the end: the status's message, or why nothing reached the server.
  const std::string& told() const;
  // The messages, each in quotes; long ones by their size.
  std::string Messages() const;

  std::optional<Metadata> headers;
  std::vector<std::string> messages;
  int writable = 0;
  std::optional<CallEnd> end;
  bool is_disordered = false;  // an event came that must not come any more
};

constexpr int kNotReached = -1;

TransportOptions To(const ScriptedPeer& peer);
CallStart SomeCall();

// Turns the transport until `condition` holds; a failure when nothing happens for 20 s.
void TurnUntil(Transport& transport, const std::function<bool()>& condition);
void TurnToEnd(Transport& transport, const CallLog& log);

// One call with one request, to its end.
CallLog Ask(Transport& transport, CallStart start = SomeCall(), std::string_view request = "hi");

// What a script tells the thread of the test.
class Word final {
 public:
  Word();
  ~Word();
  Word(const Word&) = delete;
  Word& operator=(const Word&) = delete;
  void Say() const;
  // Turns the transport until it was said.
  void TurnUntilSaid(Transport& transport) const;
  // Waits without turning anything.
  void Wait() const;

 private:
  int ends_[2];
};

using Answer = std::function<void(PeerConnection&, PeerStream&)>;
using Bytes = std::function<std::string(uint32_t stream)>;

// Greets, and answers each call once its last message has come.
ScriptedPeer::Script Answering(Answer answer);
// Greets, and answers the n-th call with the n-th bytes.
ScriptedPeer::Script Saying(std::vector<Bytes> answers);

// Where the official core does something else, and why it may.
struct CoreException {
  const char* reason = nullptr;  // null: there is none
  int code = kOk;                // kDeadlineExceeded: it waits for ever, so that the call is given a deadline
  std::optional<std::string> messages = {};  // as Messages() has them, where they differ too
};

// How a call is to end.
struct Want {
  int code = kOk;
  std::string messages = {};           // as Messages() has them
  std::vector<std::string> told = {};  // all of these are in the text; the core has words of its own
  CoreException core = {};
};

void Expect(const Want& want, const CallLog& log, bool is_core);

// A call whose answer is `bytes`, for stream 1, on a connection of its own.
struct Row {
  std::string name;
  std::string bytes;
  Want want;
};

enum class Then { kStay, kClose, kAbort };

void CheckRow(const Row& row, Then then, std::unique_ptr<Transport> (*make)(TransportOptions), bool is_core,
              CallStart start = SomeCall());

template <typename T>
void CheckRows(const std::vector<Row>& rows, Then then = Then::kStay, const CallStart& start = SomeCall()) {
  for (const Row& row : rows) CheckRow(row, then, &T::Make, T::kIsCore, start);
}

}  // namespace rpcctl::frames

TYPE_TO_STRING_AS("core", rpcctl::frames::Core);
TYPE_TO_STRING_AS("h2", rpcctl::frames::H2);
