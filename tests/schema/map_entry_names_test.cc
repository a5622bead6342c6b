#include "schema/map_entry_names.h"

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.h>

#include <string>

#include "tests/support/schema_text.h"

namespace rpcctl {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::FileDescriptorProto;

const char kMaps[] = R"(
package p;
message M {
  map<string, int32> stamps = 1;
  map<string, int32> my_map = 2;
  message Inner { map<int32, M> byNumber = 1; }
  repeated Inner inners = 3;
})";

void Rename(DescriptorProto& message, int entry, int field, const std::string& name) {
  message.mutable_nested_type(entry)->set_name(name);
  message.mutable_field(field)->set_type_name(name);
}

// The file above as grpc-js tells it: the name of a field with a capital is that of its entry type.
FileDescriptorProto AsGrpcJs() {
  FileDescriptorProto file = ParseText("a.proto", kMaps);
  DescriptorProto& message = *file.mutable_message_type(0);
  Rename(message, 0, 0, "Stamps");
  Rename(message, 1, 1, "My_map");
  Rename(*message.mutable_nested_type(2), 0, 0, "ByNumber");
  return file;
}

TEST_CASE("map_entry_names: entries called like their fields get the name that protobuf wants") {
  FileDescriptorProto file = AsGrpcJs();
  CHECK(NameMapEntries(file));
  CHECK(file.SerializeAsString() == ParseText("a.proto", kMaps).SerializeAsString());
  google::protobuf::DescriptorPool pool;
  const google::protobuf::FileDescriptor* built = pool.BuildFile(file);
  REQUIRE(built != nullptr);
  CHECK(built->message_type(0)->FindFieldByName("my_map")->is_map());
}

TEST_CASE("map_entry_names: a file that protobuf builds stays as it is") {
  FileDescriptorProto file = ParseText("a.proto", kMaps);
  CHECK_FALSE(NameMapEntries(file));
  CHECK(file.SerializeAsString() == ParseText("a.proto", kMaps).SerializeAsString());
}

TEST_CASE("map_entry_names: a name within a scope keeps the scope") {
  FileDescriptorProto file = AsGrpcJs();
  file.mutable_message_type(0)->mutable_field(0)->set_type_name(".p.M.Stamps");
  CHECK(NameMapEntries(file));
  CHECK(file.message_type(0).field(0).type_name() == ".p.M.StampsEntry");
}

TEST_CASE("map_entry_names: an entry that belongs to no map is left alone") {
  FileDescriptorProto file = AsGrpcJs();
  file.mutable_message_type(0)->mutable_field(0)->set_name("other");
  CHECK(NameMapEntries(file));
  CHECK(file.message_type(0).nested_type(0).name() == "Stamps");
  CHECK(file.message_type(0).field(0).type_name() == "Stamps");
}

}  // namespace
}  // namespace rpcctl
