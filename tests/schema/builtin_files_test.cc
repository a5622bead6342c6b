#include "schema/builtin_files.h"

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

namespace rpcctl {
namespace {

constexpr const char* kNames[] = {"google/protobuf/any.proto",
                                  "google/protobuf/api.proto",
                                  "google/protobuf/descriptor.proto",
                                  "google/protobuf/duration.proto",
                                  "google/protobuf/empty.proto",
                                  "google/protobuf/field_mask.proto",
                                  "google/protobuf/source_context.proto",
                                  "google/protobuf/struct.proto",
                                  "google/protobuf/timestamp.proto",
                                  "google/protobuf/type.proto",
                                  "google/protobuf/wrappers.proto",
                                  "google/rpc/error_details.proto",
                                  "google/rpc/status.proto"};

TEST_CASE("builtin_files: each is there under the name it is imported by") {
  for (const char* name : kNames) {
    CAPTURE(name);
    CHECK(BuiltinFiles::Has(name));
    CHECK(BuiltinFiles::Read(name).name() == name);
  }
}

TEST_CASE("builtin_files: what else is linked in is not among them") {
  for (const char* name :
       {"helloworld.proto", "grpc/reflection/v1/reflection.proto", "google/protobuf/unknown.proto", ""}) {
    CHECK_FALSE(BuiltinFiles::Has(name));
    CHECK_FALSE(BuiltinFiles::IsPreferred(name));
    CHECK(BuiltinFiles::Read(name).name() == "");
  }
}

TEST_CASE("builtin_files: google/protobuf is preferred to any copy, google/rpc is not") {
  CHECK(BuiltinFiles::IsPreferred("google/protobuf/any.proto"));
  CHECK_FALSE(BuiltinFiles::IsPreferred("google/rpc/status.proto"));
}

TEST_CASE("builtin_files: a symbol leads to its file") {
  CHECK(BuiltinFiles::FileWithSymbol("google.protobuf.Timestamp") == "google/protobuf/timestamp.proto");
  CHECK(BuiltinFiles::FileWithSymbol("google.protobuf.FieldOptions.CType") ==
        "google/protobuf/descriptor.proto");
  CHECK(BuiltinFiles::FileWithSymbol("google.protobuf.NULL_VALUE") == "google/protobuf/struct.proto");
  CHECK(BuiltinFiles::FileWithSymbol("google.rpc.BadRequest.FieldViolation.field") ==
        "google/rpc/error_details.proto");
}

TEST_CASE("builtin_files: other symbols lead nowhere, packages neither") {
  for (const char* name :
       {"google.protobuf", "google.rpc", "google", "", "google.protobuf.", "google.protobuf.Unknown",
        "google.rpc.Unknown", "grpc.reflection.v1.ServerReflection", "Timestamp"}) {
    CAPTURE(name);
    CHECK_FALSE(BuiltinFiles::FileWithSymbol(name));
  }
}

TEST_CASE("builtin_files: the pool is empty until a file is asked for") {
  BuiltinFiles builtins;
  for (const char* name : kNames) CHECK(builtins.pool().FindFileByName(name) == nullptr);
}

TEST_CASE("builtin_files: a file is built with what it imports, and nothing else") {
  BuiltinFiles builtins;
  builtins.Build("google/protobuf/type.proto");
  for (const char* name : {"type", "any", "source_context"}) {
    CHECK(builtins.pool().FindFileByName("google/protobuf/" + std::string(name) + ".proto") != nullptr);
  }
  CHECK(builtins.pool().FindFileByName("google/protobuf/api.proto") == nullptr);
}

TEST_CASE("builtin_files: all of them can be built, in any order, twice") {
  BuiltinFiles builtins;
  for (int round = 0; round < 2; ++round) {
    for (const char* name : kNames) builtins.Build(name);
    builtins.Build("no/such.proto");
  }
  for (const char* name : kNames) CHECK(builtins.pool().FindFileByName(name) != nullptr);
}

}  // namespace
}  // namespace rpcctl
