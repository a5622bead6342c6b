#include "cmd/rpcctl/terminal_reporter.h"

#include <fmt/format.h>

#include "base/safe_text.h"
#include "base/text.h"
#include "render/ansi.h"
#include "script/script_error.h"

namespace rpcctl {
namespace {

constexpr size_t kMostProgressBytes = 60;  // so that the line does not wrap

// "12ms", "3.2s": as exact as a person asks for.
std::string ShortDuration(Duration duration) {
  using std::chrono::milliseconds;
  const auto rounded = std::chrono::round<milliseconds>(duration);
  if (rounded == milliseconds::zero()) return "<1ms";
  return FormatDuration(rounded < std::chrono::seconds(10)
                            ? Duration(rounded)
                            : Duration(std::chrono::round<std::chrono::seconds>(duration)));
}

}  // namespace

std::string TerminalReporter::Coloured(std::string_view colour, std::string_view text) const {
  std::string coloured;
  ansi::AppendIn(options_.colour == Colour::kOn ? colour : std::string_view(), text, coloured);
  return coloured;
}

void TerminalReporter::Erase() {
  if (!shows_progress_) return;
  shows_progress_ = false;
  Tell(*options_.progress, "\r\x1b[K");
}

void TerminalReporter::Print(const std::string& text) {
  Erase();
  if (!written_) return;
  written_ = options_.out.Write(text);
  if (written_) written_ = options_.out.Flush();
}

void TerminalReporter::OnFileBegin(size_t file, const FileOutline& outline) {
  if (files_.size() <= file) files_.resize(file + 1);
  files_[file] = SafeText(outline.name);
}

void TerminalReporter::OnCaseBegin(size_t, const std::string& name) {
  if (options_.progress == nullptr) return;
  Erase();
  shows_progress_ = true;
  Tell(*options_.progress,
       fmt::format("[{}/{}] {}", ended_ + 1, options_.cases, SafeExcerpt(name, kMostProgressBytes)));
}

std::string TerminalReporter::FailureText(const std::string& file, const Failure& failure) const {
  std::string text = fmt::format("    {}: {}\n", PlaceText(file, failure.place), SafeText(failure.line));
  if (failure.expected.empty()) return text + "      " + SafeText(failure.actual) + "\n";
  text += "      expected  " + Coloured(ansi::kGreen, SafeText(failure.expected)) + "\n";
  return text + "      actual    " + Coloured(ansi::kRed, SafeText(failure.actual)) + "\n";
}

void TerminalReporter::OnCaseEnd(size_t file, const CaseReport& report) {
  ++ended_;
  const std::string title =
      (options_.names_files ? files_[file] + ": " : std::string()) + SafeText(report.name);
  if (report.result == CaseResult::kSkipped)
    return Print(fmt::format("{} {} ({})\n", Coloured(ansi::kYellow, "skip"), title, report.skip_reason));
  std::string took = ShortDuration(report.duration);
  if (report.attempts > 1) took += ", " + Plural(report.attempts, "attempt");
  if (report.result == CaseResult::kPassed)
    return Print(fmt::format("{} {} ({})\n", Coloured(ansi::kGreen, "ok  "), title, took));
  std::string text = fmt::format("{} {} ({})\n", Coloured(ansi::kRed, "FAIL"), title, took);
  for (const Failure& failure : report.failures) text += FailureText(files_[file], failure);
  for (const std::string& line : report.transcript)
    text += "    " + Coloured(ansi::kDim, SafeText(line)) + "\n";
  if (!report.command.empty()) text += "    again: " + SafeText(report.command) + "\n";
  Print(text);
}

void TerminalReporter::OnFileEnd(size_t, const FileReport& report) {
  if (!report.error) return;
  std::string text =
      fmt::format("{} {}: no case was run\n", Coloured(ansi::kRed, "FAIL"), SafeText(report.name));
  text += "    " + report.error->message + "\n";
  Print(text);
}

Result<void> TerminalReporter::OnRunEnd(const RunReport& report) {
  std::string sum = fmt::format("{} passed, {} failed", report.passed, report.failed);
  if (report.skipped > 0) sum += fmt::format(", {} skipped", report.skipped);
  if (report.broken_files > 0) sum += fmt::format(", {} not run", Plural(report.broken_files, "file"));
  if (report.interrupted) sum += ", interrupted";
  Print(fmt::format("{} in {}\n", sum, ShortDuration(report.duration)));
  return written_;
}

}  // namespace rpcctl
