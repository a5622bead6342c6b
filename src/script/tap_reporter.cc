#include "script/tap_reporter.h"

#include <fmt/format.h>

#include "base/safe_text.h"
#include "script/report_text.h"

namespace rpcctl {
namespace {

// A '#' would begin a directive, and a backslash takes that from it.
std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : SafeText(text)) {
    if (c == '#' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string FailureBlock(const Failure& failure) {
  std::string block = fmt::format("    - line: {}\n      column: {}\n      step: {}\n", failure.place.line,
                                  failure.place.column, QuotedText(failure.line));
  if (!failure.expected.empty()) block += "      expected: " + QuotedText(failure.expected) + "\n";
  return block + "      actual: " + QuotedText(failure.actual) + "\n";
}

std::string Diagnostics(const std::string& file, const CaseReport& report) {
  std::string block =
      fmt::format("  ---\n  file: {}\n  line: {}\n  seconds: {}\n  attempts: {}\n", QuotedText(file),
                  report.place.line, SecondsText(report.duration), report.attempts);
  if (!report.failures.empty()) block += "  failures:\n";
  for (const Failure& failure : report.failures) block += FailureBlock(failure);
  if (!report.transcript.empty()) block += "  transcript:\n";
  for (const std::string& line : report.transcript) block += "    - " + QuotedText(line) + "\n";
  if (!report.command.empty()) block += "  command: " + QuotedText(report.command) + "\n";
  return block + "  ...\n";
}

}  // namespace

void TapReporter::Print(const std::string& text) {
  if (!written_) return;
  if (!begun_) written_ = out_.Write("TAP version 14\n");
  begun_ = true;
  if (written_) written_ = out_.Write(text);
  if (written_) written_ = out_.Flush();
}

std::string TapReporter::Point(bool ok, const std::string& description) {
  return fmt::format("{}ok {} - {}", ok ? "" : "not ", ++points_, description);
}

void TapReporter::OnFileBegin(size_t file, const FileOutline& outline) {
  if (files_.size() <= file) files_.resize(file + 1);
  files_[file] = outline.name;
}

void TapReporter::OnCaseEnd(size_t file, const CaseReport& report) {
  const std::string description = Escaped(files_[file]) + ": " + Escaped(report.name);
  if (report.result == CaseResult::kSkipped)
    return Print(Point(true, description) + " # SKIP " + report.skip_reason + "\n");
  Print(Point(report.result == CaseResult::kPassed, description) + "\n" + Diagnostics(files_[file], report));
}

void TapReporter::OnFileEnd(size_t, const FileReport& report) {
  if (!report.error) return;
  Print(Point(false, Escaped(report.name)) + "\n  ---\n  message: " + QuotedText(report.error->message) +
        "\n  ...\n");
}

Result<void> TapReporter::OnRunEnd(const RunReport& report) {
  if (report.interrupted) {
    Print("Bail out! interrupted\n");
  } else {
    Print(fmt::format("1..{}\n", points_));
  }
  return written_;
}

}  // namespace rpcctl
