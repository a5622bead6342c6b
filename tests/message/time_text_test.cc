#include "message/time_text.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <vector>

namespace rpcctl {
namespace {

// 2026-11-22T10:30:00.5Z
constexpr std::chrono::system_clock::time_point kNow(std::chrono::milliseconds(1'795'343'400'500));

struct TimeCase {
  const char* text;
  int64_t seconds;
  int32_t nanos;
};

TEST_CASE("time_text: a timestamp is RFC 3339, a date, now or seconds since 1970") {
  for (const TimeCase& expected : std::vector<TimeCase>{
           {"2026-11-22T10:30:00Z", 1795343400, 0},
           {"2026-11-22t10:30:00z", 1795343400, 0},
           {"2026-11-22 10:30:00Z", 1795343400, 0},
           {"2026-11-22T10:30:00.123456789Z", 1795343400, 123456789},
           {"2026-11-22T10:30:00.5Z", 1795343400, 500000000},
           {"2026-11-22T12:30:00+02:00", 1795343400, 0},
           {"2026-11-21T23:00:00-11:30", 1795343400, 0},
           {"2026-11-22", 1795305600, 0},
           {"2024-02-29", 1709164800, 0},
           {"1969-12-31T23:59:59.5Z", -1, 500000000},
           {"0001-01-01T00:00:00Z", -62135596800, 0},
           {"9999-12-31T23:59:59.999999999Z", 253402300799, 999999999},
           {"now", 1795343400, 500000000},
           {"now-5m", 1795343100, 500000000},
           {"now+1h", 1795347000, 500000000},
           {"now-600ms", 1795343399, 900000000},
           {"unix:1700000000", 1700000000, 0},
           {"unix:1700000000.25", 1700000000, 250000000},
           {"unix:-0.25", -1, 750000000},
       }) {
    CAPTURE(expected.text);
    const Result<SecondsAndNanos> time = ParseTimestampText(expected.text, kNow);
    REQUIRE(time);
    CHECK(time->seconds == expected.seconds);
    CHECK(time->nanos == expected.nanos);
  }
}

TEST_CASE("time_text: what is no timestamp is told the forms") {
  for (const char* text : {"",
                           "yesterday",
                           "2026-11-31",
                           "2025-02-29",
                           "2026-13-01",
                           "2026-1-1",
                           "2026-11-22T24:00:00Z",
                           "2026-11-22T10:60:00Z",
                           "2026-11-22T10:30:60Z",
                           "2026-11-22T10:30Z",
                           "2026-11-22T10:30:00.Z",
                           "2026-11-22T10:30:00.1234567890Z",
                           "2026-11-22T10:30:00+0200",
                           "2026-11-22T10:30:00Zx",
                           "now5m",
                           "now+",
                           "now+-5m",
                           "now-5",
                           "unix:",
                           "unix:1.",
                           "unix:x",
                           "nowhere",
                           "2026-11-22T10:30:00+25:00"}) {
    CAPTURE(text);
    const Result<SecondsAndNanos> time = ParseTimestampText(text, kNow);
    REQUIRE_FALSE(time);
    CHECK(time.error().kind == ErrorKind::kInput);
    CHECK(time.error().message == fmt::format("expected google.protobuf.Timestamp, found '{}'", text));
    CHECK(time.error().hint ==
          "write it as 2026-11-22T10:30:00Z, 2026-11-22, now, now-5m or unix:1700000000 (years 1 to 9999)");
  }
}

TEST_CASE("time_text: a timestamp without a zone is told that it lacks one") {
  const Error error = ParseTimestampText("2026-11-22T10:30:00", kNow).error();
  CHECK(error.message == "'2026-11-22T10:30:00' has no time zone");
  CHECK(error.hint == "end it in Z or in an offset as +02:00");
}

TEST_CASE("time_text: a timestamp beyond its years is refused") {
  for (const char* text : {"0000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
                           "unix:253402300800", "unix:-62135596801", "unix:99999999999999999999999"}) {
    CAPTURE(text);
    CHECK_FALSE(ParseTimestampText(text, kNow));
  }
}

TEST_CASE("time_text: an offset from now that is too large to count is refused, not shortened") {
  CHECK_FALSE(ParseTimestampText("now+9999999999999h", kNow));
  CHECK_FALSE(ParseTimestampText("now-9999999999999h", kNow));
  CHECK(ParseTimestampText("now-99999h", kNow));
}

TEST_CASE("time_text: durations are sums of units, and both parts have the sign") {
  for (const TimeCase& expected : std::vector<TimeCase>{{"5s", 5, 0},
                                                        {"1h30m", 5400, 0},
                                                        {"250ms", 0, 250000000},
                                                        {"-5s", -5, 0},
                                                        {"-1.5s", -1, -500000000},
                                                        {"-250ms", 0, -250000000},
                                                        {"1.000000001s", 1, 1},
                                                        {"315576000000s", 315576000000, 0},
                                                        {"-315576000000s", -315576000000, 0},
                                                        {"0s", 0, 0}}) {
    CAPTURE(expected.text);
    const Result<SecondsAndNanos> time = ParseDurationText(expected.text);
    REQUIRE(time);
    CHECK(time->seconds == expected.seconds);
    CHECK(time->nanos == expected.nanos);
  }
}

TEST_CASE("time_text: what is no duration is told the forms") {
  for (const char* text : {"", "5", "s", "1e3s", "5 s", "inf"}) {
    CAPTURE(text);
    const Result<SecondsAndNanos> time = ParseDurationText(text);
    REQUIRE_FALSE(time);
    CHECK(time.error().kind == ErrorKind::kInput);
    CHECK(time.error().message == fmt::format("expected google.protobuf.Duration, found '{}'", text));
    CHECK(time.error().hint == "write it as 5s, 1h30m or 250ms");
  }
}

TEST_CASE("time_text: a duration beyond its range is refused, never shortened") {
  for (const char* text : {"9000000h", "-9000000h", "315576000001s"}) {
    CAPTURE(text);
    const Result<SecondsAndNanos> time = ParseDurationText(text);
    REQUIRE_FALSE(time);
    CHECK(time.error().message == fmt::format("'{}' is out of range for google.protobuf.Duration", text));
    CHECK(time.error().hint == "beyond 292 years write seconds alone, up to 315576000000s");
  }
}

}  // namespace
}  // namespace rpcctl
