#include "schema/edition_features.h"

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/unknown_field_set.h>

#include "tests/support/wire_bytes.h"

namespace rpcctl {
namespace {

using google::protobuf::FieldOptions;
using google::protobuf::FileDescriptorProto;

FieldOptions WithBytes(const std::string& bytes) {
  FieldOptions options;
  options.mutable_unknown_fields()->AddLengthDelimited(21, bytes);
  return options;
}

// What ReadFeatures has against a FeatureSet of these bytes; "" for nothing.
std::string Problem(const std::string& bytes) {
  FeatureSet features;
  return ReadFeatures(WithBytes(bytes), features).value_or("");
}

std::string EditionProblem(int edition) {
  FileDescriptorProto file;
  file.set_syntax("editions");
  if (edition != 0) SetEdition(edition, file);
  const Result<void> checked = CheckEdition(file, "a.proto");
  return checked ? "" : checked.error().message;
}

TEST_CASE("edition_features: what options say is laid over what was inherited") {
  FeatureSet features;
  features.message_encoding = 2;
  FieldOptions options;
  AddFeature(1, 2, options);
  AddFeature(4, 3, options);
  CHECK_FALSE(ReadFeatures(options, features).has_value());
  CHECK(features.Implicit());
  CHECK_FALSE(features.VerifiesUtf8());
  CHECK(features.Delimited());
}

TEST_CASE("edition_features: of one feature said twice the last counts, in one field or in two") {
  FieldOptions options = WithBytes("\x08\x02");
  options.mutable_unknown_fields()->AddLengthDelimited(21, "\x08\x01");
  FeatureSet features;
  CHECK_FALSE(ReadFeatures(options, features).has_value());
  CHECK_FALSE(features.Implicit());
}

TEST_CASE("edition_features: what cannot change the wire is passed over") {
  CHECK(Problem("") == "");
  CHECK(Problem("\x38\x07") == "");                             // a naming style to come
  CHECK(Problem(WireLengthDelimited(1002, "\x08\x01")) == "");  // of a language
}

TEST_CASE("edition_features: what may change the wire and is not known is told") {
  CHECK(Problem("\x08\x11") == "the value 17 of field_presence, which is not known here");
  CHECK(Problem(std::string("\x08\x00", 2)) == "the value 0 of field_presence, which is not known here");
  CHECK(Problem(WireTagBytes(2, 0) + WireVarint(1ull << 40)) ==
        "the value 1099511627776 of enum_type, which is not known here");
  CHECK(Problem("\x60\x01") == "feature number 12, which is not known here");
}

TEST_CASE("edition_features: bytes that are no FeatureSet are told") {
  CHECK(Problem("\x08") == "features that are no google.protobuf.FeatureSet");
  CHECK(Problem("\x0a\x01\x02") == "a malformed field_presence");
  CHECK(Problem(WireNestedGroups(1000, 200)) == "features that are no google.protobuf.FeatureSet");
}

TEST_CASE("edition_features: another type of field under the number of features is none") {
  FieldOptions options;
  options.mutable_unknown_fields()->AddVarint(21, 5);
  FeatureSet features;
  CHECK_FALSE(ReadFeatures(options, features).has_value());
  CHECK(FeatureBytes(options).empty());
}

TEST_CASE("edition_features: two editions are known") {
  CHECK(EditionProblem(1000) == "");
  CHECK(EditionProblem(1001) == "");
  CHECK(EditionProblem(1002) == "a.proto: uses protobuf edition 2026");
  CHECK(EditionProblem(999) == "a.proto: uses protobuf edition number 999");
  CHECK(EditionProblem(-1) == "a.proto: uses protobuf edition number -1");
  CHECK(EditionProblem(0) == "a.proto: uses editions without saying which");
}

TEST_CASE("edition_features: proto2 and proto3 have no edition to be checked") {
  FileDescriptorProto file;
  file.set_syntax("proto3");
  SetEdition(77, file);
  CHECK(CheckEdition(file, "a.proto"));
}

}  // namespace
}  // namespace rpcctl
