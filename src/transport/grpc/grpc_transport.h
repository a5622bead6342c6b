// The transport on gRPC's official C++ core.
#pragma once

#include <cstdint>
#include <memory>

#include "transport/transport.h"

namespace rpcctl {

// A transport that speaks HTTP/2 through grpc++'s generic stub over a socket it dialled itself: so the core
// resolves no names, obeys no proxy variables, never reconnects in the middle and hides no cause. TLS is our
// own too; the core speaks plaintext to a TlsRelay. Nothing of gRPC is touched before there is a connection
// or a descriptor to watch.
std::unique_ptr<Transport> MakeGrpcTransport(TransportOptions options);

// The version of the gRPC library that is linked in: "1.51.1".
std::string GrpcVersion();

}  // namespace rpcctl
