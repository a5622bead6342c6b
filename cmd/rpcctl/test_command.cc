#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

#include "base/files.h"
#include "base/new_files.h"
#include "base/safe_text.h"
#include "base/text.h"
#include "cmd/rpcctl/commands.h"
#include "cmd/rpcctl/interrupt.h"
#include "cmd/rpcctl/script_file.h"
#include "cmd/rpcctl/test_reporters.h"
#include "cmd/rpcctl/unbegun_run.h"
#include "script/reporter_group.h"
#include "script/update.h"

namespace rpcctl {
namespace {

using Files = std::vector<std::unique_ptr<ScriptFile>>;

// Does `work` with every number below `count`, on `jobs` threads. Each is done once.
template <typename Work>
void InParallel(size_t jobs, size_t count, Work work) {
  std::atomic<size_t> next = 0;
  const auto take = [&] {
    for (size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::thread> threads;
  for (size_t i = 1; i < std::min(jobs, count); ++i) threads.emplace_back(take);
  take();
  for (std::thread& thread : threads) thread.join();
}

// ---- mistakes ----

constexpr size_t kMostMistakeBytes = 1000;  // of a line: a word may be as long as a script

bool IsUnread(const ScriptError& error) {
  return error.place.line == kNowhere.line;
}

// As compilers tell them, so that editors find the places.
std::string MistakesText(const ScriptFile& file) {
  std::string text;
  for (const ScriptError& error : file.errors().list()) {
    if (!IsUnread(error)) text += PlaceText(file.name(), error.place) + ": ";
    text += SafeExcerpt(file.mask().Hidden(error.error.message), kMostMistakeBytes) + "\n";
    const std::string hints = file.mask().Hidden(error.error.hint);
    std::string_view hint = hints;
    while (!hint.empty()) {
      const size_t end = std::min(hint.find('\n'), hint.size());
      text += "  hint: " + SafeExcerpt(hint.substr(0, end), kMostMistakeBytes) + "\n";
      hint.remove_prefix(std::min(end + 1, hint.size()));
    }
  }
  if (file.errors().others() > 0) text += "... and " + Plural(file.errors().others(), "other") + "\n";
  return text;
}

// Tells every mistake on standard error; the error that stands for all of them, nothing where there is none.
std::optional<Error> TellMistakes(const Files& files, Surroundings& around) {
  size_t mistakes = 0;
  size_t broken = 0;
  bool only_files = true;  // that cannot be read
  std::string text;
  std::optional<Error> unread;
  for (const std::unique_ptr<ScriptFile>& file : files) {
    if (file->errors().empty()) continue;
    ++broken;
    mistakes += file->errors().count();
    only_files = only_files && file->errors().only_of_input();
    for (const ScriptError& error : file->errors().list()) {
      if (IsUnread(error)) unread = error.error;
    }
    text += MistakesText(*file);
  }
  if (mistakes == 0) return std::nullopt;
  if (mistakes == 1 && unread) return unread;
  Tell(around.err, text);
  return Error{
      only_files ? ErrorKind::kInput : ErrorKind::kUsage,
      fmt::format("{} in {}; nothing was called", Plural(mistakes, "mistake"), Plural(broken, "file"))};
}

// ---- the modes ----

Result<Ending> ListCases(const Files& files, Surroundings& around) {
  for (const std::unique_ptr<ScriptFile>& file : files) {
    const OutlinedCases cases = file->selected();
    for (const SectionMark mark : cases.marks) {
      const CaseHead made = ReadCaseHead(cases.text, mark);
      std::string line =
          fmt::format("{}:{}: {}", SafeText(file->name()), made.place.line, SafeText(made.name));
      for (const std::string& tag : made.tags) line += " @" + SafeText(tag);
      if (Result<void> written = around.out.Write(line + "\n"); !written) return written.error();
    }
  }
  return Ending{};
}

// What is noted of a run for its end. The flags are read while it lasts, by other threads.
struct Notes {
  std::atomic<bool> failed = false;
  std::atomic<bool> unreachable = false;
  // With --update:
  bool beyond_update = false;                         // something failed that no value can mend
  std::map<size_t, std::vector<LineUpdate>> updates;  // of each file
  std::map<size_t, std::vector<size_t>> unmade;       // of each file: lines behind which nothing was made
};

class TestRun final {
 public:
  TestRun(const TestPlan& plan, Files& files, std::vector<std::optional<Error>> errors, Surroundings& around)
      : plan_(plan), files_(files), errors_(std::move(errors)), around_(around), reports_(files.size()) {}

  Result<Ending> Run(TimePoint began);

 private:
  std::vector<std::unique_ptr<Reporter>> Listeners();
  Result<void> Update();
  void TellUnmade();
  Result<void> UpdateFile(const ScriptFile& file, const std::vector<LineUpdate>& updates);
  void RunFile(size_t file, Reporter& reporter);
  RunReport Sum(TimePoint began) const;
  std::optional<Error> Unmet(const RunReport& sum) const;

  const TestPlan& plan_;
  Files& files_;
  const std::vector<std::optional<Error>> errors_;  // of each file: why it cannot be run
  Surroundings& around_;
  // Before anything was run: then that a file could not be checked is no fault of it.
  const bool is_interrupted_ = Interrupt::Signal() != 0;
  std::vector<FileReport> reports_;
  Notes notes_;
};

// Notes what decides about the end of the run.
class WatchingReporter final : public Reporter {
 public:
  explicit WatchingReporter(Notes& notes) : notes_(notes) {}
  void OnFileBegin(size_t, const FileOutline&) override {}
  void OnCaseBegin(size_t, const std::string&) override {}
  void OnCaseEnd(size_t, const CaseReport& report) override {
    if (report.result != CaseResult::kFailed) return;
    notes_.failed = true;
    if (report.unreachable) notes_.unreachable = true;
  }
  void OnFileEnd(size_t, const FileReport& report) override {
    if (report.error) notes_.failed = true;
  }
  Result<void> OnRunEnd(const RunReport&) override { return {}; }

 private:
  Notes& notes_;
};

// Notes what --update is to change.
class UpdateReporter final : public Reporter {
 public:
  explicit UpdateReporter(Notes& notes) : notes_(notes) {}
  void OnFileBegin(size_t, const FileOutline&) override {}
  void OnCaseBegin(size_t, const std::string&) override {}
  void OnCaseEnd(size_t file, const CaseReport& report) override {
    if (report.unmade_behind > 0) notes_.unmade[file].push_back(report.unmade_behind);
    for (const Failure& failure : report.failures) {
      if (failure.replacement.empty()) {
        notes_.beyond_update = true;
      } else {
        notes_.updates[file].push_back({failure.place.line, failure.replacement});
      }
    }
  }
  void OnFileEnd(size_t, const FileReport&) override {}
  Result<void> OnRunEnd(const RunReport&) override { return {}; }

 private:
  Notes& notes_;
};

std::vector<std::unique_ptr<Reporter>> TestRun::Listeners() {
  RunSize size;
  for (size_t i = 0; i < files_.size(); ++i) {
    ++size.files;
    size.cases += files_[i]->selected().marks.size();
    const bool is_broken = errors_[i] && !is_interrupted_;
    size.broken_files += is_broken ? 1 : 0;
    size.runnable_cases += is_broken ? 0 : files_[i]->selected().marks.size();
  }
  std::vector<std::unique_ptr<Reporter>> reporters = MakeReporters(plan_, size, around_);
  reporters.push_back(std::make_unique<WatchingReporter>(notes_));
  if (plan_.update) reporters.push_back(std::make_unique<UpdateReporter>(notes_));
  return reporters;
}

// What changes is shown, then written. The run may have taken long: what somebody wrote meanwhile stays.
Result<void> TestRun::UpdateFile(const ScriptFile& file, const std::vector<LineUpdate>& updates) {
  const Result<std::string> text = ReadRegularFile(file.path(), kMostScriptBytes);
  if (!text) return text.error();
  if (*text != file.text()) {
    return Error{ErrorKind::kOutput,
                 fmt::format("'{}' was changed while it ran, and is left as it is", SafeText(file.name())),
                 "run it with --update again"};
  }
  const UpdatedScript updated = UpdateScript(file.name(), *text, updates);
  if (Result<void> written = around_.out.Write(updated.diff); !written) return written;
  if (Result<void> flushed = around_.out.Flush(); !flushed) return flushed;
  return WriteNewFile(file.path(), updated.text, Existing::kReplace);
}

// --update, of every file that it can be made of; the first error.
Result<void> TestRun::Update() {
  Result<void> all;
  for (const auto& [file, updates] : notes_.updates) {
    if (Result<void> updated = UpdateFile(*files_[file], updates); !updated && all) all = updated;
  }
  return all;
}

// What stands behind a line that was updated may need an update as well.
void TestRun::TellUnmade() {
  for (const auto& [file, lines] : notes_.unmade) {
    for (const size_t line : lines) {
      Tell(around_.err,
           fmt::format("rpcctl: warning: {}: steps behind line {} were not run: run --update again\n",
                       SafeText(files_[file]->name()), line));
    }
  }
}

void TestRun::RunFile(size_t file, Reporter& reporter) {
  if (errors_[file] && is_interrupted_) {
    reports_[file] = files_[file]->Skip(file, "interrupted", reporter);
    return;
  }
  if (errors_[file]) {
    reports_[file] = {.name = files_[file]->name(), .error = errors_[file]};
    reporter.OnFileBegin(file, {files_[file]->name(), files_[file]->selected().marks.size()});
    return reporter.OnFileEnd(file, reports_[file]);
  }
  const auto stop_reason = [this]() -> std::string {
    if (Interrupt::Signal() != 0) return "interrupted";
    return plan_.fail_fast && notes_.failed ? "a case before failed" : "";
  };
  reports_[file] = files_[file]->Run(file, stop_reason, reporter);
}

RunReport TestRun::Sum(TimePoint began) const {
  RunReport sum{.files = files_.size()};
  for (const FileReport& report : reports_) {
    sum.passed += report.passed;
    sum.failed += report.failed;
    sum.skipped += report.skipped;
    sum.broken_files += report.error ? 1 : 0;
  }
  sum.duration = std::chrono::steady_clock::now() - began;
  sum.interrupted = Interrupt::Signal() != 0;
  return sum;
}

// What the exit code tells: that a server cannot be reached before that something did not hold.
std::optional<Error> TestRun::Unmet(const RunReport& sum) const {
  for (const std::optional<Error>& error : errors_) {
    if (error) return error;
  }
  const size_t all = sum.passed + sum.failed + sum.skipped;
  const std::string failed = fmt::format("{} of {} failed", sum.failed, Plural(all, "case"));
  if (notes_.unreachable) return Error{ErrorKind::kConnect, failed + ": the server could not be reached"};
  if (sum.failed > 0) return Error{ErrorKind::kExpectation, failed};
  if (sum.skipped > 0)
    return Error{ErrorKind::kExpectation, fmt::format("{} not run", Plural(sum.skipped, "case"))};
  return std::nullopt;
}

Result<Ending> TestRun::Run(TimePoint began) {
  ReporterGroup reporter(Listeners());
  InParallel(plan_.jobs, files_.size(), [&](size_t file) { RunFile(file, reporter); });
  const RunReport sum = Sum(began);
  const Result<void> told = reporter.OnRunEnd(sum);
  Ending ending;
  ending.signal = Interrupt::Signal();
  if (ending.signal != 0) return ending;
  if (!told) return told.error();
  if (plan_.update) {
    if (Result<void> updated = Update(); !updated) return updated.error();
    TellUnmade();
  }
  const bool all_ran = sum.skipped == 0 && notes_.unmade.empty();
  const bool mended = plan_.update && sum.failed > 0 && all_ran && !notes_.beyond_update;
  if (!mended || sum.broken_files > 0) ending.unmet = Unmet(sum);
  return ending;
}

Result<Ending> CheckOnly(const Files& files, const std::vector<std::optional<Error>>& errors,
                         Surroundings& around) {
  for (const std::optional<Error>& error : errors) {
    if (error) return *error;
  }
  size_t cases = 0;
  for (const std::unique_ptr<ScriptFile>& file : files) cases += file->selected().marks.size();
  const std::string sum =
      fmt::format("{} in {} checked\n", Plural(cases, "case"), Plural(files.size(), "file"));
  if (Result<void> written = around.out.Write(sum); !written) return written.error();
  return Ending{};
}

// The end of a run of which nothing was begun: `why`, which is told people.
Error Unbegun(const TestPlan& plan, const Files& files, Error why, Surroundings& around) {
  if (plan.mode != TestPlan::Mode::kRun) return why;
  const Result<void> told = ReportUnbegun(plan, files, why, around);
  return told ? std::move(why) : told.error();
}

// Why a file cannot be run, as the exit code tells it: the status of a call for the schema is not one of a
// call that a script makes.
Error WhyNotRun(Error error, TimePoint deadline) {
  if (error.kind != ErrorKind::kStatus) return error;
  const bool time_is_over = std::chrono::steady_clock::now() >= deadline;
  if (error.status == kDeadlineExceeded && time_is_over) error.message += " (the time for all cases is over)";
  error.kind = error.status == kDeadlineExceeded ? ErrorKind::kExpectation : ErrorKind::kConnect;
  return error;
}

Result<Ending> RunFiles(const TestPlan& plan, Files& files, Surroundings& around, TimePoint began) {
  std::vector<std::optional<Error>> errors(files.size());
  InParallel(plan.jobs, files.size(), [&](size_t file) {
    if (Interrupt::Signal() != 0) {
      errors[file] = Error{ErrorKind::kConnect, "interrupted"};
    } else if (Result<void> checked = files[file]->Check(); !checked) {
      errors[file] = WhyNotRun(checked.error(), plan.deadline);
    }
  });
  for (const std::unique_ptr<ScriptFile>& file : files) Tell(around.err, file->TakeNotes());
  if (std::optional<Error> mistakes = TellMistakes(files, around))
    return Unbegun(plan, files, std::move(*mistakes), around);
  const bool only_checks = plan.mode == TestPlan::Mode::kCheck;
  if (only_checks && Interrupt::Signal() != 0) return Ending{.signal = Interrupt::Signal()};
  if (only_checks) return CheckOnly(files, errors, around);
  return TestRun(plan, files, std::move(errors), around).Run(began);
}

}  // namespace

Result<Ending> RunTestCommand(const Flags& flags, Surroundings& around, TimePoint began) {
  const Result<TestPlan> plan = MakeTestPlan(flags, around, began);
  if (!plan) return plan.error();
  Interrupt interrupt;
  const ScriptSetting setting{*plan, around, interrupt.descriptor(), [] { return Interrupt::Signal() != 0; }};
  const auto files = std::make_shared<Files>();
  size_t selected = 0;
  for (const std::string& name : plan->files) {
    files->push_back(std::make_unique<ScriptFile>(name, setting));
    files->back()->Read();
    selected += files->back()->selected().marks.size();
  }
  const bool well = std::ranges::all_of(
      *files, [](const std::unique_ptr<ScriptFile>& file) { return file->errors().empty(); });
  if (well && selected == 0) {
    return Unbegun(
        *plan, *files,
        {ErrorKind::kUsage, "no case is selected", "rpcctl test --list FILE... tells their names and tags"},
        around);
  }
  if (plan->mode == TestPlan::Mode::kList) {
    if (std::optional<Error> mistakes = TellMistakes(*files, around)) return std::move(*mistakes);
    return ListCases(*files, around);
  }
  interrupt.Catch();
  Result<Ending> ending = RunFiles(*plan, *files, around, began);
  interrupt.Release();
  return ending;
}

}  // namespace rpcctl
