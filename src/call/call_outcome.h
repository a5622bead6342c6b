// How a call went, told when it is over.
#pragma once

#include <cstdint>
#include <optional>

#include "base/duration.h"
#include "base/result.h"
#include "transport/connection_phases.h"
#include "transport/metadata.h"
#include "transport/rpc_status.h"

namespace rpcctl {

// What became of a call. A failed call is an outcome with a status; `error` is set when something else ended
// it (no connection, bad request data, output that cannot be written).
struct CallOutcome {
  std::optional<Error> error;
  RpcStatus status;
  Metadata headers;
  Metadata trailers;
  uint64_t sent = 0;
  uint64_t received = 0;
  uint64_t received_bytes = 0;  // of messages, inflated
  bool limit_reached = false;   // ended by PreparedCall::limit: a success
  // Of the connection that was made for it; nullopt where one stood already.
  std::optional<ConnectionPhases> connection;
  Duration opening{};  // until the call was handed to a connection, making the connection included
  std::optional<Duration> answered;  // until the response headers
  std::optional<Duration> first;     // until the first message
  Duration total{};

  bool ok() const { return !error && (limit_reached || status.ok()); }
};

}  // namespace rpcctl
