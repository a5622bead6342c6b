#include "message/well_known_text.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

namespace rpcctl {
namespace {

// "seconds nanos", or "none".
std::string Show(const std::optional<SecondsAndNanos>& time) {
  return time ? fmt::format("{} {}", time->seconds, time->nanos) : "none";
}

std::string Timestamp(std::string_view text) {
  return Show(ReadTimestampText(text));
}

std::string Duration(std::string_view text) {
  return Show(ReadDurationText(text));
}

std::string Path(std::string_view text) {
  std::string path;
  return AppendFieldMaskPath(text, path) ? path : "none";
}

TEST_CASE("well_known_text: timestamps are read to the nanosecond") {
  CHECK(Timestamp("1970-01-01T00:00:00Z") == "0 0");
  CHECK(Timestamp("1970-01-01T00:00:01.5Z") == "1 500000000");
  CHECK(Timestamp("1969-12-31T23:59:59.999999999Z") == "-1 999999999");
  CHECK(Timestamp("1993-02-10T00:00:00.000Z") == "729302400 0");
  CHECK(Timestamp("2000-02-29T12:34:56.000000001Z") == "951827696 1");
}

TEST_CASE("well_known_text: offsets are taken off") {
  CHECK(Timestamp("1970-01-01T08:00:01+08:00") == "1 0");
  CHECK(Timestamp("1969-12-31T16:00:01-08:00") == "1 0");
  CHECK(Timestamp("1970-01-01T00:00:00.25-00:30") == "1800 250000000");
  CHECK(Timestamp("1970-01-02T00:00:00+23:59") == "60 0");
}

TEST_CASE("well_known_text: timestamps reach from the year 1 to 9999, in UTC") {
  CHECK(Timestamp("0001-01-01T00:00:00Z") == "-62135596800 0");
  CHECK(Timestamp("9999-12-31T23:59:59.999999999Z") == "253402300799 999999999");
  CHECK(Timestamp("0001-01-01T00:00:00+00:01") == "none");
  CHECK(Timestamp("9999-12-31T23:59:59-00:01") == "none");
  CHECK(Timestamp("0000-12-31T23:59:59Z") == "none");
  CHECK(Timestamp("10000-01-01T00:00:00Z") == "none");
}

TEST_CASE("well_known_text: days and times that do not exist are refused") {
  for (const char* text :
       {"2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z",
        "2026-01-32T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:60Z",
        "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+00:60", "1900-02-29T00:00:00Z"}) {
    CAPTURE(text);
    CHECK(Timestamp(text) == "none");
  }
}

TEST_CASE("well_known_text: what is not written as RFC 3339 has it is refused") {
  for (const char* text : {"",
                           "now",
                           "2026-01-01",
                           "2026-01-01T00:00:00",
                           "2026-01-01 00:00:00Z",
                           "2026-01-01t00:00:00Z",
                           "2026-01-01T00:00:00z",
                           "2026-01-01T00:00Z",
                           "2026-1-01T00:00:00Z",
                           "26-01-01T00:00:00Z",
                           "2026-01-01T00:00:00.Z",
                           "2026-01-01T00:00:00.0000000000Z",
                           "2026-01-01T00:00:00,5Z",
                           "2026-01-01T00:00:00+0800",
                           "2026-01-01T00:00:00+8:00",
                           "2026-01-01T00:00:00+08",
                           "2026-01-01T00:00:00ZZ",
                           " 2026-01-01T00:00:00Z",
                           "2026-01-01T00:00:00Z ",
                           "-026-01-01T00:00:00Z",
                           "20260101T000000Z"}) {
    CAPTURE(text);
    CHECK(Timestamp(text) == "none");
  }
}

TEST_CASE("well_known_text: durations are read to the nanosecond, of one sign") {
  CHECK(Duration("0s") == "0 0");
  CHECK(Duration("1.5s") == "1 500000000");
  CHECK(Duration("-1.5s") == "-1 -500000000");
  CHECK(Duration("-0.5s") == "0 -500000000");
  CHECK(Duration("3.000000001s") == "3 1");
  CHECK(Duration("007s") == "7 0");
}

TEST_CASE("well_known_text: durations reach 10,000 years") {
  CHECK(Duration("315576000000.999999999s") == "315576000000 999999999");
  CHECK(Duration("-315576000000.999999999s") == "-315576000000 -999999999");
  CHECK(Duration("315576000001s") == "none");
  CHECK(Duration("-315576000001.000000000s") == "none");
  CHECK(Duration("99999999999999999999999s") == "none");
}

TEST_CASE("well_known_text: what is no duration is refused") {
  for (const char* text : {"", "s", "1", "1.s", ".5s", "+1s", "--1s", "1 s", "1s ", "1S", "1m", "1e3s",
                           "1,5s", "1.0000000000s", "-s", "1ss"}) {
    CAPTURE(text);
    CHECK(Duration(text) == "none");
  }
}

TEST_CASE("well_known_text: the paths of a field mask turn from camel case to snake case") {
  CHECK(Path("name") == "name");
  CHECK(Path("user.displayName") == "user.display_name");
  CHECK(Path("a1B2") == "a1_b2");
  CHECK(Path("FooBar") == "_foo_bar");
}

TEST_CASE("well_known_text: a path with an underscore, or of nothing, is refused") {
  for (const char* text : {"", "_", "a_b", "a_", "_a"}) {
    CAPTURE(text);
    CHECK(Path(text) == "none");
  }
}

TEST_CASE("well_known_text: anything else may stand in a path") {
  for (const char* text : {"*", "a.*", "a-b", "1a", "a..b", "\x0b"}) {
    CAPTURE(text);
    CHECK(Path(text) == text);
  }
}

}  // namespace
}  // namespace rpcctl
