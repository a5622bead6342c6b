#include "cmd/rpcctl/unbegun_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/safe_text.h"
#include "base/text.h"
#include "cmd/rpcctl/test_reporters.h"
#include "script/failure_text.h"
#include "script/reporter_group.h"

namespace rpcctl {
namespace {

using Files = std::vector<std::unique_ptr<ScriptFile>>;

constexpr size_t kMostMistakeBytes = 1000;

std::vector<std::string> MistakesOf(const ScriptFile& file) {
  std::vector<std::string> mistakes;
  for (const ScriptError& error : file.errors().list()) {
    std::string place = PlaceText(file.name(), error.place) + ": ";
    if (error.place.line == kNowhere.line) place.clear();
    mistakes.push_back(place +
                       SafeExcerpt(file.mask().Hidden(FileErrorText(error.error)), kMostMistakeBytes));
  }
  if (file.errors().others() > 0) mistakes.push_back("... and " + Plural(file.errors().others(), "other"));
  return mistakes;
}

// Of a file that has mistakes.
FileReport BrokenReport(const ScriptFile& file) {
  const std::vector<ScriptError>& errors = file.errors().list();
  if (errors.size() == 1 && errors.front().place.line == kNowhere.line)
    return {.name = file.name(), .error = errors.front().error};
  return {
      .name = file.name(),
      .error = Error{ErrorKind::kUsage, Plural(file.errors().count(), "mistake") + "; nothing was called"},
      .mistakes = MistakesOf(file)};
}

bool IsBroken(const std::unique_ptr<ScriptFile>& file) {
  return !file->errors().empty();
}

}  // namespace

Result<void> ReportUnbegun(const TestPlan& plan, const Files& files, const Error& why, Surroundings& around) {
  const auto mistaken = static_cast<size_t>(std::ranges::count_if(files, IsBroken));
  RunReport sum{.files = files.size(), .broken_files = mistaken > 0 ? mistaken : files.size()};
  for (const std::unique_ptr<ScriptFile>& file : files) {
    if (!IsBroken(file)) sum.skipped += file->selected().marks.size();
  }
  ReporterGroup reporter(
      MakeMachineReporters(plan, {files.size(), sum.skipped, sum.broken_files, sum.skipped}, around));
  for (size_t i = 0; i < files.size(); ++i) {
    if (mistaken > 0 && !IsBroken(files[i])) {
      files[i]->Skip(i, "another script has mistakes", reporter);
      continue;
    }
    const FileReport report =
        IsBroken(files[i]) ? BrokenReport(*files[i]) : FileReport{.name = files[i]->name(), .error = why};
    reporter.OnFileBegin(i, {report.name, files[i]->selected().marks.size()});
    reporter.OnFileEnd(i, report);
  }
  return reporter.OnRunEnd(sum);
}

}  // namespace rpcctl
