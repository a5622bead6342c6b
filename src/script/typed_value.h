// Values that an expectation compares: of one type on both sides, so that numbers compare as numbers.
#pragma once

#include <compare>
#include <cstdint>
#include <variant>

#include "message/scalar.h"

namespace rpcctl {

// A point or a length of time.
struct Instant {
  int64_t seconds = 0;
  int32_t nanos = 0;
  friend auto operator<=>(const Instant&, const Instant&) = default;
};

using TypedValue = std::variant<ScalarValue, Instant>;

// How `a` stands to `b`, which is of the same type: numbers and times by their size, texts by their bytes,
// enums by their numbers. Unordered only where one of two floats is NaN and the other is not; NaN is
// equivalent to NaN, since that is what a test asks for by it.
std::partial_ordering Compare(const TypedValue& a, const TypedValue& b);

}  // namespace rpcctl
