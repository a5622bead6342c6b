#include "script/report_text.h"

#include <fmt/format.h>

#include "base/safe_text.h"
#include "message/json_string.h"
#include "script/script_error.h"

namespace rpcctl {

std::string_view ResultName(CaseResult result) {
  switch (result) {
    case CaseResult::kPassed:
      return "passed";
    case CaseResult::kFailed:
      return "failed";
    case CaseResult::kSkipped:
      break;
  }
  return "skipped";
}

std::string QuotedText(std::string_view text) {
  std::string quoted;
  AppendJsonString(text, quoted);
  return quoted;
}

std::string SecondsText(Duration duration) {
  return fmt::format("{:.3f}", std::chrono::duration<double>(duration).count());
}

std::string FailureLines(const std::string& file, const CaseReport& report) {
  std::string lines;
  for (const Failure& failure : report.failures) {
    lines += fmt::format("{}: {}\n", PlaceText(file, failure.place), SafeText(failure.line));
    if (!failure.expected.empty()) lines += "  expected  " + SafeText(failure.expected) + "\n";
    lines += (failure.expected.empty() ? "  " : "  actual    ") + SafeText(failure.actual) + "\n";
  }
  for (const std::string& line : report.transcript) lines += SafeText(line) + "\n";
  if (!report.command.empty()) lines += "again: " + SafeText(report.command) + "\n";
  return lines;
}

}  // namespace rpcctl
