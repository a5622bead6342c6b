#include "schema/edition_lowering.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include "schema/edition_features.h"
#include "schema/schema.h"
#include "tests/support/edition_text.h"
#include "tests/support/fake_source.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorProto;

FileDescriptorProto LoweredText(std::string_view text) {
  const google::protobuf::DescriptorPool pool;
  const auto lowered = Lowered(EditionFile("a.proto", text), pool, "a.proto");
  REQUIRE_MESSAGE(lowered, (lowered ? "" : lowered.error().message));
  return *lowered;
}

std::string SyntaxOf(std::string_view text) {
  return LoweredText(text).syntax();
}

// The type `name` of a server whose files, a.proto, b.proto..., are of edition 2023 unless they say syntax.
const Descriptor& Built(FakeServer& server, std::unique_ptr<Schema>& schema, const std::string& name) {
  schema = SchemaOver(server);
  const Result<Symbol> symbol = schema->FindSymbol(name);
  REQUIRE_MESSAGE(symbol, (symbol ? "" : symbol.error().message + symbol.error().hint));
  return *symbol->message;
}

TEST_CASE("edition_lowering: what proto3 can say is proto3") {
  CHECK(SyntaxOf("message M { int32 a = 1; repeated E e = 2; M m = 3; } enum E { E0 = 0; }") == "proto3");
  CHECK(SyntaxOf("option features.field_presence = IMPLICIT; message M { int32 a = 1; }") == "proto3");
}

TEST_CASE("edition_lowering: what needs proto2 is proto2") {
  for (const char* text : {"message M { int32 a = 1 [features.field_presence = LEGACY_REQUIRED]; }",
                           "message M { int32 a = 1 [default = 5]; }", "message M { extensions 5 to 9; }",
                           "enum E { option features.enum_type = CLOSED; E0 = 0; }",
                           "message M { M m = 1 [features.message_encoding = DELIMITED]; }",
                           "message M { string s = 1 [features.utf8_validation = NONE]; }",
                           "message M { map<string, int32> m = 1 [features.utf8_validation = NONE]; }"}) {
    CAPTURE(text);
    CHECK(SyntaxOf(text) == "proto2");
  }
}

TEST_CASE("edition_lowering: explicit presence is that of proto3's optional, with a name that is free") {
  const FileDescriptorProto file =
      LoweredText("message M { int32 a = 1; int32 _a = 2; oneof o { int32 b = 3; } M m = 4; }");
  const auto& message = file.message_type(0);
  CHECK(message.field(0).proto3_optional());
  CHECK(message.oneof_decl(0).name() == "o");
  CHECK(message.oneof_decl(message.field(0).oneof_index()).name() == "X_a");
  CHECK_FALSE(message.field(2).proto3_optional());
  CHECK_FALSE(message.field(3).proto3_optional());
}

TEST_CASE("edition_lowering: a message field is delimited, an enum and a map are not") {
  const FileDescriptorProto file = LoweredText(R"(option features.message_encoding = DELIMITED;
    message M { M m = 1; E e = 2; map<string, M> by = 3; message G { int32 a = 1; } G g = 4; Other.In in = 5; }
    message Other { message In {} }  enum E { E0 = 0; })");
  const auto& message = file.message_type(0);
  CHECK(message.field(0).type() == FieldDescriptor::TYPE_MESSAGE);  // marked: text calls it m, not M
  CHECK_FALSE(message.field(1).has_type());
  CHECK(message.field(2).type() != FieldDescriptor::TYPE_GROUP);
  CHECK(message.field(3).type() == FieldDescriptor::TYPE_GROUP);
  CHECK(message.nested_type(0).field(1).type() != FieldDescriptor::TYPE_GROUP);
}

TEST_CASE("edition_lowering: features are inherited from file to message to enum, field and oneof") {
  FileDescriptorProto file = EditionFile("a.proto", R"(option features.enum_type = CLOSED;
    message M { enum E { E0 = 0; } enum F { option features.enum_type = OPEN; F0 = 0; }
      int32 a = 1; oneof o { string s = 2; } })");
  // protoc allows these on files and fields alone, descriptors could have them anywhere.
  AddFeature(4, 3, *file.mutable_message_type(0)->mutable_oneof_decl(0)->mutable_options());
  AddFeature(1, 2, *file.mutable_message_type(0)->mutable_options());
  const google::protobuf::DescriptorPool pool;
  const auto lowered = Lowered(file, pool, "a.proto");
  REQUIRE(lowered);
  const auto& message = lowered->message_type(0);
  CHECK(message.enum_type(0).options().unknown_fields().field_count() == 0);
  CHECK(message.enum_type(1).options().unknown_fields().field_count() == 2);  // OPEN, and the mark
  CHECK(message.field(0).options().unknown_fields().field(0).varint() == 1);  // implicit
  CHECK(message.field(1).options().unknown_fields().field_count() == 0);      // not checked
}

