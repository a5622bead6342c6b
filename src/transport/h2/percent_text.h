// The encoding of "grpc-message".
#pragma once

#include <string>
#include <string_view>

namespace rpcctl {

// `text` with each "%XX" replaced by its byte. What is no such escape stays as it is: a message that is badly
// encoded is still shown. Source: grpc's doc/PROTOCOL-HTTP2.md, "Status-Message".
std::string DecodePercent(std::string_view text);

}  // namespace rpcctl
