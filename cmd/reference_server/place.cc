#include "reference_server/place.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace rpcctl::reference {
namespace {

constexpr double kEarthRadiusMetres = 6'371'000;

double Radians(int64_t ten_millionths_of_a_degree) {
  return static_cast<double>(ten_millionths_of_a_degree) / 1e7 * std::numbers::pi / 180;
}

// Half the versed sine, which keeps small angles exact where a cosine would lose them.
double Haversine(double angle) {
  return std::sin(angle / 2) * std::sin(angle / 2);
}

}  // namespace

Area AreaBetween(Place corner, Place opposite) {
  const auto [south, north] = std::minmax(corner.latitude, opposite.latitude);
  const auto [west, east] = std::minmax(corner.longitude, opposite.longitude);
  return {{south, west}, {north, east}};
}

bool Contains(const Area& area, Place place) {
  return place.latitude >= area.south_west.latitude && place.latitude <= area.north_east.latitude &&
         place.longitude >= area.south_west.longitude && place.longitude <= area.north_east.longitude;
}

double MetresBetween(Place from, Place to) {
  const double north = Radians(int64_t{to.latitude} - from.latitude);
  const double east = Radians(int64_t{to.longitude} - from.longitude);
  const double shrink = std::cos(Radians(from.latitude)) * std::cos(Radians(to.latitude));
  // Latitudes beyond the poles, and rounding, would leave the range of the square root.
  const double half_chord = std::clamp(Haversine(north) + shrink * Haversine(east), 0.0, 1.0);
  return 2 * kEarthRadiusMetres * std::asin(std::sqrt(half_chord));
}

}  // namespace rpcctl::reference
