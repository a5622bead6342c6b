// What HTTP says of a call's end, as gRPC has it.
#pragma once

#include <cstdint>
#include <string>

namespace rpcctl {

// The gRPC status of a response that has none of its own, by its HTTP status. Source: grpc's
// doc/http-grpc-status-mapping.md.
int StatusOfHttp(int http_status);

// The gRPC status of a stream that was reset with an error code of HTTP/2. Source: grpc's
// doc/PROTOCOL-HTTP2.md, "Errors"; as the official core has it where that names none.
int StatusOfReset(uint32_t error_code);

// "ENHANCE_YOUR_CALM"; "error code 77" for a number that RFC 9113 does not name.
std::string ErrorCodeName(uint32_t error_code);

}  // namespace rpcctl
