// The exit codes of the program. They never change: scripts depend on them.
#pragma once

#include "base/result.h"
#include "transport/rpc_status.h"

namespace rpcctl {

constexpr int kExitSuccess = 0;
constexpr int kExitInternal = 1;
constexpr int kExitUsage = 2;
constexpr int kExitInput = 3;
constexpr int kExitSchema = 4;
constexpr int kExitConnect = 5;
constexpr int kExitTls = 6;
constexpr int kExitOutput = 7;
constexpr int kExitExpectation = 8;
// A call that ended with gRPC status n exits with this plus n: grpcurl's numbers, so that scripts carry over.
constexpr int kExitStatusBase = 64;

int ExitCodeOf(const Error& error);
// 0 for OK; a code that gRPC does not know counts as UNKNOWN.
int ExitCodeOfStatus(int status_code);

}  // namespace rpcctl
