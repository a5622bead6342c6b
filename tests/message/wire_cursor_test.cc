#include "message/wire_cursor.h"

#include <doctest/doctest.h>

#include <string>

namespace rpcctl {
namespace {

using namespace std::string_view_literals;

TEST_CASE("wire cursor: a tag has a number and a type") {
  WireCursor cursor("\x0a\x98\x06"sv);
  const std::optional<WireTag> first = cursor.ReadTag();
  const std::optional<WireTag> second = cursor.ReadTag();
  REQUIRE(first);
  CHECK(first->number == 1);
  CHECK(first->type == WireType::kBytes);
  REQUIRE(second);
  CHECK(second->number == 99);
  CHECK(second->type == WireType::kVarint);
  CHECK(cursor.AtEnd());
}

TEST_CASE("wire cursor: no field has number 0, a type beyond 5, or a tag of more than 32 bits") {
  for (const std::string_view wire :
       {"\x00"sv, "\x02"sv, "\x0e"sv, "\x0f"sv, "\x80\x80\x80\x80\x10"sv, "\x80"sv, ""sv}) {
    WireCursor cursor(wire);
    CHECK_FALSE(cursor.ReadTag());
    CHECK(cursor.position() == 0);
  }
}

TEST_CASE("wire cursor: a tag and a length have at most five bytes, as protobuf reads them") {
  CHECK(WireCursor("\x8a\x80\x80\x80\x00"sv).ReadTag()->number == 1);
  CHECK_FALSE(WireCursor("\x8a\x80\x80\x80\x80\x00"sv).ReadTag());
  CHECK(WireCursor("\x81\x80\x80\x80\x00x"sv).ReadBytes() == "x");
  WireCursor cursor("\x81\x80\x80\x80\x80\x00x"sv);
  CHECK_FALSE(cursor.ReadBytes());
  CHECK(cursor.position() == 0);
}

TEST_CASE("wire cursor: a varint has at most ten bytes") {
  CHECK(WireCursor("\x96\x01"sv).ReadVarint() == 150);
  CHECK(WireCursor("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"sv).ReadVarint() == 0xFFFFFFFFFFFFFFFF);
  CHECK_FALSE(WireCursor("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"sv).ReadVarint());
  CHECK_FALSE(WireCursor("\xff"sv).ReadVarint());
}

TEST_CASE("wire cursor: bytes may not reach beyond the end") {
  CHECK(WireCursor("\x03"
                   "abcd"sv)
            .ReadBytes() == "abc");
  CHECK(WireCursor("\x00"sv).ReadBytes() == "");
  CHECK_FALSE(WireCursor("\x03"
                         "ab"sv)
                  .ReadBytes());
  CHECK_FALSE(WireCursor("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"
                         "ab"sv)
                  .ReadBytes());
}

TEST_CASE("wire cursor: fixed-width values may not reach beyond the end") {
  WireCursor cursor("12345678"sv);
  CHECK(cursor.SkipFixed(4));
  CHECK_FALSE(cursor.SkipFixed(8));
  CHECK(cursor.position() == 4);
}

TEST_CASE("wire cursor: positions inside a part count from the outermost beginning") {
  WireCursor cursor("\x02\x08\x01"sv);
  WireCursor inside = cursor.Inside(*cursor.ReadBytes());
  CHECK(inside.position() == 1);
  CHECK(inside.ReadTag());
  CHECK(inside.position() == 2);
  CHECK_FALSE(inside.AtEnd());
}

}  // namespace
}  // namespace rpcctl
