// Compresses messages.
#pragma once

#include <string>
#include <string_view>

namespace rpcctl {

// Replaces `out` with `message` in the gzip format (RFC 1952). False when zlib cannot, for want of memory or
// because the message has 4 GiB or more.
bool DeflateGzip(std::string_view message, std::string& out);

}  // namespace rpcctl
