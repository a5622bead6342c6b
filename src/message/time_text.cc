#include "message/time_text.h"

#include <fmt/format.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "base/duration.h"
#include "message/input_error.h"

namespace rpcctl {
namespace {

using std::chrono::system_clock;

constexpr int64_t kNanosPerSecond = 1'000'000'000;
constexpr int64_t kFirstSecond = -62'135'596'800;  // 0001-01-01T00:00:00Z
constexpr int64_t kLastSecond = 253'402'300'799;   // 9999-12-31T23:59:59Z

// A moment on the calendar: its nanoseconds count forward, so that half a second before 1970 is second -1 and
// half a second. nullopt outside the years of a Timestamp.
std::optional<SecondsAndNanos> Moment(int64_t seconds, int64_t nanos) {
  seconds += nanos / kNanosPerSecond;
  nanos %= kNanosPerSecond;
  if (nanos < 0) {
    nanos += kNanosPerSecond;
    --seconds;
  }
  if (seconds < kFirstSecond || seconds > kLastSecond) return std::nullopt;
  return SecondsAndNanos{seconds, static_cast<int32_t>(nanos)};
}

// "", "+1h" and "-5m".
std::optional<Duration> ReadOffset(std::string_view text) {
  if (text.empty()) return Duration(0);
  const bool forward = text.starts_with('+');
  const bool backward = text.starts_with('-');
  const std::string_view length = text.substr(1);
  if ((!forward && !backward) || length.starts_with('-')) return std::nullopt;
  const Result<Duration> duration = ParseDuration(length);
  // What ParseDuration saturates must not be taken for a moment 292 years away.
  if (!duration || *duration == Duration::max()) return std::nullopt;
  return forward ? *duration : -*duration;
}

std::optional<SecondsAndNanos> ReadNow(std::string_view offset, system_clock::time_point now) {
  const std::optional<Duration> length = ReadOffset(offset);
  if (!length) return std::nullopt;
  const int64_t base = Duration(now.time_since_epoch()).count();
  const int64_t add = length->count();
  return Moment(base / kNanosPerSecond + add / kNanosPerSecond,
                base % kNanosPerSecond + add % kNanosPerSecond);
}

std::optional<SecondsAndNanos> ReadUnix(std::string_view text) {
  const std::optional<SecondsAndNanos> since_1970 = ReadDurationText(std::string(text) + "s");
  return since_1970 ? Moment(since_1970->seconds, since_1970->nanos) : std::nullopt;
}

constexpr size_t kDateLength = 10;  // 2026-11-22

std::optional<SecondsAndNanos> ReadCalendar(std::string text) {
  if (text.size() == kDateLength) return ReadTimestampText(text + "T00:00:00Z");
  if (text.size() > kDateLength && (text[kDateLength] == ' ' || text[kDateLength] == 't'))
    text[kDateLength] = 'T';
  if (text.ends_with('z')) text.back() = 'Z';
  return ReadTimestampText(text);
}

std::optional<SecondsAndNanos> ReadTimestamp(std::string_view text, system_clock::time_point now) {
  if (text.starts_with("now")) return ReadNow(text.substr(3), now);
  if (text.starts_with("unix:")) return ReadUnix(text.substr(5));
  return ReadCalendar(std::string(text));
}

}  // namespace

Result<SecondsAndNanos> ParseTimestampText(std::string_view text, system_clock::time_point now) {
  if (const std::optional<SecondsAndNanos> time = ReadTimestamp(text, now)) return *time;
  if (ReadCalendar(std::string(text) + "Z")) {
    return InputError("", fmt::format("{} has no time zone", Quoted(text)),
                      "end it in Z or in an offset as +02:00");
  }
  return InputError(
      "", fmt::format("expected google.protobuf.Timestamp, found {}", Quoted(text)),
      "write it as 2026-11-22T10:30:00Z, 2026-11-22, now, now-5m or unix:1700000000 (years 1 to 9999)");
}

Result<SecondsAndNanos> ParseDurationText(std::string_view text) {
  if (const std::optional<SecondsAndNanos> seconds = ReadDurationText(text)) return *seconds;
  const Result<Duration> length = ParseDuration(text);
  if (!length) {
    return InputError("", fmt::format("expected google.protobuf.Duration, found {}", Quoted(text)),
                      "write it as 5s, 1h30m or 250ms");
  }
  // What ParseDuration saturates must not be sent as something shorter.
  const int64_t nanos = length->count();
  if (nanos == std::numeric_limits<int64_t>::max() || nanos == -std::numeric_limits<int64_t>::max()) {
    return InputError("", fmt::format("{} is out of range for google.protobuf.Duration", Quoted(text)),
                      "beyond 292 years write seconds alone, up to 315576000000s");
  }
  return SecondsAndNanos{nanos / kNanosPerSecond, static_cast<int32_t>(nanos % kNanosPerSecond)};
}

}  // namespace rpcctl
