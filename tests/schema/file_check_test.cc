#include "schema/file_check.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "schema/edition_features.h"
#include "tests/support/schema_text.h"

namespace rpcctl {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::FileDescriptorProto;

FileDescriptorProto SomeFile() {
  return ParseText("a.proto",
                   R"(package a.b; message M { string name = 1; oneof o { int32 i = 2; } message N {} }
      enum E { ZERO = 0; } service S { rpc Do(M) returns (M); })");
}

std::string Problem(const FileDescriptorProto& file) {
  const Result<void> checked = FileCheck().Check(file, "a.proto");
  if (checked) return "";
  CHECK(checked.error().kind == ErrorKind::kSchema);
  return checked.error().message;
}

// What is said of `value` as the value of an option.
std::string OptionProblem(const std::string& value) {
  FileDescriptorProto file = SomeFile();
  file.mutable_message_type(0)
      ->mutable_field(0)
      ->mutable_options()
      ->add_uninterpreted_option()
      ->set_aggregate_value(value);
  return Problem(file);
}

std::string Repeated(std::string_view text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

TEST_CASE("file_check: identifiers are letters, digits and underscores") {
  for (const char* name : {"a", "A1", "_", "_x_9"}) CHECK(IsIdentifier(name));
  for (const char* name : {"", "1a", "a.b", "a-b", "a b", "\xc3\xa9", "a\x1b", "a\n"})
    CHECK_FALSE(IsIdentifier(name));
  CHECK(IsIdentifier(std::string(1024, 'a')));
  CHECK_FALSE(IsIdentifier(std::string(1025, 'a')));
}

TEST_CASE("file_check: qualified names are identifiers with dots between them") {
  for (const char* name : {"a", "a.b", "a.B.c_1"}) CHECK(IsQualifiedName(name));
  for (const char* name : {"", ".", ".a", "a.", "a..b", "a.1b"}) CHECK_FALSE(IsQualifiedName(name));
}

TEST_CASE("file_check: a decent file passes") {
  CHECK(Problem(SomeFile()) == "");
}

TEST_CASE("file_check: each kind of name is checked") {
  const std::string said =
      "a.proto: '1x' is not a name (letters, digits and '_', not beginning with a digit)";
  for (int kind = 0; kind < 9; ++kind) {
    CAPTURE(kind);
    FileDescriptorProto file = SomeFile();
    DescriptorProto& message = *file.mutable_message_type(0);
    if (kind == 0) message.set_name("1x");
    if (kind == 1) message.mutable_field(0)->set_name("1x");
    if (kind == 2) message.mutable_oneof_decl(0)->set_name("1x");
    if (kind == 3) message.mutable_nested_type(0)->set_name("1x");
    if (kind == 4) file.mutable_enum_type(0)->set_name("1x");
    if (kind == 5) file.mutable_enum_type(0)->mutable_value(0)->set_name("1x");
    if (kind == 6) file.mutable_service(0)->set_name("1x");
    if (kind == 7) file.mutable_service(0)->mutable_method(0)->set_name("1x");
    if (kind == 8) file.add_extension()->set_name("1x");
    CHECK(Problem(file) == said);
  }
}

TEST_CASE("file_check: a package is checked, and has not too many parts") {
  FileDescriptorProto file = SomeFile();
  file.set_package("a..b\x1b");
  CHECK(Problem(file) == "a.proto: 'a..b\\x1b' is not the name of a package");
  file.set_package(std::string("a") + Repeated(".a", 99));
  CHECK(Problem(file) == "");
  file.set_package(std::string("a") + Repeated(".a", 100));
  CHECK(Problem(file) == "a.proto: a package of 101 parts");
}

TEST_CASE("file_check: a JSON name is text without control characters") {
  FileDescriptorProto file = SomeFile();
  auto* field = file.mutable_message_type(0)->mutable_field(0);
  for (const char* name : {"@type", "caf\xc3\xa9", "a b", "\xe2\x80\xae"}) {
    field->set_json_name(name);
    CHECK(Problem(file) == "");
  }
  for (const char* name : {"\x1b[2J", "\xff", "a\nb", "\x7f", "\xc2\x9b"}) {
    field->set_json_name(name);
    CHECK(Problem(file).starts_with(
        "a.proto: the JSON name of field 'name' has control characters or is not UTF-8: '"));
  }
}

TEST_CASE("file_check: an edition must be known") {
  FileDescriptorProto file = SomeFile();
  file.set_syntax("editions");
  CHECK(Problem(file) == "a.proto: uses editions without saying which");
  SetEdition(kEdition2023, file);
  CHECK(Problem(file) == "");
  SetEdition(1002, file);
  CHECK(Problem(file) == "a.proto: uses protobuf edition 2026");
}

TEST_CASE("file_check: long names within long names are limited together") {
  FileDescriptorProto file;
  file.set_name("a.proto");
  DescriptorProto* message = file.add_message_type();
  message->set_name(std::string(1000, 'M'));
  for (int i = 0; i < 300000; ++i) message->add_field()->set_name("f");
  CHECK(Problem(file) == "a.proto: schema limit: more than 256 MiB of full names");
}

TEST_CASE("file_check: what files cost adds up") {
  FileDescriptorProto file;
  DescriptorProto* message = file.add_message_type();
  message->set_name(std::string(1000, 'M'));
  for (int i = 0; i < 150000; ++i) message->add_field()->set_name("f");
  FileCheck check;
  CHECK(check.Check(file, "a.proto"));
  CHECK_FALSE(check.Check(file, "a.proto"));
}

TEST_CASE("file_check: ranges that would be compared with each other without end are refused") {
  FileDescriptorProto file = SomeFile();
  for (int i = 0; i < 20000; ++i) {
    auto* range = file.mutable_message_type(0)->add_reserved_range();
    range->set_start(10 + 2 * i);
    range->set_end(11 + 2 * i);
  }
  CHECK(Problem(file) == "a.proto: schema limit: too many reserved or extension ranges");
}

TEST_CASE("file_check: options still to be interpreted are limited in number") {
  FileDescriptorProto file = SomeFile();
  for (int i = 0; i < 1001; ++i)
    file.mutable_options()->add_uninterpreted_option()->set_identifier_value("x");
  CHECK(Problem(file) == "a.proto: schema limit: more than 1000 options in one place");
}

TEST_CASE("file_check: an option's value may be nested 100 deep") {
  const std::string said = "a.proto: schema limit: an option's value is nested deeper than 100";
  CHECK(OptionProblem(Repeated("a { ", 100) + Repeated("}", 100)) == "");
  CHECK(OptionProblem(Repeated("a { ", 101)) == said);
  CHECK(OptionProblem(Repeated("a < ", 101)) == said);
  CHECK(OptionProblem(Repeated("a { } ", 5000)) == "");
}

TEST_CASE("file_check: brackets within strings and comments do not count, nor do they hide others") {
  const std::string said = "a.proto: schema limit: an option's value is nested deeper than 100";
  CHECK(OptionProblem(std::string("a: \"") + Repeated("{", 500) + "\\\"{\" b: '{'") == "");
  CHECK(OptionProblem(std::string("# ") + Repeated("{", 500)) == "");
  CHECK(OptionProblem(Repeated("a { # }\n", 101)) == said);
  CHECK(OptionProblem(Repeated("a { b: \"}\" ", 101)) == said);
  // A string ends with its line, even behind a backslash, and a NUL ends it too.
  CHECK(OptionProblem(std::string("b: \"x\n") + Repeated("a { ", 101)) == said);
  CHECK(OptionProblem(std::string("b: \"x\\\n") + Repeated("a { ", 101)) == said);
  CHECK(OptionProblem(std::string("b: \"x\0", 6) + Repeated("a { ", 101)) == said);
}

}  // namespace
}  // namespace rpcctl
