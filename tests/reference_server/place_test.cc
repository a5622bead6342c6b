#include "reference_server/place.h"

#include <doctest/doctest.h>

#include <limits>

namespace rpcctl::reference {
namespace {

constexpr int32_t kDegree = 10'000'000;

// In whole metres.
int64_t Metres(Place from, Place to) {
  return static_cast<int64_t>(MetresBetween(from, to));
}

TEST_CASE("place: an area holds its edges and nothing beyond") {
  const Area area = AreaBetween({10, 20}, {30, 40});
  CHECK(Contains(area, {10, 20}));
  CHECK(Contains(area, {30, 40}));
  CHECK(Contains(area, {20, 30}));
  CHECK_FALSE(Contains(area, {9, 30}));
  CHECK_FALSE(Contains(area, {31, 30}));
  CHECK_FALSE(Contains(area, {20, 19}));
  CHECK_FALSE(Contains(area, {20, 41}));
}

TEST_CASE("place: an area is the same from any two opposite corners") {
  for (const Area& area : {AreaBetween({10, 20}, {30, 40}), AreaBetween({30, 40}, {10, 20}),
                           AreaBetween({10, 40}, {30, 20}), AreaBetween({30, 20}, {10, 40})}) {
    CHECK(area.south_west == Place{10, 20});
    CHECK(area.north_east == Place{30, 40});
  }
}

TEST_CASE("place: distances along the equator and a meridian") {
  CHECK(Metres({0, 0}, {0, 0}) == 0);
  CHECK(Metres({0, 0}, {kDegree, 0}) == 111'194);
  CHECK(Metres({0, 0}, {0, kDegree}) == 111'194);
  CHECK(Metres({60 * kDegree, 0}, {60 * kDegree, kDegree}) == 55'596);
}

TEST_CASE("place: half around the globe is as far as it goes, also across the date line") {
  CHECK(Metres({90 * kDegree, 0}, {-90 * kDegree, 0}) == 20'015'086);
  CHECK(Metres({0, 179 * kDegree}, {0, -179 * kDegree}) == 222'389);
}

TEST_CASE("place: one millionth of a degree is not lost") {
  CHECK(MetresBetween({0, 0}, {10, 0}) == doctest::Approx(0.111194).epsilon(0.0001));
}

TEST_CASE("place: values off the globe give some distance") {
  constexpr int32_t kLow = std::numeric_limits<int32_t>::min();
  constexpr int32_t kHigh = std::numeric_limits<int32_t>::max();
  for (const Place& place : {Place{kLow, kLow}, Place{kHigh, kHigh}, Place{kLow, kHigh}, Place{kHigh, 0}}) {
    CHECK(MetresBetween(place, {0, 0}) >= 0);
    CHECK(MetresBetween(place, {kHigh, kLow}) <= 20'015'087);
  }
}

}  // namespace
}  // namespace rpcctl::reference
