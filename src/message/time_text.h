// Points and lengths of time as people write them in items: 2026-11-22, now-5m, unix:1700000000, 1h30m.
#pragma once

#include <chrono>
#include <string_view>

#include "base/result.h"
#include "message/well_known_text.h"

namespace rpcctl {

// Reads RFC 3339 (a space or small letters will do), a date (its midnight in UTC), "now", "now-5m", "now+1h",
// or "unix:" and seconds since 1970 with an optional fraction. Years 1 to 9999. Errors are kInput; the hint
// lists the forms.
Result<SecondsAndNanos> ParseTimestampText(std::string_view text, std::chrono::system_clock::time_point now);

// Reads 5s, 1h30m, 250ms, -5s. Seconds alone may reach the 10,000 years that the type holds, sums of units
// 292 years. Errors are kInput; the hint lists the forms.
Result<SecondsAndNanos> ParseDurationText(std::string_view text);

}  // namespace rpcctl
