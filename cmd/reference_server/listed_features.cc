#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <vector>

#include "reference_server/built_in_features.h"
#include "reference_server/features.h"

namespace rpcctl::reference {
namespace {

constexpr size_t kMostBytes = 64 << 20;
constexpr int64_t kLatitudeLimit = 900'000'000;
constexpr int64_t kLongitudeLimit = 1'800'000'000;
// Iterative, so that deep nesting cannot overflow the stack.
constexpr unsigned kParseFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;

class List final : public FeatureSource {
 public:
  explicit List(std::vector<Feature> features) : features_(std::move(features)) {
    // The first of several at one place wins.
    for (const Feature& feature : features_) names_.try_emplace(feature.place, feature.name);
  }

  int64_t count() const override { return static_cast<int64_t>(features_.size()); }
  Feature At(int64_t index) const override { return features_[static_cast<size_t>(index)]; }

  std::string NameAt(Place place) const override {
    const auto found = names_.find(place);
    return found == names_.end() ? "" : std::string(found->second);
  }

 private:
  const std::vector<Feature> features_;
  std::map<Place, std::string_view> names_;
};

Outcome<int32_t> Degrees(const rapidjson::Value& feature, const char* member, int64_t limit) {
  const auto found = feature.FindMember(member);
  if (found != feature.MemberEnd() && found->value.IsInt64()) {
    const int64_t degrees = found->value.GetInt64();
    if (degrees >= -limit && degrees <= limit) return static_cast<int32_t>(degrees);
  }
  return Failure{fmt::format("'{}' is not an integer between {} and {}", member, -limit, limit)};
}

Outcome<Feature> ReadFeature(const rapidjson::Value& json) {
  if (!json.IsObject()) return Failure{"not an object"};
  const auto name = json.FindMember("name");
  if (name == json.MemberEnd() || !name->value.IsString()) return Failure{"'name' is not a string"};
  Outcome<int32_t> latitude = Degrees(json, "latitude", kLatitudeLimit);
  if (!latitude) return latitude.failure();
  Outcome<int32_t> longitude = Degrees(json, "longitude", kLongitudeLimit);
  if (!longitude) return longitude.failure();
  return Feature{{name->value.GetString(), name->value.GetStringLength()}, {*latitude, *longitude}};
}

Failure NotJson(std::string_view origin, std::string_view json, const rapidjson::Document& document) {
  const std::string_view before = json.substr(0, document.GetErrorOffset());
  return {fmt::format("{}:{}: {}", origin, 1 + std::count(before.begin(), before.end(), '\n'),
                      rapidjson::GetParseError_En(document.GetParseError()))};
}

}  // namespace

Outcome<std::unique_ptr<FeatureSource>> FeaturesFromJson(std::string_view json, std::string_view origin) {
  rapidjson::Document document;
  if (document.Parse<kParseFlags>(json.data(), json.size()).HasParseError())
    return NotJson(origin, json, document);
  if (!document.IsArray()) return Failure{fmt::format("{}: not an array of features", origin)};
  std::vector<Feature> features;
  for (const rapidjson::Value& entry : document.GetArray()) {
    Outcome<Feature> feature = ReadFeature(entry);
    if (!feature)
      return Failure{fmt::format("{}: feature {}: {}", origin, features.size() + 1, feature.failure().text)};
    features.push_back(*std::move(feature));
  }
  return std::unique_ptr<FeatureSource>(std::make_unique<List>(std::move(features)));
}

Outcome<std::unique_ptr<FeatureSource>> FeaturesFromFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kMostBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.is_open() || file.bad()) return Failure{fmt::format("{}: {}", path, std::strerror(errno))};
  text.resize(static_cast<size_t>(file.gcount()));
  if (text.size() > kMostBytes) return Failure{fmt::format("{}: larger than 64 MiB", path)};
  return FeaturesFromJson(text, path);
}

Outcome<std::unique_ptr<FeatureSource>> BuiltInFeatures() {
  return FeaturesFromJson(kBuiltInFeatures, "features.json");
}

}  // namespace rpcctl::reference
