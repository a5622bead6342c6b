// Messages that are compressed, cut, too large or too many.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <zlib.h>

#include "tests/frames/frames.h"
#include "transport/inflate.h"

namespace rpcctl::frames {
namespace {

using namespace rpcctl::testing;

constexpr const char* kIgnoresFlags = "takes what it does not know how to inflate as it is";

const std::string kHead = AnswerHeaders(1);

// `text` in the format of gzip (window bits 31) or zlib, which gRPC calls deflate (15).
std::string Deflated(const std::string& text, int window_bits) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, text.size()), '\0');
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
  return Deflated(text, 31);
}

std::string InFrames(const std::string& data) {
  std::string frames;
  for (size_t at = 0; at < data.size(); at += kLargestFrame)
    frames += DataBytes(1, data.substr(at, kLargestFrame));
  return frames;
}

std::string Encoded(const std::string& encoding, const std::string& data, uint8_t flag = 1) {
  return AnswerHeaders(1, {{"grpc-encoding", encoding}}) + InFrames(WithPrefix(data, flag)) + Trailers(1);
}

TEST_CASE_TEMPLATE("frames: compressed messages", T, TRANSPORTS) {
  const std::string long_text(5000, 'a');
  CheckRows<T>({{"gzip", Encoded("gzip", Gzipped("small")), {kOk, "'small'"}},
                {"gzip of nothing", Encoded("gzip", Gzipped("")), {kOk, "''"}},
                {"gzip of much", Encoded("gzip", Gzipped(long_text)), {kOk, "'5000 bytes'"}},
                {"deflate", Encoded("deflate", Deflated("small", 15)), {kOk, "'small'"}},
                {"gzip said, plain sent", Encoded("gzip", "small", 0), {kOk, "'small'"}},
                {"identity said, plain sent", Encoded("identity", "small", 0), {kOk, "'small'"}},
                {"unknown said, plain sent", Encoded("snappy", "small", 0), {kOk, "'small'"}}});
}

// grpc's doc/compression.md.
TEST_CASE_TEMPLATE("frames: messages that cannot be inflated", T, TRANSPORTS) {
  std::string corrupt = Gzipped("small");
  corrupt.replace(corrupt.size() - 8, 4, "\1\2\3\4");
  const Want internal = {kInternalStatus};
  const Want plain = {kInternalStatus, "", {}, {kIgnoresFlags, kOk, "'25 bytes'"}};
  CheckRows<T>(
      {{"garbage", Encoded("gzip", "this is no gzip"), internal},
       {"another checksum", Encoded("gzip", corrupt), internal},
       {"cut", Encoded("gzip", Gzipped("small").substr(0, 12)), internal},
       {"nothing", Encoded("gzip", ""), internal},
       {"flag without an encoding", kHead + InFrames(WithPrefix(Gzipped("small"), 1)) + Trailers(1), plain},
       {"flag with identity", Encoded("identity", Gzipped("small")), plain}});
}

TEST_CASE_TEMPLATE("frames: an unknown compression is named", T, TRANSPORTS) {
  const CoreException core = {kIgnoresFlags, kOk, "'whatever'"};
  CheckRows<T>({{"snappy", Encoded("snappy", "whatever"), {kInternalStatus, "", {"snappy"}, core}}});
}

TEST_CASE_TEMPLATE("frames: flags of a message that mean nothing", T, TRANSPORTS) {
  for (const uint8_t flag : {uint8_t{2}, uint8_t{255}})
    CheckRows<T>({{"flag",
                   kHead + DataBytes(1, WithPrefix("one", flag)) + Trailers(1),
                   {kInternalStatus, "", {}, {kIgnoresFlags, kOk, "''"}}}});
}

TEST_CASE_TEMPLATE("frames: sizes around the limit", T, TRANSPORTS) {
  CallStart start = SomeCall();
  start.max_message_size = 1000;
  const Want too_large = {kResourceExhausted, "", {"1001 bytes", "1000 bytes"}};
  const auto sized = [](size_t size) { return std::string(size, 'x'); };
  CheckRows<T>(
      {{"below", kHead + InFrames(WithPrefix(sized(999))) + Trailers(1), {kOk, "'999 bytes'"}},
       {"at", kHead + InFrames(WithPrefix(sized(1000))) + Trailers(1), {kOk, "'1000 bytes'"}},
       {"above", kHead + InFrames(WithPrefix(sized(1001))) + Trailers(1), too_large},
       {"gzip below", Encoded("gzip", Gzipped(sized(999))), {kOk, "'999 bytes'"}},
       {"gzip at", Encoded("gzip", Gzipped(sized(1000))), {kOk, "'1000 bytes'"}},
       {"gzip above", Encoded("gzip", Gzipped(sized(1001))), {kResourceExhausted, "", {"1000 bytes"}}}},
      Then::kStay, start);
}

