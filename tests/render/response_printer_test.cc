#include "render/response_printer.h"

#include <doctest/doctest.h>

#include "tests/support/item_types.h"
#include "tests/support/without_escapes.h"

namespace rpcctl {
namespace {

// The bytes of an items.Point.
std::string Point(int latitude) {
  const auto point = Types().New("items.Point");
  point->GetReflection()->SetInt32(point.get(), point->GetDescriptor()->field(0), latitude);
  return point->SerializeAsString();
}

std::string PrintedPoints(JsonStyle style, Colour colour, std::initializer_list<int> latitudes) {
  StringOutput out;
  const auto printer = MakeJsonPrinter(Types().Type("items.Point"), {}, style, colour, out);
  for (int latitude : latitudes) REQUIRE(printer->Print(Point(latitude)));
  return out.text();
}

TEST_CASE("response printer: JSON documents, each with its newline") {
  CHECK(PrintedPoints({}, Colour::kOff, {1, 0, 2}) == "{\"latitude\":1}\n{}\n{\"latitude\":2}\n");
  CHECK(PrintedPoints({JsonLayout::kIndented}, Colour::kOff, {1, 2}) ==
        "{\n  \"latitude\": 1\n}\n{\n  \"latitude\": 2\n}\n");
}

TEST_CASE("response printer: colours change nothing but the colour") {
  const std::string coloured = PrintedPoints({JsonLayout::kIndented}, Colour::kOn, {1, 2});
  CHECK(coloured.find("\x1b[") != std::string::npos);
  CHECK(WithoutEscapes(coloured) == PrintedPoints({JsonLayout::kIndented}, Colour::kOff, {1, 2}));
}

TEST_CASE("response printer: a message that does not parse prints nothing, the next one does") {
  StringOutput out;
  const auto printer = MakeJsonPrinter(Types().Type("items.Point"), {}, {}, Colour::kOff, out);
  const Result<void> printed = printer->Print("\x08");
  REQUIRE_FALSE(printed);
  CHECK(printed.error().kind == ErrorKind::kStatus);
  CHECK(out.text().empty());
  REQUIRE(printer->Print(Point(3)));
  CHECK(out.text() == "{\"latitude\":3}\n");
}

TEST_CASE("response printer: what an Any holds is looked up among the known types") {
  StringOutput out;
  KnownTypes known;
  known.find_type = [](std::string_view name) {
    return name == "far.Away" ? &Types().Type("items.Point") : nullptr;
  };
  const auto printer = MakeJsonPrinter(*google::protobuf::Any::descriptor(), known, {}, Colour::kOff, out);
  google::protobuf::Any any;
  any.set_type_url("x/far.Away");
  any.set_value(Point(8));
  REQUIRE(printer->Print(any.SerializeAsString()));
  any.set_type_url("x/nobody.Knows");
  REQUIRE(printer->Print(any.SerializeAsString()));
  CHECK(out.text() ==
        "{\"@type\":\"x/far.Away\",\"latitude\":8}\n{\"@type\":\"x/nobody.Knows\",\"@value\":\"CAg=\"}\n");
}

TEST_CASE("response printer: a template prints one line a message") {
  StringOutput out;
  Result<FormatTemplate> format = FormatTemplate::Parse("at {latitude}", Types().Type("items.Point"));
  REQUIRE(format);
  const auto printer = MakeTemplatePrinter(std::move(*format), out);
  REQUIRE(printer->Print(Point(1)));
  CHECK_FALSE(printer->Print("\x08"));
  REQUIRE(printer->Print(Point(2)));
  CHECK(out.text() == "at 1\nat 2\n");
}

TEST_CASE("response printer: silence takes anything") {
  const auto printer = MakeSilentPrinter();
  CHECK(printer->Print(Point(1)));
  CHECK(printer->Print("\xff"));
}

// Fails from the second write on.
class FailingOutput final : public Output {
 public:
  Result<void> Write(std::string_view) override {
    if (++writes > 1) return Error{ErrorKind::kOutput, "full"};
    return {};
  }
  Result<void> Flush() override { return {}; }
  int writes = 0;
};

TEST_CASE("response printer: a document goes out in one write, and a failed one is told") {
  FailingOutput out;
  const auto printer = MakeJsonPrinter(Types().Type("items.Point"), {}, {}, Colour::kOn, out);
  REQUIRE(printer->Print(Point(1)));
  CHECK(out.writes == 1);
  CHECK(printer->Print(Point(2)).error().kind == ErrorKind::kOutput);
}

}  // namespace
}  // namespace rpcctl
