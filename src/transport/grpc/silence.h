// Keeps the log of the core off standard error, and what only its developers want off its way.
#pragma once

namespace rpcctl {

// The core must never write to standard error by itself: its log shows bytes that a server chose, and
// GRPC_VERBOSITY or GRPC_TRACE in somebody's environment must not change what scripts see. The same goes for
// abseil's search for deadlocks, which Debian builds in. Call it before anything else of gRPC.
void SilenceGrpc();

}  // namespace rpcctl
