// The one interface through which calls reach a server: bytes out, events in.
//
// A transport has one loop, turned by its user: nothing happens, and no event comes, but inside Dispatch, on
// the thread that calls it. Descriptors (standard input, a signal's pipe) and time limits are waited for by
// the same call, so a bidirectional call needs no thread of its own. Not calling Dispatch is how a slow
// consumer holds the server back.
//
// An implementation knows messages as bytes only. Two stand behind it, transport/h2 and transport/grpc; what
// is declared here is the same for both.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/duration.h"
#include "base/result.h"
#include "transport/compression.h"
#include "transport/connection_phases.h"
#include "transport/metadata.h"
#include "transport/name_look_up.h"
#include "transport/proxy.h"
#include "transport/rpc_status.h"
#include "transport/target.h"
#include "transport/tls_context.h"

namespace rpcctl {

constexpr uint64_t kDefaultMaxMessageSize = 4 << 20;  // gRPC's own default receive limit

constexpr Duration kDefaultKeepalive = std::chrono::seconds(20);

// What a connection needs to know before it is made.
struct TransportOptions {
  Target target;
  std::optional<Proxy> proxy;  // what the target is reached through; nullopt: directly
  // Asked for the addresses of a target or a proxy that NeedsLookUp. Null: there are none.
  NameLookUp look_up = nullptr;
  Duration connect_timeout = std::chrono::seconds(10);
  std::shared_ptr<const TlsContext> tls;  // null: plaintext
  // What calls say in ":authority"; empty: the target's own name.
  std::string authority;
  std::string user_agent;
  // An open stream on which nothing came for this long is checked by a PING, which has half of it, and at
  // most 10 s, to be answered. Duration::max(): never.
  Duration keepalive = kDefaultKeepalive;
  // The largest CallStart::max_message_size that any call will ask for: nothing larger is ever held.
  uint64_t receive_limit = kDefaultMaxMessageSize;
  // When this descriptor becomes readable, reaching for the server ends at once with a kConnect error; -1 for
  // none.
  int interrupt_descriptor = -1;
  // Told what each connection took, once it stands, before anything of a call is sent: inside Open or
  // Dispatch. May be empty.
  std::function<void(const ConnectionPhases& phases)> on_connected;
};

// What opens a call.
struct CallStart {
  std::string path;  // "/package.Service/Method"
  Metadata metadata;
  TimePoint deadline = TimePoint::max();               // sent to the server, and kept by the client too
  uint64_t max_message_size = kDefaultMaxMessageSize;  // of one received message, after inflating
  // Of requests; one that would not get smaller is sent as it is.
  Compression compression = Compression::kNone;
};

// How a call ended.
struct CallEnd {
  // Set when nothing of the call reached the server (kConnect, kTls): status and trailers then mean nothing.
  std::optional<Error> not_reached;
  RpcStatus status;
  Metadata trailers;
};

// Is told, inside Dispatch, what happens to a call. Implemented by the caller, who keeps it alive as long as
// the Call.
class CallEvents {
 public:
  virtual ~CallEvents() = default;
  // The response headers; at most once, before the first message. A call may end without them.
  virtual void OnHeaders(Metadata headers) = 0;
  // One response message, inflated; borrowed for the duration of the call.
  virtual void OnMessage(std::string_view message) = 0;
  // One more message may be written now: once after the call opened, then once after each Write.
  virtual void OnWritable() = 0;
  // The last event. After it the Call does nothing any more.
  virtual void OnEnd(CallEnd end) = 0;
};

// What is known of the time after a message.
enum class Next {
  kUnknown,
  kMessage,  // another message is at hand
};

// One call under way. Destroying it cancels it; no event comes after that.
class Call {
 public:
  virtual ~Call() = default;
  // Sends one message. Only after OnWritable, once for each. One after which there is another may be held
  // back to leave together with it; after any other, OnWritable says that all have been handed over.
  virtual void Write(std::string_view message, Next next = Next::kUnknown) = 0;
  // Tells the server that no more messages follow. At most once; no Write after it, but it need not wait for
  // OnWritable.
  virtual void HalfClose() = 0;
  // Gives the call up; OnEnd follows with CANCELLED, or with what came first.
  virtual void Cancel() = 0;
};

// A connection, made when the first call needs it and again when it was lost before a later one. Calls may be
// open side by side. Destroying it cancels what is open.
class Transport {
 public:
  virtual ~Transport() = default;
  // Begins a call. Failures come as OnEnd. `events` is borrowed until the Call is destroyed.
  virtual std::unique_ptr<Call> Open(CallStart start, CallEvents& events) = 0;
  // Calls `ready` inside Dispatch each time `descriptor` can be read (or is at its end), until Unwatch.
  virtual void Watch(int descriptor, std::function<void()> ready) = 0;
  virtual void Unwatch(int descriptor) = 0;
  // Delivers one event, waiting for it no longer than `until` (TimePoint::min(): not at all). False when none
  // came: with TimePoint::min() that says no further message is waiting.
  virtual bool Dispatch(TimePoint until) = 0;
};

}  // namespace rpcctl
