// The ways in which a message may be compressed on the wire.
#pragma once

namespace rpcctl {

enum class Compression { kNone, kGzip, kDeflate };

}  // namespace rpcctl
