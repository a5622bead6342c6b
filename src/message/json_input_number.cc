#include "message/json_input_number.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>

namespace rpcctl {
namespace {

// Enough for every 64-bit integer and every exponent that matters; larger ones are cut down to it.
constexpr int64_t kLargestExponent = 1'000'000'000;
constexpr size_t kMostDigits = 20;  // of a 64-bit integer

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view TakeDigits(std::string_view& text) {
  const size_t count =
      static_cast<size_t>(std::find_if_not(text.begin(), text.end(), IsDigit) - text.begin());
  const std::string_view digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

bool Take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

// A JSON number in its parts: (-1)^negative * whole.fraction * 10^exponent.
struct Parts {
  bool valid = false;
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
  int64_t exponent = 0;
};

// Takes "e[+-]digits" off `text`, when it is there; false when it is malformed.
bool TakeExponent(std::string_view& text, int64_t& exponent) {
  if (!Take(text, 'e') && !Take(text, 'E')) return true;
  const bool negative = Take(text, '-');
  if (!negative) Take(text, '+');
  const std::string_view digits = TakeDigits(text);
  for (const char digit : digits) exponent = std::min(exponent * 10 + (digit - '0'), kLargestExponent);
  if (negative) exponent = -exponent;
  return !digits.empty();
}

Parts TakeApart(std::string_view text) {
  Parts parts;
  parts.negative = Take(text, '-');
  parts.whole = TakeDigits(text);
  if (parts.whole.empty() || (parts.whole.size() > 1 && parts.whole[0] == '0')) return parts;
  if (Take(text, '.')) {
    parts.fraction = TakeDigits(text);
    if (parts.fraction.empty()) return parts;
  }
  parts.valid = TakeExponent(text, parts.exponent) && text.empty();
  return parts;
}

// Tells a number too small for a float from one too large.
bool IsBelowOne(const Parts& parts) {
  const size_t in_whole = parts.whole.find_first_not_of('0');
  if (in_whole != std::string_view::npos) {
    return static_cast<int64_t>(parts.whole.size() - in_whole) + parts.exponent <= 0;
  }
  const size_t in_fraction = parts.fraction.find_first_not_of('0');
  return in_fraction == std::string_view::npos || parts.exponent - static_cast<int64_t>(in_fraction) <= 0;
}

// The absolute value of a number that is whole.
JsonNumber<uint64_t> WholeMagnitude(const Parts& parts) {
  std::string digits(parts.whole);
  digits += parts.fraction;
  int64_t exponent = parts.exponent - static_cast<int64_t>(parts.fraction.size());
  const size_t last = digits.find_last_not_of('0');
  if (last == std::string::npos) return {};
  exponent += static_cast<int64_t>(digits.size() - last - 1);
  digits.resize(last + 1);
  digits.erase(0, digits.find_first_not_of('0'));
  if (exponent < 0) return {0, NumberFault::kNotAnInteger};
  if (static_cast<int64_t>(digits.size()) + exponent > static_cast<int64_t>(kMostDigits)) {
    return {0, NumberFault::kOutOfRange};
  }
  digits.append(static_cast<size_t>(exponent), '0');
  uint64_t value = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return {value, result.ec == std::errc() ? NumberFault::kNone : NumberFault::kOutOfRange};
}

template <typename T>
JsonNumber<T> ReadWrittenOtherwise(std::string_view text) {
  const Parts parts = TakeApart(text);
  if (!parts.valid) return {0, NumberFault::kNotANumber};
  const JsonNumber<uint64_t> magnitude = WholeMagnitude(parts);
  if (magnitude.fault != NumberFault::kNone) return {0, magnitude.fault};
  constexpr auto kMost = static_cast<uint64_t>(std::numeric_limits<T>::max());
  constexpr uint64_t kMostNegative = std::numeric_limits<T>::is_signed ? kMost + 1 : 0;
  if (magnitude.value > (parts.negative ? kMostNegative : kMost)) return {0, NumberFault::kOutOfRange};
  return {static_cast<T>(parts.negative ? 0 - magnitude.value : magnitude.value)};
}

// Plain digits, as nearly every integer is written, at once; the rest with care.
template <typename T>
JsonNumber<T> ReadInteger(std::string_view text) {
  T value = 0;
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  const size_t sign = text.starts_with('-') ? 1 : 0;
  const bool leading_zero = text.size() > sign + 1 && text[sign] == '0';
  if (result.ec == std::errc() && result.ptr == end && !leading_zero) return {value};
  return ReadWrittenOtherwise<T>(text);
}

// Whether a text that std::from_chars takes is a number of JSON, too: it also takes 01, 1., .5 and inf.
bool IsJsonNumber(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (!IsDigit(text[0]) || (text[0] == '0' && text.size() > 1 && IsDigit(text[1]))) return false;
  const size_t point = text.find('.');
  return point == std::string_view::npos || (point + 1 < text.size() && IsDigit(text[point + 1]));
}

template <typename T>
JsonNumber<T> ReadFloat(std::string_view text) {
  T value = 0;
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  if (result.ec == std::errc() && result.ptr == end && IsJsonNumber(text)) return {value};
  const Parts parts = TakeApart(text);
  if (!parts.valid) return {0, NumberFault::kNotANumber};
  if (IsBelowOne(parts)) return {parts.negative ? -T{0} : T{0}};
  return {0, NumberFault::kOutOfRange};
}

}  // namespace

JsonNumber<int32_t> ReadInt32(std::string_view text) {
  return ReadInteger<int32_t>(text);
}
JsonNumber<int64_t> ReadInt64(std::string_view text) {
  return ReadInteger<int64_t>(text);
}
JsonNumber<uint32_t> ReadUint32(std::string_view text) {
  return ReadInteger<uint32_t>(text);
}
JsonNumber<uint64_t> ReadUint64(std::string_view text) {
  return ReadInteger<uint64_t>(text);
}
JsonNumber<float> ReadFloat32(std::string_view text) {
  return ReadFloat<float>(text);
}
JsonNumber<double> ReadFloat64(std::string_view text) {
  return ReadFloat<double>(text);
}

}  // namespace rpcctl