TEST_CASE_TEMPLATE("frames: what came before a message that is too large is kept", T, TRANSPORTS) {
  CallStart start = SomeCall();
  start.max_message_size = 10;
  const std::string bytes = kHead + MessageBytes(1, "one") + MessageBytes(1, "two") +
                            MessageBytes(1, std::string(11, 'x')) + Trailers(1);
  CheckRows<T>({{"third", bytes, {kResourceExhausted, "'one''two'"}}}, Then::kStay, start);
}

TEST_CASE_TEMPLATE("frames: a huge length is refused by its prefix alone", T, TRANSPORTS) {
  for (const uint32_t length :
       {uint32_t{(4 << 20) + 1}, 0x7FFFFFFFU, 0x80000000U, 0xFFFFFFF0U, 0xFFFFFFFFU}) {
    const std::string prefix = std::string(1, '\0') + NumberBytes(length);
    const CoreException core = {"waits for all of it before it looks at its size", kDeadlineExceeded};
    CheckRows<T>(
        {{std::to_string(length), kHead + DataBytes(1, prefix), {kResourceExhausted, "", {}, core}}});
  }
}

TEST_CASE_TEMPLATE("frames: a gzip bomb is refused at the limit", T, TRANSPORTS) {
  const std::string bomb = Encoded("gzip", Gzipped(std::string(64 << 20, '0')));
  CheckRows<T>({{"64 MiB", bomb, {kResourceExhausted, "", {"4 MiB"}}}});
}

TEST_CASE_TEMPLATE("frames: a message that is cut by the end of an answer that says OK", T, TRANSPORTS) {
  const std::string one = kHead + MessageBytes(1, "one"), three = WithPrefix("three");
  for (size_t cut = 1; cut < three.size(); ++cut) {
    const std::string part = DataBytes(1, three.substr(0, cut));
    const CoreException hides = {"hides it", kOk};
    const Want want = {kInternalStatus, "'one'", {"in the middle of a message"}, hides},
               first = {kInternalStatus, "", {"in the middle of a message"}, hides};
    CheckRows<T>({{fmt::format("second, {} bytes", cut), one + part + Trailers(1), want},
                  {fmt::format("first, {} bytes", cut), kHead + part + Trailers(1), first}});
  }
}

TEST_CASE_TEMPLATE("frames: a message that is cut by the end of an answer with a status of its own", T,
                   TRANSPORTS) {
  const std::string cut = kHead + MessageBytes(1, "one") + DataBytes(1, WithPrefix("three").substr(0, 7));
  CheckRows<T>(
      {{"status 5", cut + Trailers(1, "5", {{"grpc-message", "own"}}), {kNotFound, "'one'", {"own"}}},
       {"no status", cut + HeadersBytes(1, {{"x-a", "b"}}, kEndStream), {kUnknown, "'one'"}},
       {"no trailers", cut + DataBytes(1, "", kEndStream), {kUnknown, "'one'"}}});
}

TEST_CASE_TEMPLATE("frames: any number of messages is handed on, for the engine to judge", T, TRANSPORTS) {
  CheckRows<T>(
      {{"none", kHead + Trailers(1), {kOk}},
       {"two", kHead + MessageBytes(1, "one") + MessageBytes(1, "two") + Trailers(1), {kOk, "'one''two'"}},
       {"none and headers only", HeadersBytes(1, AnswerFields({{"grpc-status", "0"}}), kEndStream), {kOk}}});
}

TEST_CASE_TEMPLATE("frames: requests are compressed when that was asked for", T, TRANSPORTS) {
  std::string encoding, data;
  ScriptedPeer peer(Answering([&](PeerConnection& client, PeerStream& stream) {
    if (stream.number == 0) return;
    encoding = stream.Value("grpc-encoding").value_or("none");
    data = stream.data;
    client.Send(WholeAnswer(stream.number, {}));
  }));
  std::unique_ptr<Transport> transport = T::Make(To(peer));
  CallStart start = SomeCall();
  start.compression = Compression::kGzip;
  const std::string request(10000, 'r');
  CHECK(Ask(*transport, start, request).code() == kOk);
  transport.reset();
  peer.Join();
  CHECK(encoding == "gzip");
  REQUIRE(data.size() > 5);
  CHECK(data.size() < 1000);
  CHECK(data[0] == 1);
  CHECK(ReadNumber(std::string_view(data).substr(1)) == data.size() - 5);
  std::string inflated;
  CHECK(Inflate(Compression::kGzip, std::string_view(data).substr(5), 1 << 20, inflated).ok());
  CHECK(inflated == request);
}

TEST_CASE_TEMPLATE("frames: a request that would not get smaller is sent as it is", T, TRANSPORTS) {
  std::string data;
  ScriptedPeer peer(Answering([&](PeerConnection& client, PeerStream& stream) {
    if (stream.number == 0) return;
    data = stream.data;
    client.Send(WholeAnswer(stream.number, {}));
  }));
  std::unique_ptr<Transport> transport = T::Make(To(peer));
  CallStart start = SomeCall();
  start.compression = Compression::kGzip;
  CHECK(Ask(*transport, start, "hi").code() == kOk);
  transport.reset();
  peer.Join();
  CHECK(data == WithPrefix("hi"));
}

}  // namespace
}  // namespace rpcctl::frames
