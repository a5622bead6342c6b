#include "transport/grpc/byte_buffer.h"

#include <grpc/byte_buffer.h>
#include <grpc/byte_buffer_reader.h>
#include <grpcpp/support/proto_buffer_reader.h>
#include <grpcpp/support/slice.h>

namespace rpcctl {
namespace {

// The core marks a compressed message in a field that only the reader underneath this class shows.
class Reader final : public grpc::ProtoBufferReader {
 public:
  using ProtoBufferReader::ProtoBufferReader;

  Compression compression() {
    switch (reader()->buffer_in->data.raw.compression) {
      case GRPC_COMPRESS_GZIP:
        return Compression::kGzip;
      case GRPC_COMPRESS_DEFLATE:
        return Compression::kDeflate;
      default:
        return Compression::kNone;
    }
  }
};

}  // namespace

grpc::ByteBuffer ToByteBuffer(std::string_view bytes) {
  const grpc::Slice slice(bytes.data(), bytes.size());
  return grpc::ByteBuffer(&slice, 1);
}

ReceivedBytes BytesOf(grpc::ByteBuffer& buffer, std::string& storage) {
  const size_t length = buffer.Length();
  Reader reader(&buffer);
  if (!reader.status().ok()) return {};
  ReceivedBytes received{{}, reader.compression()};
  const void* piece = nullptr;
  int size = 0;
  storage.clear();
  while (reader.Next(&piece, &size)) {
    const std::string_view bytes(static_cast<const char*>(piece), static_cast<size_t>(size));
    // A slice in one piece stays where it is: the buffer outlives the reader.
    if (bytes.size() == length) {
      received.bytes = bytes;
      return received;
    }
    storage += bytes;
  }
  received.bytes = storage;
  return received;
}

}  // namespace rpcctl
