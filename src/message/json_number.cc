#include "message/json_number.h"

#include <charconv>
#include <cmath>

namespace rpcctl {
namespace {

// More than any number needs in the forms below: 17 digits, or 20 of an integer, sign, point, zeros,
// exponent.
constexpr size_t kLongest = 40;

// From here down people read an exponent more easily than zeros.
constexpr double kSmallestFixed = 1e-4;
// From here up too; every shorter integer is exact in the type, so that its digits are the shortest.
constexpr double kLargestFixed = 1e15;
constexpr float kLargestFixedFloat = 1e7f;

template <typename Float>
bool ReadsBetterFixed(Float value, Float limit) {
  const Float size = std::abs(value);
  return size == 0 || (size >= static_cast<Float>(kSmallestFixed) && size < limit);
}

template <typename Float>
void AppendFloat(Float value, Float largest_fixed, std::string& out) {
  if (std::isnan(value)) {
    out += "NaN";
    return;
  }
  if (std::isinf(value)) {
    out += value > 0 ? "Infinity" : "-Infinity";
    return;
  }
  char digits[kLongest];
  const auto form =
      ReadsBetterFixed(value, largest_fixed) ? std::chars_format::fixed : std::chars_format::scientific;
  out.append(digits, std::to_chars(digits, digits + kLongest, value, form).ptr);
}

template <typename Integer>
void AppendInteger(Integer value, std::string& out) {
  char digits[kLongest];
  out.append(digits, std::to_chars(digits, digits + kLongest, value).ptr);
}

}  // namespace

void AppendNumber(double value, std::string& out) {
  AppendFloat(value, kLargestFixed, out);
}

void AppendNumber(float value, std::string& out) {
  AppendFloat(value, kLargestFixedFloat, out);
}

void AppendNumber(int64_t value, std::string& out) {
  AppendInteger(value, out);
}

void AppendNumber(uint64_t value, std::string& out) {
  AppendInteger(value, out);
}

}  // namespace rpcctl
