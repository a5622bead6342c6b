#include "schema/edition_raising.h"

#include <google/protobuf/descriptor.h>

#include "base/files.h"
#include "base/lowered_features.h"
#include "schema/edition_features.h"
#include "schema/file_export.h"
#include "schema/outline.h"
#include "schema/symbol_descriptor.h"
#include "tests/support/built_file.h"
#include "tests/support/edition_text.h"
#include "tests/support/edition_types.h"
#include "tests/support/fake_source.h"

namespace rpcctl {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::EnumDescriptorProto;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorProto;

// A descriptor that JSON would show, of a symbol of the test types.
template <typename Proto>
Proto Shown(const std::string& name) {
  const Result<Symbol> symbol = EditionTypes::Get().schema().FindSymbol("editiontest." + name);
  REQUIRE(symbol);
  Proto proto;
  REQUIRE(proto.ParseFromString(DescriptorOf(*symbol).wire));
  return proto;
}

std::string OutlineOf(const std::string& name) {
  const Result<Symbol> symbol = EditionTypes::Get().schema().FindSymbol("editiontest." + name);
  REQUIRE(symbol);
  return Outline(*symbol);
}

std::string TestText(const std::string& name) {
  const Result<std::string> text = ReadFile(testing::EditionPath(name), 1 << 20);
  REQUIRE(text);
  return *text;
}

// The edition told by a mark in front of so many other unknown options.
int LoweredFromMarkBefore(int others) {
  FileDescriptorProto file;
  file.set_name("a.proto");
  auto& unknown = *file.mutable_options()->mutable_unknown_fields();
  unknown.AddVarint(kLoweredNumber, kEdition2023);
  for (int i = 0; i < others; ++i) unknown.AddVarint(50'000, 1);
  return LoweredFrom(BuiltFile(file).file());
}

TEST_CASE("edition_raising: a mark is looked for among the last options only, whatever a server sends") {
  CHECK(LoweredFromMarkBefore(0) == kEdition2023);
  CHECK(LoweredFromMarkBefore(kLoweredAmongLast - 1) == kEdition2023);
  CHECK(LoweredFromMarkBefore(kLoweredAmongLast) == 0);
}

TEST_CASE("edition_raising: a type looks as its file declares it") {
  const auto shown = Shown<DescriptorProto>("Plain");
  CHECK(shown.oneof_decl_size() == 1);
  for (const FieldDescriptorProto& field : shown.field()) {
    CHECK_FALSE(field.proto3_optional());
    CHECK_FALSE(field.options().has_packed());
  }
  CHECK_FALSE(shown.field(0).has_oneof_index());
  CHECK_FALSE(shown.field(0).has_options());
}

TEST_CASE("edition_raising: what was built as proto2 has nothing of proto2") {
  const auto shown = Shown<DescriptorProto>("mixed.Mixed");
  CHECK(shown.DebugString().find("536870911") == std::string::npos);
  for (const FieldDescriptorProto& field : shown.field()) {
    CHECK(field.type() != FieldDescriptorProto::TYPE_GROUP);
    CHECK(field.label() != FieldDescriptorProto::LABEL_REQUIRED);
    CHECK_FALSE(field.options().has_packed());
  }
  CHECK(shown.field(1).options().unknown_fields().field(0).number() == 21);
  CHECK_FALSE(Shown<FieldDescriptorProto>("mixed.Mixed.explicit").has_options());
  CHECK_FALSE(Shown<EnumDescriptorProto>("mixed.Open").has_options());
}

TEST_CASE("edition_raising: an outline is of the edition") {
  CHECK(OutlineOf("mixed.Open") == "enum Open {\n  OPEN_NONE = 0;\n  OPEN_ONE = 1;\n}\n");
  CHECK(OutlineOf("mixed.Mixed.needed") == "int32 needed = 4 [features.field_presence = LEGACY_REQUIRED];\n");
  CHECK(OutlineOf("mixed.Mixed.group") == "Group group = 12 [features.message_encoding = DELIMITED];\n");
  CHECK(OutlineOf("mixed.extra") ==
        "extend Mixed {\n  Part extra = 101 [features.message_encoding = DELIMITED];\n}\n");
  CHECK(EditionNote(*EditionTypes::Get().Type("mixed.Mixed").file()) ==
        "edition 2023, features.utf8_validation = NONE");
}

TEST_CASE("edition_raising: the outline of a file is that file again") {
  for (const char* name : {"editions.proto", "editions_mixed.proto"}) {
    const std::string text = TestText(name);
    const auto file = ParseProtoText(text, name, name);
    REQUIRE(file);
    FakeServer server;
    server.Add(**ParseProtoText(TestText("editions.proto"), "editions.proto", "editions.proto"));
    server.Add(**file);
    const auto schema = SchemaOver(server);
    const Result<Symbol> symbol =
        schema->FindSymbol((*file)->package() + "." + (*file)->message_type(0).name());
    REQUIRE_MESSAGE(symbol, (symbol ? "" : symbol.error().message));
    const std::string outline = OutlineFile(*symbol->File());
    const auto again = ParseProtoText(outline, name, name);
    REQUIRE_MESSAGE(again, outline);
    CHECK((*again)->message_type_size() == (*file)->message_type_size());
    CHECK(outline.starts_with("edition = \"2023\";\n"));
    CHECK(OutlineFile(*SchemaOver(server)->FindSymbol(symbol->FullName())->File()) == outline);
  }
}

TEST_CASE("edition_raising: what is exported is what came") {
  const auto sent = EditionFile(
      "a.proto", "package p; message M { int32 a = 1; M m = 2 [features.message_encoding = DELIMITED]; }");
  FakeServer server;
  server.Add(sent);
  server.services = {};
  server.tells_all_files = true;
  const auto schema = SchemaOver(server);
  const Result<Symbol> symbol = schema->FindSymbol("p.M");
  REQUIRE(symbol);
  const auto files = schema->Export({&*symbol, 1});
  REQUIRE(files);
  REQUIRE(files->size() == 1);
  CHECK(files->front().bytes == FileFrom(sent).bytes);
}

TEST_CASE("edition_raising: a file that lost an import is exported without a trace of lowering") {
  FakeServer server;
  server.Add(EditionFile("a.proto",
                         "import \"gone.proto\"; package p; message M { int32 a = 1; extensions 5 to 9; }"));
  const auto schema = SchemaOver(server);
  const Result<Symbol> symbol = schema->FindSymbol("p.M");
  REQUIRE(symbol);
  const auto files = schema->Export({&*symbol, 1});
  REQUIRE(files);
  FileDescriptorProto file;
  REQUIRE(file.ParseFromString(files->front().bytes));
  CHECK(file.syntax() == "editions");
  CHECK(file.DebugString().find("536870911") == std::string::npos);
  CHECK(file.unknown_fields().field(0).number() == 14);
  CHECK(file.unknown_fields().field(0).varint() == 1000);
}

TEST_CASE("edition_raising: edition 2024 keeps its visibilities and the imports for its options") {
  FileDescriptorProto file =
      EditionFile("a.proto", "package p; message M { enum E { E0 = 0; } E e = 1; extensions 5 to 9; }");
  SetEdition(kEdition2024, file);
  file.mutable_unknown_fields()->AddLengthDelimited(15, "o.proto");
  file.mutable_message_type(0)->mutable_unknown_fields()->AddVarint(11, 2);
  file.mutable_message_type(0)->mutable_enum_type(0)->mutable_unknown_fields()->AddVarint(6, 1);
  FakeServer server;
  server.Add(file);
  const auto schema = SchemaOver(server);
  const Result<Symbol> symbol = schema->FindSymbol("p.M");
  REQUIRE(symbol);
  CHECK(OutlineFile(*symbol->File()) ==
        "edition = \"2024\";\n\npackage p;\n\nimport option \"o.proto\";\n\nexport message M {\n  E e = "
        "1;\n\n  "
        "local enum E {\n    E0 = 0;\n  }\n\n  extensions 5 to 9;\n}\n");
  DescriptorProto shown;
  REQUIRE(shown.ParseFromString(DescriptorOf(*symbol).wire));
  CHECK(shown.unknown_fields().field(0).number() == 11);
  CHECK(shown.enum_type(0).unknown_fields().field(0).number() == 6);
  CHECK(shown.DebugString().find("536870911") == std::string::npos);
}

TEST_CASE("edition_raising: proto3 that was built as proto2 is shown as proto3") {
  const std::string text =
      "syntax = \"proto3\";\n\npackage new;\n\nimport \"a.proto\";\n\nmessage M {\n  p.E e = 1;\n  optional "
      "int32 o = 2;\n"
      "  repeated int32 loose = 3 [packed = false];\n  repeated int32 tight = 4;\n  string s = 5;\n}\n";
  FakeServer server{{"new.proto", text.c_str()}};
  server.Add(EditionFile("a.proto", "package p; enum E { E0 = 0; } message X { extensions 5 to 9; }"));
  const auto schema = SchemaOver(server);
  const Result<Symbol> symbol = schema->FindSymbol("new.M");
  REQUIRE(symbol);
  CHECK(OutlineFile(*symbol->File()) == text);
  DescriptorProto shown;
  REQUIRE(shown.ParseFromString(DescriptorOf(*symbol).wire));
  CHECK(shown.field(1).proto3_optional());
  CHECK(shown.oneof_decl_size() == 1);
  CHECK_FALSE(shown.field(4).has_options());
}

}  // namespace
}  // namespace rpcctl
