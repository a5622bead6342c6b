// Lengths of time as people write them: 250ms, 5s, 1m30s, 1h.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace rpcctl {

using Duration = std::chrono::nanoseconds;
using TimePoint = std::chrono::steady_clock::time_point;

// Reads a sum of number-unit pairs, units h m s ms us ns, each number with an optional fraction: "1h30m",
// "1.5s". A leading "-" is allowed. A bare number is an error that says so; a sum beyond 292 years saturates.
// Errors are kUsage without saying which option it was: the caller puts that before the message.
Result<Duration> ParseDuration(std::string_view text);

// As ParseDuration, and an error for zero and below: a time limit.
Result<Duration> ParseTimeLimit(std::string_view text);

// "250ms", "5s", "1m30s": the shortest form that ParseDuration reads back as the same length.
std::string FormatDuration(Duration duration);

// `from` + `length` without overflow: at most TimePoint::max().
TimePoint After(TimePoint from, Duration length);

}  // namespace rpcctl
