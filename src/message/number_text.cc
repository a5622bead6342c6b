#include "message/number_text.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>
#include <system_error>
#include <type_traits>

namespace rpcctl {
namespace {

template <typename T>
struct NamedNumber {
  std::string_view name;
  T value;
};

template <typename T>
constexpr NamedNumber<T> kNamed[] = {
    {"inf", std::numeric_limits<T>::infinity()},      {"-inf", -std::numeric_limits<T>::infinity()},
    {"Infinity", std::numeric_limits<T>::infinity()}, {"-Infinity", -std::numeric_limits<T>::infinity()},
    {"nan", std::numeric_limits<T>::quiet_NaN()},     {"NaN", std::numeric_limits<T>::quiet_NaN()},
};

// The number in hexadecimal `digits` written in decimal; empty when they are none, or too many for any type.
std::string HexToDecimal(std::string_view digits) {
  uint64_t value = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  const bool all = failure == std::errc() && end == digits.data() + digits.size();
  // A power of ten that no integer type holds, so that it is told as out of range.
  if (failure == std::errc::result_out_of_range) return "1e400";
  return all ? std::to_string(value) : "";
}

// An unsigned number as JSON writes it.
std::string JsonForm(std::string_view text) {
  if (text.starts_with("0x") || text.starts_with("0X")) return HexToDecimal(text.substr(2));
  const size_t zeros = std::min(text.find_first_not_of('0'), text.size());
  text.remove_prefix(zeros);
  const bool begins_with_digit = !text.empty() && text.front() >= '0' && text.front() <= '9';
  const bool stands_for_zero = zeros > 0 || text.starts_with('.');
  return begins_with_digit || !stands_for_zero ? std::string(text) : std::string("0").append(text);
}

template <typename T>
JsonNumber<T> ReadJson(std::string_view text) {
  if constexpr (std::is_same_v<T, int32_t>) return ReadInt32(text);
  if constexpr (std::is_same_v<T, int64_t>) return ReadInt64(text);
  if constexpr (std::is_same_v<T, uint32_t>) return ReadUint32(text);
  if constexpr (std::is_same_v<T, uint64_t>) return ReadUint64(text);
  if constexpr (std::is_same_v<T, float>) return ReadFloat32(text);
  if constexpr (std::is_same_v<T, double>) return ReadFloat64(text);
}

}  // namespace

template <typename T>
JsonNumber<T> ReadNumberText(std::string_view text) {
  if constexpr (std::is_floating_point_v<T>) {
    for (const NamedNumber<T>& named : kNamed<T>) {
      if (text == named.name) return {named.value};
    }
  }
  std::string number;
  if (text.starts_with('-')) {
    number = "-";
    text.remove_prefix(1);
  }
  number += JsonForm(text);
  return ReadJson<T>(number);
}

template JsonNumber<int32_t> ReadNumberText(std::string_view);
template JsonNumber<int64_t> ReadNumberText(std::string_view);
template JsonNumber<uint32_t> ReadNumberText(std::string_view);
template JsonNumber<uint64_t> ReadNumberText(std::string_view);
template JsonNumber<float> ReadNumberText(std::string_view);
template JsonNumber<double> ReadNumberText(std::string_view);

}  // namespace rpcctl
