#include "schema/source_place.h"

#include <doctest/doctest.h>

#include "tests/support/schema_text.h"

namespace rpcctl {
namespace {

using google::protobuf::FileDescriptorProto;

constexpr const char* kText = R"(syntax = "proto3";
import "google/protobuf/any.proto";
  import "b.proto";
message M {
  message N {
    string deep = 1;
  }
}
)";

std::string Shown(const std::optional<SourcePlace>& place) {
  return place ? std::to_string(place->line) + ":" + std::to_string(place->column) : "none";
}

TEST_CASE("source_place: a declaration begins where it was written") {
  const FileDescriptorProto file = ParseText("a.proto", kText);
  CHECK(Shown(FindSourcePlace(file, file.message_type(0), 0)) == "4:1");
  CHECK(Shown(FindSourcePlace(file, file.message_type(0).nested_type(0), 0)) == "5:3");
  CHECK(Shown(FindSourcePlace(file, file.message_type(0).nested_type(0).field(0), 0)) == "6:5");
}

TEST_CASE("source_place: a detail has a place of its own") {
  const FileDescriptorProto file = ParseText("a.proto", kText);
  const auto& field = file.message_type(0).nested_type(0).field(0);
  CHECK(Shown(FindSourcePlace(file, field, field.kNameFieldNumber)) == "6:12");
  CHECK(Shown(FindSourcePlace(file, field, field.kNumberFieldNumber)) == "6:19");
  CHECK(Shown(FindSourcePlace(file, field, field.kExtendeeFieldNumber)) == "6:5");
}

TEST_CASE("source_place: imports have places") {
  const FileDescriptorProto file = ParseText("a.proto", kText);
  CHECK(Shown(FindImportPlace(file, 0)) == "2:1");
  CHECK(Shown(FindImportPlace(file, 1)) == "3:3");
  CHECK(Shown(FindImportPlace(file, 2)) == "none");
}

TEST_CASE("source_place: what does not belong to the file has none") {
  const FileDescriptorProto file = ParseText("a.proto", kText);
  const FileDescriptorProto other = ParseText("a.proto", kText);
  CHECK(Shown(FindSourcePlace(file, other.message_type(0), 0)) == "none");
}

TEST_CASE("source_place: a file without source info has none, one with a damaged one neither") {
  FileDescriptorProto file = ParseText("a.proto", kText);
  for (auto& location : *file.mutable_source_code_info()->mutable_location()) location.clear_span();
  CHECK(Shown(FindSourcePlace(file, file.message_type(0), 0)) == "none");
  file.clear_source_code_info();
  CHECK(Shown(FindSourcePlace(file, file.message_type(0), 0)) == "none");
  CHECK(Shown(FindImportPlace(file, 0)) == "none");
}

}  // namespace
}  // namespace rpcctl
