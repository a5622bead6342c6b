#include "script/typed_value.h"

#include <cmath>
#include <string>
#include <type_traits>

namespace rpcctl {
namespace {

template <typename T>
std::partial_ordering CompareSame(const T& a, const T& b) {
  if constexpr (std::is_same_v<T, EnumNumber>) {
    return a.number <=> b.number;
  } else if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(a) && std::isnan(b)) return std::partial_ordering::equivalent;
    return a <=> b;
  } else {
    return a <=> b;
  }
}

std::partial_ordering CompareScalars(const ScalarValue& a, const ScalarValue& b) {
  return std::visit(
      [&b](const auto& value) -> std::partial_ordering {
        const auto* other = std::get_if<std::remove_cvref_t<decltype(value)>>(&b);
        return other != nullptr ? CompareSame(value, *other) : std::partial_ordering::unordered;
      },
      a);
}

}  // namespace

std::partial_ordering Compare(const TypedValue& a, const TypedValue& b) {
  const auto* first = std::get_if<Instant>(&a);
  const auto* second = std::get_if<Instant>(&b);
  if (first != nullptr && second != nullptr) return *first <=> *second;
  if (first != nullptr || second != nullptr) return std::partial_ordering::unordered;
  return CompareScalars(std::get<ScalarValue>(a), std::get<ScalarValue>(b));
}

}  // namespace rpcctl
