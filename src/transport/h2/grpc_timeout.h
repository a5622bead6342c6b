// The "grpc-timeout" header: how long a server has for a call.
#pragma once

#include <string>

#include "base/duration.h"

namespace rpcctl {

// "250m" for 250 ms: at most eight digits and the finest unit that they allow, rounded up so that the server
// is never the first to give up. A duration of zero or less is "1n", since the number must be positive.
// Source: grpc's doc/PROTOCOL-HTTP2.md, "Timeout".
std::string FormatGrpcTimeout(Duration left);

}  // namespace rpcctl
