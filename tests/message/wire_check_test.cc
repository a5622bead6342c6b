#include "message/wire_check.h"

#include <doctest/doctest.h>

#include "tests/support/wire_bytes.h"
#include "tests/support/writer_types.h"

namespace rpcctl {
namespace {

// "" when `wire` passes, or the fault as "reason | path".
std::string Check(const std::string& type_name, std::string_view wire, int depth = kDeepestNesting) {
  const google::protobuf::Descriptor& type = WriterTypes::Get().Type(type_name);
  const MaybeFault fault = CheckWire(type, Completed({}, type).find_extension, wire, depth);
  return fault ? fault->reason + " | " + fault->path : "";
}

TEST_CASE("wire check: well-formed messages pass") {
  CHECK(Check("out.Scalars", "") == "");
  CHECK(Check("out.Scalars",
              WriterTypes::Get().Wire("out.Scalars", "s: 'é' d: 1 f: 1 i32: -1 by: '\\xff'")) == "");
  CHECK(Check("out.Lists",
              WriterTypes::Get().Wire("out.Lists", "i32: [1, 2] d: [1, 2] f: 1 f32: 1 s: 'x'")) == "");
  CHECK(Check("old.Order", WriterTypes::Get().Wire("old.Order", "Part { Inner { n: 1 } } Item { n: 2 }")) ==
        "");
}

TEST_CASE("wire check: a proto3 string must be UTF-8") {
  CHECK(Check("out.Scalars", WireLengthDelimited(14, "a\xff")) == "invalid UTF-8 | .s");
  CHECK(Check("out.Scalars", WireLengthDelimited(15, "a\xff")) == "");
  CHECK(Check("old.Order", WireLengthDelimited(2, "a\xff")) == "");
}

TEST_CASE("wire check: the path names elements by index and map values by key") {
  const std::string bad = WireLengthDelimited(1, "\xff");
  const std::string good = WireLengthDelimited(1, "ok");
  CHECK(Check("out.Lists", WireLengthDelimited(14, "a") + WireLengthDelimited(14, "\xff")) ==
        "invalid UTF-8 | .s[1]");
  CHECK(Check("out.Tree", WireLengthDelimited(3, good) + WireLengthDelimited(2, good) +
                              WireLengthDelimited(3, bad)) == "invalid UTF-8 | .children[1].name");
  const std::string entry = WireLengthDelimited(1, "env") + WireLengthDelimited(2, bad);
  CHECK(Check("out.Tree", WireLengthDelimited(4, entry)) == "invalid UTF-8 | .named[\"env\"].value.name");
  CHECK(Check("out.Tree", WireLengthDelimited(4, bad)) == "invalid UTF-8 | .named[\"\\xff\"].key");
}

TEST_CASE("wire check: an element is counted over groups and fields of other types") {
  const std::string wire = WireNestedGroups(99, 3) + WireTagBytes(50, 5) + "1234" + WireTagBytes(51, 1) +
                           "12345678" + WireTagBytes(52, 0) + "\x01" + WireLengthDelimited(14, "a") +
                           WireLengthDelimited(14, "\xff");
  CHECK(Check("out.Lists", wire) == "invalid UTF-8 | .s[1]");
}

TEST_CASE("wire check: a fault inside a known group has its path") {
  const std::string wire = WireTagBytes(6, 3) + WireTagBytes(2, 3) + WireTagBytes(1, 0);
  CHECK(Check("old.Order", wire) == "a value cut short at byte 3 | .part.inner.n");
}

TEST_CASE("wire check: a fault inside an extension names the extension") {
  CHECK(Check("old.Order", WireLengthDelimited(150, "\x08")) ==
        "a value cut short at byte 4 | .[old.Scope.parent].id");
}

TEST_CASE("wire check: what is cut short is a fault with its place") {
  CHECK(Check("out.Scalars", "\x08") == "a value cut short at byte 1 | .i32");
  CHECK(Check("out.Scalars", "\x72\x05xy") == "a value cut short at byte 1 | .s");
  CHECK(Check("out.Scalars", "\x3d\x01\x02") == "a value cut short at byte 1 | .f32");
  CHECK(Check("out.Scalars", "\x41\x01\x02") == "a value cut short at byte 1 | .f64");
  CHECK(Check("out.Scalars", "\x80") == "an invalid field tag at byte 0 | ");
  CHECK(Check("out.Choice", WireLengthDelimited(3, "\x08")) == "a value cut short at byte 3 | .part.i32");
}

TEST_CASE("wire check: packed values must be whole") {
  CHECK(Check("out.Lists", WireLengthDelimited(1, "\x01\x80")) == "a value cut short at byte 3 | .i32[0]");
  CHECK(Check("out.Lists", WireLengthDelimited(7, "12345")) == "a value cut short at byte 6 | .f32[0]");
  CHECK(Check("out.Lists", WireLengthDelimited(12, "1234")) == "a value cut short at byte 2 | .d[0]");
}

TEST_CASE("wire check: groups must end, and only those that began") {
  CHECK(Check("out.Scalars", WireTagBytes(99, 3)) == "a group without its end at byte 2 | ");
  CHECK(Check("out.Scalars", WireTagBytes(99, 4)) == "the end of a group that was not begun at byte 2 | ");
  CHECK(Check("out.Scalars", WireTagBytes(99, 3) + WireTagBytes(98, 4)) ==
        "the end of a group that was not begun at byte 4 | ");
}

TEST_CASE("wire check: field number 0 and the types 6 and 7 do not exist") {
  CHECK(Check("out.Scalars", std::string_view("\0\0", 2)) == "an invalid field tag at byte 0 | ");
  CHECK(Check("out.Scalars", "\x0e") == "an invalid field tag at byte 0 | ");
}

TEST_CASE("wire check: a hundred messages inside each other pass, one more is a fault") {
  CHECK(Check("out.Tree", WireNested(2, 99)) == "");
  CHECK(Check("out.Tree", WireNested(2, 100)) == "");
  CHECK(
      Check("out.Tree", WireNested(2, 101)).starts_with("nesting deeper than 100 messages | .child.child."));
  CHECK(
      Check("out.Tree", WireNested(2, 5000)).starts_with("nesting deeper than 100 messages | .child.child."));
}

TEST_CASE("wire check: groups count like messages, unknown ones too") {
  CHECK(Check("out.Tree", WireNestedGroups(99, 100)) == "");
  CHECK(Check("out.Tree", WireNestedGroups(99, 101)) == "nesting deeper than 100 messages | ");
  CHECK(Check("out.Tree", WireNestedGroups(99, 5000)) == "nesting deeper than 100 messages | ");
}

TEST_CASE("wire check: a smaller limit holds as well") {
  CHECK(Check("out.Tree", WireNested(2, 3), 3) == "");
  CHECK(Check("out.Tree", WireNested(2, 4), 3) ==
        "nesting deeper than 100 messages | .child.child.child.child");
  CHECK(Check("out.Tree", "", -1) == "nesting deeper than 100 messages | ");
}

TEST_CASE("wire check: a member of a message set is checked by its type") {
  const auto item = [](std::string_view member) {
    return WireTagBytes(1, 3) + WireTagBytes(2, 0) + WireVarint(1000) + WireLengthDelimited(3, member) +
           WireTagBytes(1, 4);
  };
  CHECK(Check("old.Set", item(WireLengthDelimited(1, "ok"))) == "");
  CHECK(Check("old.Set", item("\x0a\x05")) == "a value cut short at byte 7 | .[old.Member.member].name");
  CHECK(Check("old.Set", WireTagBytes(1, 3)) == "a group without its end at byte 1 | ");
}

TEST_CASE("wire check: every extension number is asked for, whatever its value looks like") {
  const auto& type = WriterTypes::Get().Type("old.Order");
  constexpr int kExtension = 150;
  REQUIRE(type.IsExtensionNumber(kExtension));
  std::string wire = WireTagBytes(kExtension, 0) + "\x05" + WireTagBytes(kExtension, 5) + "abcd" +
                     WireTagBytes(kExtension, 1) + "abcdefgh" + WireLengthDelimited(kExtension, "x") +
                     WireTagBytes(kExtension, 3) + WireTagBytes(kExtension, 4);
  int asked = 0;
  const ExtensionFinder find = [&](const google::protobuf::Descriptor&, int number) {
    asked += number == kExtension;
    return nullptr;
  };
  CHECK_FALSE(CheckWire(type, find, wire));
  CHECK(asked == 5);
}

}  // namespace
}  // namespace rpcctl
