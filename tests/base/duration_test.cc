#include "base/duration.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

using namespace std::chrono_literals;

TEST_CASE("duration: sums of units are read exactly") {
  CHECK(*ParseDuration("250ms") == 250ms);
  CHECK(*ParseDuration("1m30s") == 90s);
  CHECK(*ParseDuration("1.5s") == 1500ms);
  CHECK(*ParseDuration("-5m") == -5min);
  CHECK(*ParseDuration("1h") == 1h);
}

TEST_CASE("duration: a bare number is an error that says so") {
  Result<Duration> duration = ParseDuration("5");
  REQUIRE_FALSE(duration);
  CHECK(duration.error().message == "'5' has no unit");
  CHECK(duration.error().hint == "write it as 250ms, 5s or 1m30s");
}

TEST_CASE("duration: what is not a duration is an error") {
  for (const char* text : {"", "s", ".s", "5x", "5s ", "NaN", "1e9s", "--5s", "5s3"}) {
    CAPTURE(text);
    CHECK_FALSE(ParseDuration(text));
  }
}

TEST_CASE("duration: an enormous one saturates instead of turning round") {
  CHECK(ParseDuration("99999999999999999999h")->count() == INT64_MAX);
  CHECK(After(TimePoint::max() - 1s, 5s) == TimePoint::max());
}

TEST_CASE("duration: a time limit must be above zero") {
  CHECK(*ParseTimeLimit("1ms") == 1ms);
  CHECK(ParseTimeLimit("0s").error().message == "'0s' is not a time limit: it must be above zero");
  CHECK_FALSE(ParseTimeLimit("-1s"));
}

TEST_CASE("duration: what is written reads back the same") {
  for (const char* text : {"250ms", "1m30s", "1h", "1s500ms", "0s", "-5m"}) {
    CAPTURE(text);
    CHECK(FormatDuration(*ParseDuration(text)) == text);
  }
}

}  // namespace
}  // namespace rpcctl
