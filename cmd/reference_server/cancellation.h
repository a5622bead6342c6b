// Waiting inside a call.
#pragma once

#include <chrono>

namespace grpc {
class ServerContextBase;
}

namespace rpcctl::reference {

// Blocks for `span`, but ends within a few milliseconds when the call is cancelled. Returns whether it was.
bool CancelledWithin(const grpc::ServerContextBase& context, std::chrono::steady_clock::duration span);

}  // namespace rpcctl::reference
