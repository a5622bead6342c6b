#include "schema/edition_source.h"

#include <google/protobuf/stubs/logging.h>

#include "schema/edition_features.h"
#include "tests/support/edition_text.h"

namespace rpcctl {
namespace {

const std::string kMark = "\xEF\xBB\xBF";

std::string Rewritten(std::string_view text) {
  const Result<EditionSource> source = EditionSource::Read(text, "a.proto");
  return source ? source->text() : "error: " + source.error().message;
}

Error Mistake(std::string_view text) {
  const auto parsed = ParseProtoText(text, "a.proto", "dir/a.proto");
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().kind == ErrorKind::kSchema);
  return parsed.error();
}

TEST_CASE("edition_source: the edition is told by the first statement, whatever comments come before") {
  CHECK(EditionSource::Is("/* edition */ // c\n edition = \"2023\";"));
  CHECK_FALSE(EditionSource::Is("syntax = \"proto3\"; message edition {}"));
  CHECK_FALSE(EditionSource::Is(""));
}

TEST_CASE("edition_source: a byte order mark is skipped, and counts as three columns") {
  CHECK(EditionSource::Is(kMark + "edition = \"2023\";"));
  CHECK_FALSE(EditionSource::Is(kMark.substr(0, 2) + "edition = \"2023\";"));
  CHECK_FALSE(EditionSource::Is(" " + kMark + "edition = \"2023\";"));
  CHECK(Rewritten(kMark + "edition = \"2023\"; message M {}") == kMark + "syntax=\"proto3\" ; message M {}");
  CHECK(Mistake(kMark + "edition = 2023;").message == "dir/a.proto:1:14: Expected the edition in quotes");
}

TEST_CASE("edition_source: behind a byte order mark mistakes stand where those of proto3 do") {
  const std::string rest = " message M { int32 a = x; }";
  for (const char* first : {"syntax=\"proto3\" ;", "edition = \"2023\";"})
    CHECK(Mistake(kMark + first + rest).message == "dir/a.proto:1:44: Expected field number");
}

TEST_CASE("edition_source: a file behind a byte order mark is of its edition, its places as they are") {
  const auto parsed =
      ParseProtoText(kMark + "edition='2023';message M { reserved a; }", "a.proto", "a.proto");
  REQUIRE(parsed);
  CHECK(EditionOf(**parsed) == kEdition2023);
  CHECK((*parsed)->message_type(0).reserved_name(0) == "a");
  const auto& edition = (*parsed)->source_code_info().location(1);
  CHECK(edition.span(1) == 3);
  CHECK(edition.span(2) == 18);
}

TEST_CASE("edition_source: the statement is replaced in its place") {
  CHECK(Rewritten("// c\nedition = \"2023\"; message M {}") == "// c\nsyntax=\"proto3\" ; message M {}");
  CHECK(Rewritten("edition='2023';message M {}") == "syntax=\"proto3\";message M {}");
  CHECK(Rewritten("edition\n/* c */ =\n  \"20\" \"23\" ;") == "syntax \n/* c */ =\n  \"proto3\"      ;");
}

TEST_CASE("edition_source: names reserved without quotes leave an empty statement behind") {
  CHECK(Rewritten("edition = \"2023\"; message M { reserved a, /* c */ b; reserved 5; }") ==
        "syntax=\"proto3\" ; message M {             /* c */  ; reserved 5; }");
}

TEST_CASE("edition_source: comments, strings and other words are left alone") {
  const std::string rest =
      "message M { string reserved = 1 [default = \"reserved a; optional\"]; /* required int32 a = 1; */ "
      "} enum E { optional = 0; group = 1; }";
  CHECK(Rewritten("edition = \"2023\"; " + rest) == "syntax=\"proto3\" ; " + rest);
}

TEST_CASE("edition_source: reserved names belong to what is around them") {
  const auto file =
      EditionFile("a.proto",
                  "message A { reserved a; message B { reserved b, c; } enum E { E0 = 0; reserved E1; } "
                  "reserved d; } enum F { F0 = 0; reserved F1; }");
  const auto& message = file.message_type(0);
  CHECK(message.reserved_name_size() == 2);
  CHECK(message.reserved_name(1) == "d");
  CHECK(message.nested_type(0).reserved_name(1) == "c");
  CHECK(message.enum_type(0).reserved_name(0) == "E1");
  CHECK(file.enum_type(0).reserved_name(0) == "F1");
}

TEST_CASE("edition_source: reserved names outside of a type are a mistake") {
  CHECK(Mistake("edition = \"2023\";\nreserved a;").message ==
        "dir/a.proto:2:1: reserved names stand in a message or an enum");
  CHECK(Mistake("edition = \"2023\";\nmessage M { reserved \"a\"; }").message ==
        "dir/a.proto:2:22: reserved names stand without quotes in editions");
  CHECK(Mistake("edition = \"2023\"; message M { reserved a b; }").message ==
        "dir/a.proto:1:42: Expected \",\" or \";\"");
}

TEST_CASE("edition_source: labels and groups do not exist") {
  Error error = Mistake("edition = \"2023\";\nmessage M {\n  optional int32 a = 1;\n}");
  CHECK(error.message == "dir/a.proto:3:3: the label 'optional' does not exist in editions");
  CHECK(error.hint == "leave it out: fields are optional unless a feature says otherwise");
  error = Mistake("edition = \"2023\"; message M { required .p.T a = 1; }");
  CHECK(error.message == "dir/a.proto:1:31: the label 'required' does not exist in editions");
  CHECK(error.hint == "it is written [features.field_presence = LEGACY_REQUIRED]");
  for (const char* text : {"group G = 1 {}", "repeated group G = 1 {}"}) {
    error = Mistake(fmt::format("edition = \"2023\"; message M {{ {} }}", text));
    CHECK(error.message.ends_with(": groups do not exist in editions"));
  }
}

TEST_CASE("edition_source: other editions are told with what to do") {
  Error error = Mistake("// c\nedition = \"2024\";\nexport message M {}");
  CHECK(error.message ==
        "dir/a.proto:2:11: the text of edition 2024 is not understood here, its descriptors are");
  CHECK(error.hint == "protoc --include_imports --descriptor_set_out=FILE makes them, for --protoset FILE");
  error = Mistake("edition = \"2026\";");
  CHECK(error.message == "dir/a.proto:1:11: edition '2026' is not known here");
  CHECK(error.hint == "known is edition = \"2023\"");
}

TEST_CASE("edition_source: a statement that is none is told where it breaks off") {
  CHECK(Mistake("edition \"2023\";").message == "dir/a.proto:1:9: Expected \"=\"");
  CHECK(Mistake("edition = 2023;").message == "dir/a.proto:1:11: Expected the edition in quotes");
  CHECK(Mistake("edition = \"2023\"\nmessage M {}").message == "dir/a.proto:2:1: Expected \";\"");
  CHECK(Mistake("edition").message == "dir/a.proto:1:8: Expected \"=\"");
}

TEST_CASE("edition_source: mistakes keep their columns, in a line that was moved as well") {
  CHECK(Mistake("edition = \"2023\"; message M { int32 a = x; }").message ==
        "dir/a.proto:1:41: Expected field number");
  CHECK(Mistake("edition=\"2023\";message M { int32 a = x; }").message ==
        "dir/a.proto:1:38: Expected field number");
  CHECK(Mistake("edition = \"2023\";\n\tmessage M { reserved a; int32 a = x; }").message ==
        "dir/a.proto:2:43: Expected field number");
}

TEST_CASE("edition_source: places keep their columns") {
  const auto parsed = ParseProtoText("edition=\"2023\";message M { reserved a; }", "a.proto", "a.proto");
  REQUIRE(parsed);
  for (const auto& location : (*parsed)->source_code_info().location()) {
    if (location.path_size() != 2) continue;
    CHECK(location.span(1) == 15);
    CHECK(location.span(2) == 40);
  }
  CHECK((*parsed)->source_code_info().location(1).path(0) == 14);  // the edition
}

TEST_CASE("edition_source: a line of a hundred thousand reserved names is taken") {
  std::string text = "edition = \"2023\"; message M { reserved a";
  for (int i = 0; i < 100'000; ++i) text += fmt::format(", a{}", i);
  const google::protobuf::LogSilencer silence;
  const auto parsed = ParseProtoText(text + "; }", "a.proto", "a.proto");
  REQUIRE(parsed);
  CHECK((*parsed)->message_type(0).reserved_name_size() == 100'001);
}

}  // namespace
}  // namespace rpcctl
