#include "cmd/rpcctl/terminal_reporter.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/safe_text.h"
#include "base/text.h"
#include "render/ansi.h"
#include "script/script_error.h"

namespace rpcctl {
namespace {

constexpr size_t kMostProgressBytes = 48;  // so that the line does not wrap

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

// What was told is followed by the line of progress, as long as anything runs.
void TerminalReporter::Print(const std::string& text) {
  progress_.Erase();
  out_.Write(text);
  ShowProgress();
}

void TerminalReporter::ShowProgress() {
  if (!progress_.exists()) return;
  const auto running = static_cast<size_t>(
      std::ranges::count_if(files_, [](const File& file) { return !file.running.empty(); }));
  if (running == 0) return progress_.Erase();
  const bool last_runs = !files_[begun_last_].running.empty();
  const std::string& shown =
      last_runs
          ? files_[begun_last_].running
          : std::ranges::find_if(files_, [](const File& file) { return !file.running.empty(); })->running;
  const std::string others = running > 1 ? fmt::format(", and {} beside it", running - 1) : "";
  progress_.Show(fmt::format("[{}/{}] {}{}", ended_ + 1, options_.cases, shown, others));
}

void TerminalReporter::OnFileBegin(size_t file, const FileOutline& outline) {
  files_[file].name = SafeText(outline.name);
}

void TerminalReporter::OnCaseBegin(size_t file, const std::string& name) {
  files_[file].running = SafeExcerpt(name, kMostProgressBytes);
  begun_last_ = file;
  ShowProgress();
}

std::string TerminalReporter::FailureLines(const std::string& file, const Failure& failure) const {
  std::string text = fmt::format("    {}: {}\n", PlaceText(file, failure.place), SafeText(failure.line));
  if (failure.expected.empty()) return text + "      " + SafeText(failure.actual) + "\n";
  text += "      expected  " + Coloured(ansi::kGreen, SafeText(failure.expected)) + "\n";
  return text + "      actual    " + Coloured(ansi::kRed, SafeText(failure.actual)) + "\n";
}

std::string TerminalReporter::Details(const std::string& file, const CaseReport& report) const {
  std::string text;
  for (const Failure& failure : report.failures) text += FailureLines(file, failure);
  for (const std::string& line : report.transcript)
    text += "    " + Coloured(ansi::kDim, SafeText(line)) + "\n";
  if (!report.command.empty()) text += "    again: " + SafeText(report.command) + "\n";
  return text;
}

void TerminalReporter::OnCaseEnd(size_t file, const CaseReport& report) {
  ++ended_;
  files_[file].running.clear();
  const std::string title =
      (options_.names_files ? files_[file].name + ": " : std::string()) + SafeText(report.name);
  if (report.result == CaseResult::kSkipped) {
    return Print(
        fmt::format("{} {} ({})\n", Coloured(ansi::kYellow, "skip"), title, SafeText(report.skip_reason)));
  }
  std::string took = ShortDuration(report.duration);
  if (report.attempts > 1) took += ", " + Plural(report.attempts, "attempt");
  if (report.result == CaseResult::kPassed)
    return Print(fmt::format("{} {} ({})\n", Coloured(ansi::kGreen, "ok  "), title, took));
  Print(fmt::format("{} {} ({})\n{}", Coloured(ansi::kRed, "FAIL"), title, took,
                    Details(files_[file].name, report)));
}

void TerminalReporter::OnFileEnd(size_t file, const FileReport& report) {
  files_[file].running.clear();
  if (!report.error) return;
  std::string text =
      fmt::format("{} {}: no case was run\n", Coloured(ansi::kRed, "FAIL"), SafeText(report.name));
  Print(text + "    " + SafeText(report.error->message) + "\n");
}

Result<void> TerminalReporter::OnRunEnd(const RunReport& report) {
  std::string sum = fmt::format("{} passed, {} failed", report.passed, report.failed);
  if (report.skipped > 0) sum += fmt::format(", {} skipped", report.skipped);
  if (report.broken_files > 0) sum += fmt::format(", {} not run", Plural(report.broken_files, "file"));
  if (report.interrupted) sum += ", interrupted";
  progress_.Erase();
  out_.Write(fmt::format("{} in {}\n", sum, ShortDuration(report.duration)));
  return out_.written();
}

}  // namespace rpcctl
