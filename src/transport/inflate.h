// Inflates compressed messages within a bound.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "transport/compression.h"
#include "transport/rpc_status.h"

namespace rpcctl {

// Replaces `out` with the inflated `message`, of at most `limit` bytes; no more than that is ever held. The
// status is OK, RESOURCE_EXHAUSTED when the limit is passed, or INTERNAL when the data is corrupt (grpc's
// doc/compression.md).
RpcStatus Inflate(Compression compression, std::string_view message, uint64_t limit, std::string& out);

}  // namespace rpcctl
