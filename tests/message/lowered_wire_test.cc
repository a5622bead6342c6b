#include "message/lowered_wire.h"

#include "tests/support/edition_types.h"
#include "tests/support/wire_bytes.h"

namespace rpcctl {
namespace {

const google::protobuf::Descriptor& Mixed() {
  return EditionTypes::Get().Type("mixed.Mixed");
}

TEST_CASE("lowered_wire: a delimited message gets a length on its way in, and loses it on its way out") {
  const std::string delimited = "\x53\x08\x01\x54";
  const std::string with_length = "\x52\x02\x08\x01";
  CHECK(Hex(ToLowered(Mixed(), delimited)) == Hex(with_length));
  CHECK(Hex(FromLowered(Mixed(), with_length)) == Hex(delimited));
}

TEST_CASE("lowered_wire: a group by its name stays a group, with what is inside rewritten") {
  const std::string wire = "\x63\x08\x01\x64";
  CHECK(Hex(ToLowered(Mixed(), wire)) == Hex(wire));
  const std::string inside = "\x53\x12\x04\x53\x08\x01\x54\x54";  // part { up { part { n: 1 } } }
  CHECK(Hex(ToLowered(Mixed(), inside)) == "5206120452020801");
  CHECK(Hex(FromLowered(Mixed(), ToLowered(Mixed(), inside))) == Hex(inside));
}

TEST_CASE("lowered_wire: the tag that ends a message may be longer than it need be") {
  const std::string long_end("\x53\x08\x01\xd4\x80\x00", 6);
  CHECK(Hex(ToLowered(Mixed(), long_end)) == "52020801");
  const std::string inside("\x53\x12\x06\x53\x08\x01\xd4\x80\x00\xd4\x00", 11);
  CHECK(Hex(ToLowered(Mixed(), inside)) == "5206120452020801");
}

TEST_CASE("lowered_wire: what has the wrong framing does not become a known field") {
  CHECK(ToLowered(Mixed(), "\x52\x02\x08\x01").empty());
}

TEST_CASE("lowered_wire: on its way out a zero is dropped where it has no presence") {
  CHECK(Hex(FromLowered(Mixed(), std::string("\x08\x00\x10\x00\x1a\x00\x10\x05", 8))) == "08001005");
}

TEST_CASE("lowered_wire: on its way out text of NUL bytes stays, which is not nothing") {
  const std::string text("\x1a\x01\x00\x1a\x03\x00\x00\x00", 8);
  CHECK(Hex(FromLowered(Mixed(), text)) == Hex(text));
}

TEST_CASE("lowered_wire: unknown fields stay where they are") {
  const std::string unknown = WireLengthDelimited(90, "x") + WireNestedGroups(91, 3) + "\xe8\x05\x07";
  CHECK(Hex(ToLowered(Mixed(), unknown)) == Hex(unknown));
  CHECK(Hex(FromLowered(Mixed(), unknown)) == Hex(unknown));
}

TEST_CASE("lowered_wire: bytes that are no message are returned as they are") {
  const std::string whole = "\x53\x08\x01\x54" + WireLengthDelimited(17, "\x08\x01");
  for (const size_t size : {1, 2, 3, 5, 6, 7, 8}) {
    const std::string cut = whole.substr(0, size);
    CAPTURE(size);
    CHECK(Hex(ToLowered(Mixed(), cut)) == Hex(cut));
    CHECK(Hex(FromLowered(Mixed(), cut)) == Hex(cut));
  }
}

TEST_CASE("lowered_wire: only what meets such types is rewritten") {
  CHECK(MeetsLowered(Mixed(), ""));
  CHECK_FALSE(MeetsLowered(EditionTypes::Get().Type("Plain"), "\x08\x01\x32\x02\x08\x01"));
}

}  // namespace
}  // namespace rpcctl
