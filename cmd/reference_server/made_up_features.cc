#include <optional>

#include "reference_server/features.h"

namespace rpcctl::reference {
namespace {

constexpr Place kSouthWest = {400'000'000, -750'000'000};
constexpr int32_t kStep = 1'000;
constexpr int32_t kColumns = 20'000;

class Grid final : public FeatureSource {
 public:
  explicit Grid(int64_t count) : count_(count) {}

  int64_t count() const override { return count_; }

  Feature At(int64_t index) const override {
    const auto row = static_cast<int32_t>(index / kColumns);
    const auto column = static_cast<int32_t>(index % kColumns);
    return {NameOf(index), {kSouthWest.latitude + row * kStep, kSouthWest.longitude + column * kStep}};
  }

  std::string NameAt(Place place) const override {
    const std::optional<int64_t> index = IndexOf(place);
    return index ? NameOf(*index) : "";
  }

 private:
  static std::string NameOf(int64_t index) { return "Place " + std::to_string(index + 1); }

  std::optional<int64_t> IndexOf(Place place) const {
    const int64_t north = int64_t{place.latitude} - kSouthWest.latitude;
    const int64_t east = int64_t{place.longitude} - kSouthWest.longitude;
    if (north < 0 || east < 0 || north % kStep != 0 || east % kStep != 0) return {};
    if (east / kStep >= kColumns) return {};
    const int64_t index = north / kStep * kColumns + east / kStep;
    if (index >= count_) return {};
    return index;
  }

  const int64_t count_;
};

}  // namespace

std::unique_ptr<FeatureSource> MadeUpFeatures(int64_t count) {
  return std::make_unique<Grid>(count);
}

}  // namespace rpcctl::reference
