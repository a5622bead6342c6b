#include "message/wire_reader.h"

#include <doctest/doctest.h>

#include "tests/support/item_types.h"

namespace rpcctl {
namespace {

// The bytes as they come out, or the error.
std::string ReadWire(const std::string& type, const std::string& bytes, ReadOptions options = {}) {
  std::string wire = "before ";
  const Result<void> read = WireReader(Types().Type(type), options).Read(bytes, wire, {});
  if (!read) CHECK(wire == "before ");
  return read ? wire : read.error().message;
}

TEST_CASE("wire reader: a message stays as it is, unknown fields included") {
  for (const std::string& bytes : {std::string(), std::string("\x08\x01"), std::string("\x98\x06\x05"),
                                   std::string("\x08\x01\x08\x02")}) {
    CHECK(ReadWire("items.Point", bytes) == "before " + bytes);
  }
}

TEST_CASE("wire reader: bytes that are no such message name the place") {
  CHECK(ReadWire("items.Point", "\x08") ==
        "the bytes are no message: a value cut short at byte 1 in items.Point.latitude");
  CHECK(ReadWire("items.Scalars", "\x72\x01\xff") ==
        "the bytes are no message: invalid UTF-8 in items.Scalars.name");
}

TEST_CASE("wire reader: required fields, unless more is to be laid over them") {
  CHECK(ReadWire("items2.Strict", "").find("name") != std::string::npos);
  CHECK(ReadWire("items2.Strict", "", {.allow_missing = true}) == "before ");
}

}  // namespace
}  // namespace rpcctl
