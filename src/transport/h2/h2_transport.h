// The transport over nghttp2: gRPC on one poll loop.
#pragma once

#include <memory>
#include <string>

#include "transport/transport.h"

namespace rpcctl {

// Speaks gRPC by nghttp2: HTTP/2 on one poll loop, no threads. Nothing is dialled before the first call.
std::unique_ptr<Transport> MakeH2Transport(TransportOptions options);

// "1.52.0": of the nghttp2 that is linked.
std::string Nghttp2Version();

}  // namespace rpcctl
