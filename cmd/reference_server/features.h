// The features that RouteGuide knows: listed in JSON, or made up by the million.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "reference_server/outcome.h"
#include "reference_server/place.h"

namespace rpcctl::reference {

// Something at a place; the name may be empty.
struct Feature {
  std::string name;
  Place place;
};

// Features in a fixed order. All of it may be called from any thread.
class FeatureSource {
 public:
  virtual ~FeatureSource() = default;

  virtual int64_t count() const = 0;

  // The feature at `index`, which is at least 0 and less than count().
  virtual Feature At(int64_t index) const = 0;

  // The name of the first feature exactly at `place`; empty where there is none, or none with a name.
  virtual std::string NameAt(Place place) const = 0;
};

// Reads a JSON array of {"name": text, "latitude": int, "longitude": int}, places in degrees times 1e7.
// `origin` names the text in a failure: "ORIGIN:LINE: ..." where it is not JSON, "ORIGIN: feature 3: ..."
// where it says too little.
Outcome<std::unique_ptr<FeatureSource>> FeaturesFromJson(std::string_view json, std::string_view origin);

// The same from a file of at most 64 MiB.
Outcome<std::unique_ptr<FeatureSource>> FeaturesFromFile(const std::string& path);

// What features.json held when the server was built.
Outcome<std::unique_ptr<FeatureSource>> BuiltInFeatures();

// The most that MadeUpFeatures can place.
inline constexpr int64_t kMostMadeUpFeatures = 400'000'000;

// `count` features (0 to kMostMadeUpFeatures) on a grid within latitude 400000000 to 420000000 and longitude
// -750000000 to -730000000, computed when asked for: they take no memory.
std::unique_ptr<FeatureSource> MadeUpFeatures(int64_t count);

}  // namespace rpcctl::reference
