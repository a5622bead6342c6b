// Places on the globe: which area holds them, how far apart they are.
#pragma once

#include <compare>
#include <cstdint>

namespace rpcctl::reference {

// A point in degrees times 1e7. Any value is allowed; those outside the globe are merely far away.
struct Place {
  int32_t latitude = 0;
  int32_t longitude = 0;

  auto operator<=>(const Place&) const = default;
};

// A rectangle with its edges; it does not wrap around the date line.
struct Area {
  Place south_west;
  Place north_east;
};

// The area between two opposite corners, given in any order.
Area AreaBetween(Place corner, Place opposite);

// Whether `place` lies in `area` or on its edge.
bool Contains(const Area& area, Place place);

// The great-circle distance in metres on a sphere of 6,371 km.
double MetresBetween(Place from, Place to);

}  // namespace rpcctl::reference
