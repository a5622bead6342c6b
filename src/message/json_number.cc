#include "message/json_number.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

namespace rpcctl {
namespace {

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

char* PutWord(std::string_view word, char* out) {
  return std::copy(word.begin(), word.end(), out);
}

// Digits that no two numbers of the type share.
template <typename Float>
constexpr int64_t kDistinct = 0;
template <>
constexpr int64_t kDistinct<double> = 1'000'000'000'000'000;
template <>
constexpr int64_t kDistinct<float> = 1'000'000;

// Numbers of a few decimals are many, and much faster to write as whole ones with a point. When such a
// number, whose digits no other value shares, reads back as `value`, there is none that is shorter: a
// division of exact numbers is rounded as reading is. Nothing is written (nullptr) for others.
template <typename Float>
char* PutDecimal(Float value, char* out) {
  constexpr int kMostDecimals = 6;
  int64_t power = 1;
  for (int decimals = 1; decimals <= kMostDecimals; ++decimals) {
    power *= 10;
    const Float scaled = std::abs(value) * static_cast<Float>(power);
    if (!(scaled < static_cast<Float>(kDistinct<Float>))) return nullptr;
    const auto digits = static_cast<int64_t>(scaled + Float{0.5});
    if (static_cast<Float>(digits) / static_cast<Float>(power) != std::abs(value)) continue;
    if (value < 0) *out++ = '-';
    out = std::to_chars(out, out + kLongestNumber, digits / power).ptr;
    *out++ = '.';
    int64_t rest = digits;
    for (int i = 0; i < decimals; ++i, rest /= 10) out[decimals - 1 - i] = static_cast<char>('0' + rest % 10);
    return out + decimals;
  }
  return nullptr;
}

template <typename Float>
char* PutFloat(Float value, Float largest_fixed, char* out) {
  if (std::isnan(value)) return PutWord("NaN", out);
  if (std::isinf(value)) return PutWord(value > 0 ? "Infinity" : "-Infinity", out);
  char* const end = out + kLongestNumber;
  if (!ReadsBetterFixed(value, largest_fixed)) {
    return std::to_chars(out, end, value, std::chars_format::scientific).ptr;
  }
  // Whole numbers are many, and much faster to write as such.
  const auto whole = static_cast<int64_t>(value);
  if (value == 0) return PutWord(std::signbit(value) ? "-0" : "0", out);
  if (static_cast<Float>(whole) == value) return std::to_chars(out, end, whole).ptr;
  if (char* decimal_end = PutDecimal(value, out)) return decimal_end;
  return std::to_chars(out, end, value, std::chars_format::fixed).ptr;
}

template <typename Number>
void Append(Number value, std::string& out) {
  char digits[kLongestNumber];
  out.append(digits, PutNumber(value, digits));
}

}  // namespace

char* PutNumber(double value, char* out) {
  return PutFloat(value, kLargestFixed, out);
}

char* PutNumber(float value, char* out) {
  return PutFloat(value, kLargestFixedFloat, out);
}

char* PutNumber(int64_t value, char* out) {
  return std::to_chars(out, out + kLongestNumber, value).ptr;
}

char* PutNumber(uint64_t value, char* out) {
  return std::to_chars(out, out + kLongestNumber, value).ptr;
}

void AppendNumber(double value, std::string& out) {
  Append(value, out);
}

void AppendNumber(float value, std::string& out) {
  Append(value, out);
}

void AppendNumber(int64_t value, std::string& out) {
  Append(value, out);
}

void AppendNumber(uint64_t value, std::string& out) {
  Append(value, out);
}

}  // namespace rpcctl
