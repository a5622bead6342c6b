#include "message/well_known_text.h"

#include <algorithm>
#include <chrono>

namespace rpcctl {
namespace {

constexpr int64_t kFirstSecond = -62'135'596'800;  // 0001-01-01T00:00:00Z
constexpr int64_t kLastSecond = 253'402'300'799;   // 9999-12-31T23:59:59Z
constexpr int64_t kLongestDuration = 315'576'000'000;
constexpr size_t kMostSecondDigits = 12;
constexpr size_t kMostFractionDigits = 9;

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
bool IsUpper(char c) {
  return c >= 'A' && c <= 'Z';
}

// Takes the parts of a fixed form off the front of a text; remembers whether one was missing.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool Take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void Expect(char c) { ok_ = Take(c) && ok_; }

  // A number of `fewest` to `most` digits.
  int64_t Digits(size_t fewest, size_t most) {
    int64_t value = 0;
    size_t count = 0;
    for (; count < most && count < rest_.size() && IsDigit(rest_[count]); ++count) {
      value = value * 10 + (rest_[count] - '0');
    }
    rest_.remove_prefix(count);
    ok_ = ok_ && count >= fewest;
    digits_ = count;
    return value;
  }
  int Two() { return static_cast<int>(Digits(2, 2)); }

  // What follows a decimal point, when there is one, in billionths.
  int32_t Nanos() {
    if (!Take('.')) return 0;
    int64_t nanos = Digits(1, kMostFractionDigits);
    for (size_t i = digits_; i < kMostFractionDigits; ++i) nanos *= 10;
    return static_cast<int32_t>(nanos);
  }

  // Whether everything was there and nothing is left.
  bool Done() const { return ok_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
  size_t digits_ = 0;  // of the last number
};

struct Clock {
  int hour = 0;
  int minute = 0;
  int second = 0;

  bool Exists() const { return hour < 24 && minute < 60 && second < 60; }
  int64_t Seconds() const { return hour * 3600 + minute * 60 + second; }
};

std::chrono::year_month_day ReadDay(Scanner& scanner) {
  const int year = static_cast<int>(scanner.Digits(4, 4));
  scanner.Expect('-');
  const int month = scanner.Two();
  scanner.Expect('-');
  const int day = scanner.Two();
  return {std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
          std::chrono::day(static_cast<unsigned>(day))};
}

Clock ReadClock(Scanner& scanner) {
  Clock clock;
  clock.hour = scanner.Two();
  scanner.Expect(':');
  clock.minute = scanner.Two();
  scanner.Expect(':');
  clock.second = scanner.Two();
  return clock;
}

struct Offset {
  Clock length;
  bool west = false;  // behind UTC
};

Offset ReadOffset(Scanner& scanner) {
  Offset offset;
  if (scanner.Take('Z')) return offset;
  offset.west = scanner.Take('-');
  if (!offset.west) scanner.Expect('+');
  offset.length.hour = scanner.Two();
  scanner.Expect(':');
  offset.length.minute = scanner.Two();
  return offset;
}

}  // namespace

std::optional<SecondsAndNanos> ReadTimestampText(std::string_view text) {
  Scanner scanner(text);
  const std::chrono::year_month_day day = ReadDay(scanner);
  scanner.Expect('T');
  const Clock clock = ReadClock(scanner);
  const int32_t nanos = scanner.Nanos();
  const Offset offset = ReadOffset(scanner);
  if (!scanner.Done() || !day.ok() || !clock.Exists() || !offset.length.Exists()) return std::nullopt;
  const int64_t days = std::chrono::sys_days(day).time_since_epoch().count();
  const int64_t shift = offset.length.Seconds();
  const int64_t seconds = days * 86'400 + clock.Seconds() + (offset.west ? shift : -shift);
  if (seconds < kFirstSecond || seconds > kLastSecond) return std::nullopt;
  return SecondsAndNanos{seconds, nanos};
}

std::optional<SecondsAndNanos> ReadDurationText(std::string_view text) {
  Scanner scanner(text);
  const bool negative = scanner.Take('-');
  const int64_t seconds = scanner.Digits(1, kMostSecondDigits);
  const int32_t nanos = scanner.Nanos();
  scanner.Expect('s');
  if (!scanner.Done() || seconds > kLongestDuration) return std::nullopt;
  return SecondsAndNanos{negative ? -seconds : seconds, negative ? -nanos : nanos};
}

bool AppendFieldMaskPath(std::string_view camel_case, std::string& out) {
  if (camel_case.empty() || camel_case.find('_') != std::string_view::npos) return false;
  for (const char c : camel_case) {
    if (IsUpper(c)) out += '_';
    out += IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return true;
}

}  // namespace rpcctl
