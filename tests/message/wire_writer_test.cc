#include "message/wire_writer.h"

#include <doctest/doctest.h>

#include <string>

namespace rpcctl {
namespace {

std::string Wire(const WireWriter& writer) {
  std::string wire;
  writer.AppendTo(wire);
  return wire;
}

// `depth` messages in one another as field 1, with `size` bytes of text as field 2 of the innermost.
std::string NestedByHand(size_t depth, size_t size) {
  std::string wire;
  const auto field = [&](char tag, const std::string& bytes) {
    std::string out(1, tag);
    uint64_t length = bytes.size();
    for (; length >= 0x80; length >>= 7) out += static_cast<char>(length | 0x80);
    out += static_cast<char>(length);
    return out.append(bytes);
  };
  wire = field('\x12', std::string(size, 'x'));
  for (size_t i = 0; i < depth; ++i) wire = field('\x0a', wire);
  return wire;
}

TEST_CASE("wire_writer: nothing written is nothing") {
  WireWriter writer;
  CHECK(Wire(writer).empty());
}

TEST_CASE("wire_writer: varints are as long as they need") {
  WireWriter writer;
  writer.Varint(0);
  writer.Varint(127);
  writer.Varint(128);
  writer.Varint(300);
  writer.Varint(UINT64_MAX);
  CHECK(Wire(writer) == std::string("\x00\x7f\x80\x01\xac\x02\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 16));
}

TEST_CASE("wire_writer: the size of a varint is known beforehand") {
  CHECK(VarintSize(0) == 1);
  CHECK(VarintSize(127) == 1);
  CHECK(VarintSize(128) == 2);
  CHECK(VarintSize(16383) == 2);
  CHECK(VarintSize(16384) == 3);
  CHECK(VarintSize(UINT64_MAX) == 10);
}

TEST_CASE("wire_writer: fixed numbers are little-endian") {
  WireWriter writer;
  writer.Fixed32(0x01020304);
  writer.Fixed64(0x0102030405060708);
  CHECK(Wire(writer) == "\x04\x03\x02\x01\x08\x07\x06\x05\x04\x03\x02\x01");
}

TEST_CASE("wire_writer: zigzag keeps small numbers small, whatever their sign") {
  CHECK(ZigZag(0) == 0);
  CHECK(ZigZag(-1) == 1);
  CHECK(ZigZag(1) == 2);
  CHECK(ZigZag(INT64_MAX) == UINT64_MAX - 1);
  CHECK(ZigZag(INT64_MIN) == UINT64_MAX);
}

TEST_CASE("wire_writer: tags hold the number and the wire type") {
  WireWriter writer;
  writer.Tag(MakeTag(1, WireType::kVarint));
  writer.Tag(MakeTag(16, WireType::kBytes));
  writer.Tag(MakeTag(536870911, WireType::kFixed32));
  CHECK(Wire(writer) == "\x08\x82\x01\xfd\xff\xff\xff\x0f");
}

TEST_CASE("wire_writer: a length is that of what stands behind it") {
  WireWriter writer;
  writer.Tag(MakeTag(1, WireType::kBytes));
  writer.Open();
  writer.Tag(MakeTag(2, WireType::kBytes));
  writer.Bytes("abc");
  writer.Close();
  writer.Varint(5);
  CHECK(Wire(writer) ==
        "\x0a\x05\x12\x03"
        "abc\x05");
}

TEST_CASE("wire_writer: an empty message has the length zero") {
  WireWriter writer;
  writer.Open();
  writer.Open();
  writer.Close();
  writer.Close();
  CHECK(Wire(writer) == std::string("\x01\x00", 2));
}

TEST_CASE("wire_writer: lengths of every size are right at every depth") {
  WireWriter writer;
  for (const size_t size :
       {0u, 1u, 120u, 123u, 124u, 125u, 126u, 127u, 128u, 16380u, 16383u, 16384u, 3000000u}) {
    for (const size_t depth : {0u, 1u, 2u, 5u, 100u}) {
      CAPTURE(size);
      CAPTURE(depth);
      writer.Clear();
      for (size_t i = 0; i < depth; ++i) {
        writer.Tag(MakeTag(1, WireType::kBytes));
        writer.Open();
      }
      writer.Tag(MakeTag(2, WireType::kBytes));
      writer.Bytes(std::string(size, 'x'));
      for (size_t i = 0; i < depth; ++i) writer.Close();
      CHECK(Wire(writer) == NestedByHand(depth, size));
    }
  }
}

TEST_CASE("wire_writer: long and short neighbours keep their lengths apart") {
  WireWriter writer;
  const std::string text(200, 'x');
  writer.Open();
  for (const std::string& content : {std::string("a"), text, std::string("b"), text, std::string()}) {
    writer.Open();
    writer.Bytes(content);
    writer.Close();
  }
  writer.Close();
  const std::string entry = "\xca\x01\xc8\x01" + text;
  CHECK(Wire(writer) ==
        "\xa0\x03\x02\x01"
        "a" +
            entry +
            "\x02\x01"
            "b" +
            entry + std::string("\x01\x00", 2));
}

TEST_CASE("wire_writer: going back forgets what was written and opened") {
  WireWriter writer;
  writer.Open();
  writer.Bytes(std::string(200, 'x'));
  const WireWriter::Mark mark = writer.Here();
  writer.Open();
  writer.Open();
  writer.Bytes(std::string(300, 'y'));
  writer.Close();
  writer.Rewind(mark);
  writer.Varint(7);
  writer.Close();
  CHECK(Wire(writer) == "\xcb\x01\xc8\x01" + std::string(200, 'x') + "\x07");
}

TEST_CASE("wire_writer: bytes are appended to what is there") {
  WireWriter writer;
  writer.Varint(1);
  std::string wire = "before";
  writer.AppendTo(wire);
  writer.AppendTo(wire);
  CHECK(wire == "before\x01\x01");
}

}  // namespace
}  // namespace rpcctl
