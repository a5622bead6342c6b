#include "schema/newer_descriptor.h"

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include "schema/builtin_files.h"
#include "tests/support/fake_source.h"

namespace rpcctl {
namespace {

TEST_CASE("newer_descriptor: features and editions are known by name") {
  BuiltinFiles builtins;
  builtins.Build("google/protobuf/descriptor.proto");
  const auto& pool = builtins.pool();
  const auto* features = pool.FindFieldByName("google.protobuf.FieldOptions.features");
  REQUIRE(features != nullptr);
  CHECK(features->number() == 21);
  CHECK(features->message_type()->FindFieldByName("message_encoding")->number() == 5);
  CHECK(pool.FindEnumValueByName("google.protobuf.EDITION_2023")->number() == 1000);
  CHECK(pool.FindFieldByName("google.protobuf.FileDescriptorProto.edition")->number() == 14);
}

TEST_CASE("newer_descriptor: its names lead to descriptor.proto") {
  CHECK(BuiltinFiles::FileWithSymbol("google.protobuf.FeatureSet.EnumType") ==
        "google/protobuf/descriptor.proto");
  CHECK(BuiltinFiles::FileWithSymbol("google.protobuf.Edition") == "google/protobuf/descriptor.proto");
  CHECK_FALSE(IsNewInDescriptor("google.protobuf.FeatureSets"));
  CHECK_FALSE(IsNewInDescriptor("google.protobuf.FieldOptions"));
}

TEST_CASE("newer_descriptor: a file that extends FeatureSet for a language can be built") {
  FakeServer server{
      {"go.proto",
       "syntax = \"proto2\"; package pb; import \"google/protobuf/descriptor.proto\"; message Go { "
       "optional bool opaque = 1; } extend google.protobuf.FeatureSet { optional Go go = 1002; }"}};
  const auto schema = SchemaOver(server);
  const Result<Symbol> symbol = schema->FindSymbol("pb.go");
  REQUIRE_MESSAGE(symbol, (symbol ? "" : symbol.error().message));
  CHECK(symbol->field->containing_type()->full_name() == "google.protobuf.FeatureSet");
}

}  // namespace
}  // namespace rpcctl
