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
  const bool is_whole = static_cast<Float>(whole) == value && (whole != 0 || !std::signbit(value));
  if (is_whole) return std::to_chars(out, end, whole).ptr;
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
