#include "transport/deflate.h"

#include <zlib.h>

#include <limits>

namespace rpcctl {
namespace {

constexpr int kGzipWindow = 15 + 16;  // zlib.h: 16 more asks for the gzip format
constexpr int kMemoryLevel = 8;       // zlib's own default

}  // namespace

bool DeflateGzip(std::string_view message, std::string& out) {
  if (message.size() > std::numeric_limits<uInt>::max()) return false;
  z_stream stream{};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                   Z_DEFAULT_STRATEGY) != Z_OK)
    return false;
  const uLong bound = deflateBound(&stream, static_cast<uLong>(message.size()));
  const bool fits = bound <= std::numeric_limits<uInt>::max();
  if (fits) {
    out.resize(bound);
    // zlib takes its input through a pointer that is not const, and does not write to it.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(message.data()));
    stream.avail_in = static_cast<uInt>(message.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(bound);
  }
  const bool done = fits && deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(done ? stream.total_out : 0);
  deflateEnd(&stream);
  return done;
}

}  // namespace rpcctl
