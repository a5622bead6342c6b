// The features of protobuf's editions: their names, numbers and values, as descriptor.proto declares them.
#pragma once

#include <span>
#include <string_view>

namespace rpcctl {

// What is settled for one declaration; the values are those of google.protobuf.FeatureSet. As they stand
// here they are the defaults of the editions 2023 and 2024.
struct FeatureSet {
  int field_presence = 1;
  int enum_type = 1;
  int repeated_field_encoding = 1;
  int utf8_validation = 2;
  int message_encoding = 1;
  int json_format = 1;

  bool Implicit() const { return field_presence == 2; }
  bool Required() const { return field_presence == 3; }
  bool Closed() const { return enum_type == 2; }
  bool Packed() const { return repeated_field_encoding == 1; }
  bool VerifiesUtf8() const { return utf8_validation == 2; }
  bool Delimited() const { return message_encoding == 2; }
};

struct FeatureValue {
  std::string_view name;
  int number;
};

struct Feature {
  std::string_view name;
  int number;
  int FeatureSet::*member;  // null for one that is about source text alone
  std::string_view enumeration;
  std::string_view unknown;  // the name of its value 0, which nothing may have
  std::span<const FeatureValue> values;
};

std::span<const Feature> AllFeatures();
// Null when there is none.
const Feature* FindFeature(std::string_view name);
const Feature* FindFeature(int number);

// "IMPLICIT" for 2; empty when `feature` has no such value.
std::string_view FeatureValueName(const Feature& feature, int number);

// From this number on a FeatureSet is extended by the generators of single languages: nothing that changes
// the wire.
inline constexpr int kFirstLanguageFeature = 1000;

// The kinds of declarations that may have features, and the number of the field `features` in their options.
inline constexpr int kFileFeatures = 50;
inline constexpr int kMessageFeatures = 12;
inline constexpr int kFieldFeatures = 21;
inline constexpr int kOneofFeatures = 1;
inline constexpr int kEnumFeatures = 7;
inline constexpr int kEnumValueFeatures = 2;
inline constexpr int kServiceFeatures = 34;
inline constexpr int kMethodFeatures = 35;
inline constexpr int kExtensionRangeFeatures = 50;

// Of the options that `type`, the full name of a message of descriptor.proto, is; 0 for any other.
int FeaturesNumberIn(std::string_view type);

}  // namespace rpcctl
