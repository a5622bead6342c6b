#include "script/tap_reporter.h"

#include <fmt/format.h>

#include "base/error_kind_name.h"
#include "base/safe_text.h"
#include "message/json_string.h"

namespace rpcctl {
namespace {

// On a line of its own, where "#" would begin a directive.
std::string Described(std::string_view text) {
  std::string described;
  for (const char c : SafeText(text)) {
    if (c == '\\' || c == '#') described += '\\';
    described += c;
  }
  return described;
}

// A string of YAML: one of JSON is, as long as it has no escapes but those of quotes and backslashes.
std::string Quoted(std::string_view text) {
  std::string quoted;
  AppendJsonString(SafeText(text), quoted);
  return quoted;
}

void AddList(std::string_view name, const std::vector<std::string>& texts, std::string& out) {
  if (texts.empty()) return;
  out += fmt::format("  {}:\n", name);
  for (const std::string& text : texts) out += "    - " + Quoted(text) + "\n";
}

void AddFailure(const Failure& failure, std::string& out) {
  out += fmt::format("    - line: {}\n      column: {}\n", failure.place.line, failure.place.column);
  out += "      expectation: " + Quoted(failure.line) + "\n";
  if (!failure.expected.empty()) out += "      expected: " + Quoted(failure.expected) + "\n";
  out += "      actual: " + Quoted(failure.actual) + "\n";
}

std::string Diagnostics(const std::string& file, const CaseReport& report) {
  std::string text = "  ---\n  file: " + Quoted(file) + "\n";
  text += fmt::format("  line: {}\n  duration_ms: {:.3f}\n", report.place.line,
                      std::chrono::duration<double, std::milli>(report.duration).count());
  if (report.attempts > 1) text += fmt::format("  attempts: {}\n", report.attempts);
  text += "  failures:\n";
  for (const Failure& failure : report.failures) AddFailure(failure, text);
  AddList("transcript", report.transcript, text);
  if (!report.command.empty()) text += "  command: " + Quoted(report.command) + "\n";
  return text + "  ...\n";
}

}  // namespace

void TapReporter::Start() {
  if (started_) return;
  started_ = true;
  out_.Write(fmt::format("TAP version 14\n1..{}\n", points_));
}

std::string TapReporter::Point(bool ok, const std::string& description) {
  return fmt::format("{}ok {} - {}", ok ? "" : "not ", ++told_, description);
}

void TapReporter::OnFileBegin(size_t file, const FileOutline& outline) {
  Start();
  if (files_.size() <= file) files_.resize(file + 1);
  files_[file] = outline.name;
}

void TapReporter::OnCaseEnd(size_t file, const CaseReport& report) {
  const bool failed = report.result == CaseResult::kFailed;
  std::string text = Point(!failed, Described(files_[file] + ": " + report.name));
  // The reason ends with its line, so nothing in it needs an escape.
  if (report.result == CaseResult::kSkipped) text += " # SKIP " + SafeText(report.skip_reason);
  text += "\n";
  if (failed) text += Diagnostics(files_[file], report);
  out_.Write(text);
}

void TapReporter::OnFileEnd(size_t, const FileReport& report) {
  if (!report.error) return;
  std::string text = Point(false, Described(report.name + ": no case was run")) + "\n  ---\n";
  text += fmt::format("  file: {}\n  error: {}\n  message: {}\n", Quoted(report.name),
                      ErrorKindName(report.error->kind), Quoted(report.error->message));
  if (!report.error->hint.empty()) text += "  hint: " + Quoted(report.error->hint) + "\n";
  AddList("mistakes", report.mistakes, text);
  out_.Write(text + "  ...\n");
}

Result<void> TapReporter::OnRunEnd(const RunReport& report) {
  Start();
  if (report.interrupted) out_.Write("Bail out! interrupted\n");
  return out_.written();
}

}  // namespace rpcctl
