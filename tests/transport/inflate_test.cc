#include "transport/inflate.h"

#include <doctest/doctest.h>
#include <zlib.h>

#include <string>

namespace rpcctl {
namespace {

std::string Deflated(const std::string& text, int window) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string Gzipped(const std::string& text) {
  return Deflated(text, 15 + 16);
}

TEST_CASE("inflate: gzip and deflate come back as they were") {
  const std::string text(200'000, 'x');
  std::string out = "left over";
  CHECK(Inflate(Compression::kGzip, Gzipped(text), 1 << 20, out).ok());
  CHECK(out == text);
  CHECK(Inflate(Compression::kDeflate, Deflated("hello", 15), 100, out).ok());
  CHECK(out == "hello");
  CHECK(Inflate(Compression::kGzip, Gzipped(""), 100, out).ok());
  CHECK(out.empty());
}

TEST_CASE("inflate: exactly the limit is allowed, one byte more is not") {
  std::string out;
  CHECK(Inflate(Compression::kGzip, Gzipped(std::string(1000, 'x')), 1000, out).ok());
  const RpcStatus status = Inflate(Compression::kGzip, Gzipped(std::string(1001, 'x')), 1000, out);
  CHECK(status.code == kResourceExhausted);
  CHECK(status.message == "response is larger than 1000 bytes when inflated");
}

TEST_CASE("inflate: a bomb is never held") {
  std::string out;
  const RpcStatus status = Inflate(Compression::kGzip, Gzipped(std::string(50 << 20, '\0')), 1 << 20, out);
  CHECK(status.code == kResourceExhausted);
  CHECK(out.capacity() < (4u << 20));
}

TEST_CASE("inflate: data that is corrupt, cut or followed by something is INTERNAL") {
  std::string out;
  std::string message = Gzipped("hello, hello, hello");
  CHECK(Inflate(Compression::kGzip, message.substr(0, message.size() - 3), 100, out).code == kInternalStatus);
  CHECK(Inflate(Compression::kGzip, message + "x", 100, out).message ==
        "compressed response does not inflate: bytes follow its end");
  CHECK(Inflate(Compression::kGzip, "plain", 100, out).message ==
        "compressed response does not inflate: invalid data");
  CHECK(Inflate(Compression::kGzip, "", 100, out).message ==
        "compressed response does not inflate: it ends too soon");
}

}  // namespace
}  // namespace rpcctl
