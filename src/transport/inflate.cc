#include "transport/inflate.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>

#include "base/size.h"

namespace rpcctl {
namespace {

constexpr size_t kStep = 64 * 1024;
constexpr int kGzipWindow = 15 + 16;  // zlib.h: 16 more asks for the gzip format
constexpr int kDeflateWindow = 15;    // the zlib format, which is what HTTP calls deflate

RpcStatus Corrupt(std::string_view why) {
  return {kInternalStatus, fmt::format("compressed response does not inflate: {}", why), ""};
}

RpcStatus TooLarge(uint64_t limit) {
  return {kResourceExhausted, fmt::format("response is larger than {} when inflated", FormatSize(limit)), ""};
}

RpcStatus Run(z_stream& stream, uint64_t limit, std::string& out) {
  for (;;) {
    const size_t held = out.size();
    // One byte beyond the limit may be asked for, to see that there is one.
    const size_t step = static_cast<size_t>(std::min<uint64_t>(kStep, limit + 1 - held));
    out.resize(held + step);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + held);
    stream.avail_out = static_cast<uInt>(step);
    const int code = inflate(&stream, Z_NO_FLUSH);
    out.resize(held + step - stream.avail_out);
    if (out.size() > limit) return TooLarge(limit);
    if (code == Z_STREAM_END) return stream.avail_in == 0 ? RpcStatus{} : Corrupt("bytes follow its end");
    if (code != Z_OK) return Corrupt(code == Z_BUF_ERROR ? "it ends too soon" : "invalid data");
  }
}

}  // namespace

RpcStatus Inflate(Compression compression, std::string_view message, uint64_t limit, std::string& out) {
  out.clear();
  z_stream stream{};
  if (inflateInit2(&stream, compression == Compression::kGzip ? kGzipWindow : kDeflateWindow) != Z_OK) {
    return Corrupt("zlib does not start");
  }
  // zlib takes its input through a pointer that is not const, and does not write to it.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(message.data()));
  stream.avail_in = static_cast<uInt>(message.size());
  RpcStatus status = Run(stream, limit, out);
  inflateEnd(&stream);
  return status;
}

}  // namespace rpcctl
