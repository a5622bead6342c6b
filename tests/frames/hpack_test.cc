// The decoder that the scripted peer reads requests with: the examples of RFC 7541, appendix C.
#include "tests/support/hpack.h"

#include <doctest/doctest.h>

namespace rpcctl::testing {
namespace {

std::string Bytes(std::string_view hex) {
  std::string bytes;
  for (size_t at = 0; at + 1 < hex.size(); at += 2)
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(at, 2)), nullptr, 16));
  return bytes;
}

TEST_CASE("hpack: three requests without Huffman's code (C.3)") {
  HpackDecoder decoder;
  const Fields first = {
      {":method", "GET"}, {":scheme", "http"}, {":path", "/"}, {":authority", "www.example.com"}};
  CHECK(decoder.Decode(Bytes("828684410f7777772e6578616d706c652e636f6d")) == first);
  CHECK(decoder.Decode(Bytes("828684be58086e6f2d6361636865")).back() ==
        std::pair<std::string, std::string>("cache-control", "no-cache"));
  CHECK(decoder.Decode(Bytes("828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565")).back() ==
        std::pair<std::string, std::string>("custom-key", "custom-value"));
}

TEST_CASE("hpack: three requests in Huffman's code (C.4)") {
  HpackDecoder decoder;
  const Fields first = {
      {":method", "GET"}, {":scheme", "http"}, {":path", "/"}, {":authority", "www.example.com"}};
  CHECK(decoder.Decode(Bytes("828684418cf1e3c2e5f23a6ba0ab90f4ff")) == first);
  CHECK(decoder.Decode(Bytes("828684be5886a8eb10649cbf")).back() ==
        std::pair<std::string, std::string>("cache-control", "no-cache"));
  CHECK(decoder.Decode(Bytes("828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf")).back() ==
        std::pair<std::string, std::string>("custom-key", "custom-value"));
}

TEST_CASE("hpack: a table that shrinks forgets its oldest fields (C.5)") {
  HpackDecoder decoder;
  decoder.Decode(Bytes("3fe101"));  // a table of 256 bytes
  CHECK(decoder.table_size() == 256);
  decoder.Decode(
      Bytes("4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d54"
            "6e1768747470733a2f2f7777772e6578616d706c652e636f6d"));
  const Fields second = {{":status", "307"},
                         {"cache-control", "private"},
                         {"date", "Mon, 21 Oct 2013 20:13:21 GMT"},
                         {"location", "https://www.example.com"}};
  CHECK(decoder.Decode(Bytes("4803333037c1c0bf")) == second);
}

TEST_CASE("hpack: what is no block is read without harm") {
  for (const std::string hex : {"ff", "ffffffffffffffffffffff", "407f", "00", "c0", "bf"}) {
    HpackDecoder decoder;
    decoder.Decode(Bytes(hex));
    CHECK(decoder.Decode(Bytes("82")) == Fields{{":method", "GET"}});
  }
}

}  // namespace
}  // namespace rpcctl::testing
