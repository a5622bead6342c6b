// Pieces that reports for machines have in common.
#pragma once

#include <string>
#include <string_view>

#include "base/duration.h"
#include "script/report.h"

namespace rpcctl {

// "passed", "failed", "skipped".
std::string_view ResultName(CaseResult result);

// `text` as a JSON string, which is one of YAML too; everything that a terminal minds is escaped.
std::string QuotedText(std::string_view text);

// "0.012": seconds with three digits behind the point.
std::string SecondsText(Duration duration);

// What a person needs to know of a failed case, in lines: what did not hold, what was sent and what came, and
// the command that repeats it. Safe to show.
std::string FailureLines(const std::string& file, const CaseReport& report);

}  // namespace rpcctl
