// Between grpc::ByteBuffer and plain bytes.
#pragma once

#include <grpcpp/support/byte_buffer.h>

#include <string>
#include <string_view>

#include "transport/inflate.h"

namespace rpcctl {

// A buffer that holds a copy of `bytes`.
grpc::ByteBuffer ToByteBuffer(std::string_view bytes);

// What a received buffer holds. `bytes` points into the buffer where it lies in one piece, else into
// `storage`.
struct ReceivedBytes {
  std::string_view bytes;
  Compression compression = Compression::kNone;  // how `bytes` are compressed
};
ReceivedBytes BytesOf(grpc::ByteBuffer& buffer, std::string& storage);

}  // namespace rpcctl
