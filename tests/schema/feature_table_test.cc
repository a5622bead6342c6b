#include "schema/feature_table.h"

#include <doctest/doctest.h>

#include <set>

namespace rpcctl {
namespace {

TEST_CASE("feature_table: a feature is found by its name and by its number") {
  std::set<int> numbers;
  for (const Feature& feature : AllFeatures()) {
    CHECK(FindFeature(feature.name) == &feature);
    CHECK(FindFeature(feature.number) == &feature);
    CHECK(numbers.insert(feature.number).second);
  }
  CHECK(FindFeature("field_presense") == nullptr);
  CHECK(FindFeature(99) == nullptr);
}

TEST_CASE("feature_table: values have names, the one that means nothing has none") {
  const Feature& utf8 = *FindFeature("utf8_validation");
  CHECK(FeatureValueName(utf8, 2) == "VERIFY");
  CHECK(FeatureValueName(utf8, 3) == "NONE");
  CHECK(FeatureValueName(utf8, 0).empty());
  CHECK(FeatureValueName(utf8, 1).empty());
}

TEST_CASE("feature_table: the defaults are values of their features") {
  const FeatureSet defaults;
  for (const Feature& feature : AllFeatures()) {
    if (feature.member != nullptr) CHECK_FALSE(FeatureValueName(feature, defaults.*feature.member).empty());
  }
}

TEST_CASE("feature_table: features stand in options alone") {
  CHECK(FeaturesNumberIn("google.protobuf.FieldOptions") == 21);
  CHECK(FeaturesNumberIn("google.protobuf.FieldDescriptorProto") == 0);
}

}  // namespace
}  // namespace rpcctl
