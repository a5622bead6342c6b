#include "base/size.h"

#include <fmt/format.h>

#include <charconv>

namespace rpcctl {
namespace {

struct Unit {
  std::string_view name;
  uint64_t bytes;
};

constexpr Unit kUnits[] = {
    {"", 1},       {"B", 1},      {"KiB", 1 << 10},  {"MiB", 1 << 20},      {"GiB", 1 << 30},
    {"kB", 1'000}, {"KB", 1'000}, {"MB", 1'000'000}, {"GB", 1'000'000'000},
};

Error NotASize(std::string_view text) {
  return {ErrorKind::kUsage, fmt::format("'{}' is not a size", text),
          "write it as 4MiB, 512KiB or 1000 (bytes)"};
}

}  // namespace

Result<uint64_t> ParseSize(std::string_view text) {
  uint64_t number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc()) return NotASize(text);
  const std::string_view name = text.substr(static_cast<size_t>(end - text.data()));
  for (const Unit& unit : kUnits) {
    if (unit.name != name) continue;
    uint64_t bytes = 0;
    if (__builtin_mul_overflow(number, unit.bytes, &bytes)) return NotASize(text);
    return bytes;
  }
  return NotASize(text);
}

std::string FormatSize(uint64_t bytes) {
  if (bytes == 1) return "1 byte";
  if (bytes < 1024) return fmt::format("{} bytes", bytes);
  constexpr std::string_view kNames[] = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  double value = static_cast<double>(bytes) / 1024;
  size_t unit = 0;
  while (value >= 1024 && unit + 1 < std::size(kNames)) {
    value /= 1024;
    ++unit;
  }
  std::string number = fmt::format("{:.1f}", value);
  if (number.ends_with(".0")) number.resize(number.size() - 2);
  return number + " " + std::string(kNames[unit]);
}

}  // namespace rpcctl
