#include "base/duration.h"

#include <fmt/format.h>

#include <cmath>

namespace rpcctl {
namespace {

struct Unit {
  std::string_view name;
  int64_t nanoseconds;
};

constexpr Unit kUnits[] = {
    // longest name first among those that share a beginning
    {"ms", 1'000'000},        {"us", 1'000},         {"ns", 1},
    {"h", 3'600'000'000'000}, {"m", 60'000'000'000}, {"s", 1'000'000'000},
};

constexpr std::string_view kExpected = "write it as 250ms, 5s or 1m30s";

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

Error NotADuration(std::string_view text) {
  return {ErrorKind::kUsage, fmt::format("'{}' is not a duration", text), std::string(kExpected)};
}

// The digits that `text` begins with, taken off it; at most one dot among them.
std::string_view TakeNumber(std::string_view& text) {
  size_t end = 0;
  bool dot = false;
  while (end < text.size() && (IsDigit(text[end]) || (text[end] == '.' && !dot))) {
    dot = dot || text[end] == '.';
    ++end;
  }
  std::string_view number = text.substr(0, end);
  text.remove_prefix(end);
  return number;
}

const Unit* TakeUnit(std::string_view& text) {
  for (const Unit& unit : kUnits) {
    if (!text.starts_with(unit.name)) continue;
    text.remove_prefix(unit.name.size());
    return &unit;
  }
  return nullptr;
}

// `number` times `scale` in whole nanoseconds, exact for the whole part; -1 when it does not fit.
int64_t Scaled(std::string_view number, int64_t scale) {
  int64_t whole = 0;
  size_t i = 0;
  for (; i < number.size() && number[i] != '.'; ++i) {
    if (__builtin_mul_overflow(whole, int64_t{10}, &whole)) return -1;
    if (__builtin_add_overflow(whole, int64_t{number[i] - '0'}, &whole)) return -1;
  }
  if (__builtin_mul_overflow(whole, scale, &whole)) return -1;
  int64_t digit_value = scale;
  for (++i; i < number.size() && digit_value > 0; ++i) {
    digit_value /= 10;
    if (__builtin_add_overflow(whole, (number[i] - '0') * digit_value, &whole)) return -1;
  }
  return whole;
}

}  // namespace

Result<Duration> ParseDuration(std::string_view text) {
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (negative) rest.remove_prefix(1);
  if (rest.empty()) return NotADuration(text);
  int64_t sum = 0;
  while (!rest.empty()) {
    const std::string_view number = TakeNumber(rest);
    if (number.empty() || number == ".") return NotADuration(text);
    if (rest.empty()) {
      return Error{ErrorKind::kUsage, fmt::format("'{}' has no unit", text), std::string(kExpected)};
    }
    const Unit* unit = TakeUnit(rest);
    if (unit == nullptr) return NotADuration(text);
    const int64_t part = Scaled(number, unit->nanoseconds);
    if (part < 0 || __builtin_add_overflow(sum, part, &sum)) sum = INT64_MAX;
    if (sum == INT64_MAX) break;
  }
  return Duration(negative ? -sum : sum);
}

Result<Duration> ParseTimeLimit(std::string_view text) {
  Result<Duration> limit = ParseDuration(text);
  if (!limit) return limit;
  if (limit->count() > 0) return limit;
  return Error{ErrorKind::kUsage, fmt::format("'{}' is not a time limit: it must be above zero", text),
               std::string(kExpected)};
}

std::string FormatDuration(Duration duration) {
  int64_t left = duration.count();
  if (left == 0) return "0s";
  std::string text = left < 0 ? "-" : "";
  constexpr Unit kDescending[] = {{"h", 3'600'000'000'000}, {"m", 60'000'000'000}, {"s", 1'000'000'000},
                                  {"ms", 1'000'000},        {"us", 1'000},         {"ns", 1}};
  for (const Unit& unit : kDescending) {
    const int64_t count = left / unit.nanoseconds;
    if (count == 0) continue;
    text += fmt::format("{}{}", count < 0 ? -count : count, unit.name);
    left -= count * unit.nanoseconds;
  }
  return text;
}

TimePoint After(TimePoint from, Duration length) {
  return length > TimePoint::max() - from ? TimePoint::max() : from + length;
}

}  // namespace rpcctl
