#include "message/field_pieces.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/support/wire_bytes.h"
#include "tests/support/writer_types.h"

namespace rpcctl {
namespace {

// The pieces of a message: "1=5" for numbers, "2:x" for bytes, with a '*' behind them when something was left
// out.
std::string Pieces(const std::string& type, std::string_view wire, int depth = 10) {
  const WriterTypes& types = WriterTypes::Get();
  PlanTable plans(Completed({&types.pool()}, types.Type(type)));
  FieldPieces pieces(plans);
  PieceRun fields;
  if (!pieces.Open(plans.Of(types.Type(type)), pieces.PushMessage(wire), depth, fields)) return "malformed";
  std::string text;
  for (size_t at = fields.begin; at < fields.end; ++at) {
    const FieldPiece& piece = pieces[at];
    text += fmt::format("{}{}", text.empty() ? "" : " ", piece.field->number);
    text += piece.data == nullptr ? fmt::format("={}", piece.bits) : fmt::format(":{}", piece.bytes());
  }
  return pieces.has_dropped() ? text + "*" : text;
}

std::string Number(uint32_t field, uint64_t value) {
  return WireTagBytes(field, 0) + WireVarint(value);
}

std::string Text(uint32_t field, std::string_view text) {
  return WireLengthDelimited(field, text);
}

TEST_CASE("field pieces: in the order of their numbers") {
  CHECK(Pieces("out.Scalars", "") == "");
  CHECK(Pieces("out.Scalars", Number(1, 5) + Text(14, "x")) == "1=5 14:x");
  CHECK(Pieces("out.Scalars", Text(14, "x") + Number(1, 5)) == "1=5 14:x");
  CHECK(Pieces("out.Scalars", Text(15, "") + Text(14, "")) == "14: 15:");
}

TEST_CASE("field pieces: of a value that comes again the last counts, elements and messages are all kept") {
  CHECK(Pieces("out.Scalars", Number(1, 5) + Number(1, 6)) == "1=6*");
  CHECK(Pieces("out.Lists", Number(2, 1) + Number(1, 7) + Number(2, 2) + Text(2, "\x03")) ==
        "1=7 2=1 2=2 2:\x03");
  CHECK(Pieces("out.Tree", Text(2, "") + Text(1, "n") + Text(2, "\x0a")) == "1:n 2: 2:\x0a");
}

TEST_CASE("field pieces: of a oneof the last member counts, as far back as no other came between") {
  CHECK(Pieces("out.Choice", Text(4, "x") + Number(5, 1)) == "5=1*");
  CHECK(Pieces("out.Choice", Number(5, 1) + Text(4, "x")) == "4:x*");
  CHECK(Pieces("out.Choice", Text(6, "a") + Number(5, 1) + Text(6, "b") + Text(6, "c")) == "6:b 6:c*");
  CHECK(Pieces("out.Choice", Text(6, "a") + Number(1, 3) + Text(6, "b")) == "1=3 6:a 6:b");
}

TEST_CASE("field pieces: what no field takes is left out") {
  CHECK(Pieces("out.Scalars", Number(99, 1) + WireNestedGroups(98, 2) + Number(1, 5)) == "1=5");
  CHECK(Pieces("out.Scalars", Text(1, "x")) == "*");
  CHECK(Pieces("old.Order", Number(4, 9) + Number(4, 2)) == "4=2");
  CHECK(Pieces("old.Order", Number(4, 2) + Number(4, 9)) == "4=2");
}

TEST_CASE("field pieces: bytes that are no message") {
  CHECK(Pieces("out.Scalars", "\x08") == "malformed");
  CHECK(Pieces("out.Scalars", "\x72\x02x") == "malformed");
  CHECK(Pieces("out.Scalars", std::string_view("\x00\x00", 2)) == "malformed");
  CHECK(Pieces("out.Scalars", WireTagBytes(1, 4)) == "malformed");
  CHECK(Pieces("out.Scalars", WireNestedGroups(98, 3), 3) == "");
  CHECK(Pieces("out.Scalars", WireNestedGroups(98, 4), 3) == "malformed");
}

TEST_CASE("field pieces: the items of a message set are its extensions") {
  const std::string item = WireTagBytes(1, 3) + Number(2, 1000) + Text(3, "") + WireTagBytes(1, 4);
  CHECK(Pieces("old.Set", item) == "1000:");
  CHECK(Pieces("old.Set", Text(1000, "")) == "1000:");
  CHECK(Pieces("old.Set", WireTagBytes(1, 3) + Number(2, 1000) + WireTagBytes(1, 4)) == "");
  CHECK(Pieces("old.Set", WireTagBytes(1, 3) + Text(3, "") + WireTagBytes(1, 4)) == "");
}

TEST_CASE("field pieces: what is inside lies above, and goes") {
  const WriterTypes& types = WriterTypes::Get();
  PlanTable plans(Completed({&types.pool()}, types.Type("out.Tree")));
  MessagePlan& tree = plans.Of(types.Type("out.Tree"));
  FieldPieces pieces(plans);
  const std::string wire = Text(2, Text(1, "a") + Text(2, "")) + Text(2, Text(1, "b"));
  PieceRun outer, inner;
  REQUIRE(pieces.Open(tree, pieces.PushMessage(wire), 10, outer));
  // Both say something of one message.
  REQUIRE(outer.end - outer.begin == 2);
  REQUIRE(pieces.Open(tree, outer, 10, inner));
  REQUIRE(inner.end - inner.begin == 2);
  CHECK(pieces[inner.begin].bytes() == "b");
  CHECK(pieces[inner.begin + 1].field->number == 2);
  pieces.Truncate(inner.begin);
  CHECK(pieces.size() == outer.end);
  CHECK(pieces[outer.begin].bytes() == Text(1, "a") + Text(2, ""));
}

}  // namespace
}  // namespace rpcctl