TEST_CASE("edition_lowering: features that are not known name whose they are") {
  FileDescriptorProto file = EditionFile("a.proto", "package p; message M { int32 a = 1; }");
  AddFeature(1, 9, *file.mutable_message_type(0)->mutable_field(0)->mutable_options());
  const google::protobuf::DescriptorPool pool;
  auto lowered = Lowered(file, pool, "a.proto");
  REQUIRE_FALSE(lowered);
  CHECK(lowered.error().message ==
        "a.proto: 'p.M.a' has the value 9 of field_presence, which is not known here");
  AddFeature(99, 1, *file.mutable_options());
  lowered = Lowered(file, pool, "a.proto");
  REQUIRE_FALSE(lowered);
  CHECK(lowered.error().message == "a.proto: the file has feature number 99, which is not known here");
}

TEST_CASE("edition_lowering: an enum of proto2 and a file of an edition go together") {
  FakeServer server{{"old.proto", "syntax = \"proto2\"; package old; enum E { A = 1; }"}};
  server.Add(EditionFile("a.proto", "import \"old.proto\"; message M { old.E e = 1; }"));
  std::unique_ptr<Schema> schema;
  CHECK(Built(server, schema, "M").file()->syntax() == FileDescriptor::SYNTAX_PROTO2);
}

TEST_CASE("edition_lowering: proto3 takes an open enum of a file that had to become proto2") {
  FakeServer server{
      {"new.proto",
       "syntax = \"proto3\"; package new; import \"a.proto\"; message M { p.E e = 1; int32 i = 2; "
       "optional int32 o = 3; repeated int32 loose = 4 [packed = false]; repeated int32 tight = 5; }"}};
  server.Add(EditionFile("a.proto", "package p; enum E { E0 = 0; } message X { extensions 5 to 9; }"));
  std::unique_ptr<Schema> schema;
  const Descriptor& type = Built(server, schema, "new.M");
  CHECK(type.file()->syntax() == FileDescriptor::SYNTAX_PROTO2);
  CHECK_FALSE(type.FindFieldByName("loose")->is_packed());
  CHECK(type.FindFieldByName("tight")->is_packed());
  CHECK(type.oneof_decl_count() == 0);
}

TEST_CASE("edition_lowering: proto3 that is wrong by itself is told as proto3") {
  FakeServer server{
      {"new.proto",
       "syntax = \"proto3\"; package new; import \"a.proto\"; message M { p.M m = 1; Nix n = 2; }"}};
  server.Add(EditionFile("a.proto", "package p; message M {}"));
  const auto symbol = SchemaOver(server)->FindSymbol("new.M");
  REQUIRE_FALSE(symbol);
  CHECK(symbol.error().message == "new.proto: new.M.n: \"Nix\" is not defined");
}

TEST_CASE("edition_lowering: extensions are found and built") {
  FakeServer server;
  server.Add(EditionFile("a.proto", "package p; message M { extensions 100 to 200; }"));
  server.Add(EditionFile("b.proto", "package p; import \"a.proto\"; extend M { int32 more = 100; }"));
  std::unique_ptr<Schema> schema;
  const Descriptor& type = Built(server, schema, "p.M");
  const FieldDescriptor* extension = schema->FindExtension(type, 100);
  REQUIRE(extension != nullptr);
  CHECK(extension->full_name() == "p.more");
}

TEST_CASE("edition_lowering: descriptors of edition 2024 are taken") {
  FileDescriptorProto file = EditionFile("a.proto", "message M { int32 a = 1; }");
  SetEdition(kEdition2024, file);
  FakeServer server;
  server.Add(file);
  std::unique_ptr<Schema> schema;
  CHECK(Built(server, schema, "M").FindFieldByName("a")->has_presence());
}

}  // namespace
}  // namespace rpcctl
