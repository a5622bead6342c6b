#include "base/lowered_features.h"

#include <doctest/doctest.h>
#include <google/protobuf/unknown_field_set.h>

namespace rpcctl {
namespace {

using google::protobuf::UnknownField;
using google::protobuf::UnknownFieldSet;

// Counts which of the fields are looked at.
struct Counted {
  int field_count() const { return fields.field_count(); }
  const UnknownField& field(int index) const {
    ++looks;
    return fields.field(index);
  }

  UnknownFieldSet fields;
  mutable int looks = 0;
};

TEST_CASE("lowered_features: the last mark that is a number counts") {
  UnknownFieldSet unknown;
  CHECK(LoweredMark(unknown) == 0);
  unknown.AddVarint(kLoweredNumber, 5);
  unknown.AddVarint(kLoweredNumber, 7);
  unknown.AddLengthDelimited(kLoweredNumber, "o.proto");
  unknown.AddVarint(50'000, 9);
  CHECK(LoweredMark(unknown) == 7);
}

TEST_CASE("lowered_features: however many fields there are, only the last are looked at") {
  Counted unknown;
  unknown.fields.AddVarint(kLoweredNumber, 7);
  for (int i = 0; i < 100'000; ++i) unknown.fields.AddVarint(50'000, 9);
  CHECK(LoweredMark(unknown) == 0);
  CHECK(unknown.looks == kLoweredAmongLast);
}

}  // namespace
}  // namespace rpcctl
