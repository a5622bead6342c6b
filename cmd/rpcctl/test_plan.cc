#include "cmd/rpcctl/test_plan.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <set>
#include <thread>

#include "base/files.h"
#include "base/safe_text.h"
#include "script/insertion.h"

namespace rpcctl {
namespace {

namespace fs = std::filesystem;

constexpr Duration kDefaultTotal = std::chrono::minutes(10);
constexpr size_t kMostJobs = 64;
constexpr std::string_view kEnding = ".rpc";

// Every script under `folder`, by name: also what only has the name of one, as a link that leads nowhere has,
// since a script that is missed must not look like one that passed. What begins with a dot is somebody
// else's: the lock of an editor, or a folder of git's.
Result<void> AddFolder(const std::string& folder, std::vector<std::string>& files) {
  std::vector<std::string> found;
  std::string inner = folder;  // what is looked into last
  std::error_code error;
  std::set<fs::path> seen = {fs::canonical(folder, error)};  // links may lead back
  for (auto entry =
           fs::recursive_directory_iterator(folder, fs::directory_options::follow_directory_symlink, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code unknown;  // of a link that leads nowhere
    const bool is_folder = entry->is_directory(unknown);
    const bool is_hidden = entry->path().filename().string().starts_with('.');
    if (is_folder) inner = entry->path().string();
    const bool is_entered =
        is_folder && !is_hidden && seen.insert(fs::canonical(entry->path(), unknown)).second;
    if (!is_entered) entry.disable_recursion_pending();
    if (!is_hidden && !is_folder && entry->path().extension() == kEnding)
      found.push_back(entry->path().string());
  }
  if (error) {
    return Error{ErrorKind::kInput,
                 fmt::format("cannot look into '{}': {}", SafeText(inner), error.message())};
  }
  if (found.empty()) {
    return Error{ErrorKind::kInput, fmt::format("{}: no script stands in this folder", SafeText(folder)),
                 "the names of scripts end in .rpc"};
  }
  std::ranges::sort(found);
  files.insert(files.end(), found.begin(), found.end());
  return {};
}

Result<std::vector<std::string>> FindFiles(const std::vector<std::string>& paths) {
  if (paths.empty()) return Error{ErrorKind::kUsage, "a FILE or DIR is missing", "rpcctl test smoke.rpc"};
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
    } else if (Result<void> added = AddFolder(path, files); !added) {
      return added.error();
    }
  }
  return files;
}

Result<void> SetVariables(const TestFlags& flags, TestPlan& plan) {
  for (const std::string& typed : flags.variables) {
    const size_t split = typed.find('=');
    const std::string name = typed.substr(0, split);
    if (split == std::string::npos || !IsVariableName(name)) {
      return Error{ErrorKind::kUsage, fmt::format("--var: '{}' sets no variable", SafeText(typed)),
                   "write it as NAME=VALUE"};
    }
    plan.variables.emplace_back(name, typed.substr(split + 1));
  }
  return {};
}

Result<void> SetJobs(const TestFlags& flags, TestPlan& plan) {
  plan.jobs = std::clamp<size_t>(std::thread::hardware_concurrency(), 1, kMostJobs);
  if (!flags.jobs) return {};
  const char* end = flags.jobs->data() + flags.jobs->size();
  const auto [parsed, error] = std::from_chars(flags.jobs->data(), end, plan.jobs);
  if (error == std::errc() && parsed == end && plan.jobs > 0 && plan.jobs <= kMostJobs) return {};
  return Error{ErrorKind::kUsage, fmt::format("--jobs: '{}' is no number of files", SafeText(*flags.jobs)),
               fmt::format("write a whole number from 1 to {}", kMostJobs)};
}

Result<Duration> Limit(std::string_view option, const std::string& text) {
  Result<Duration> limit = ParseTimeLimit(text);
  if (limit) return limit;
  return Error{ErrorKind::kUsage, fmt::format("{}: {}", option, limit.error().message), limit.error().hint};
}

Result<void> SetTimes(const Flags& flags, TimePoint began, TestPlan& plan) {
  plan.total_timeout = kDefaultTotal;
  if (flags.test.total_timeout) {
    const Result<Duration> total = Limit("--total-timeout", *flags.test.total_timeout);
    if (!total) return total.error();
    plan.total_timeout = *total;
  }
  plan.deadline = After(began, plan.total_timeout);
  if (!flags.connection.timeout) return {};
  const Result<Duration> each = Limit("--timeout", *flags.connection.timeout);
  if (!each) return each.error();
  plan.timeout = *each;
  return {};
}

// Of these at most one says what is done, and one how it is told.
Result<void> SetModes(const TestFlags& flags, TestPlan& plan) {
  const int modes = int{flags.list} + int{flags.check} + int{flags.update};
  if (modes > 1) return Error{ErrorKind::kUsage, "--list, --check and --update exclude each other"};
  if (flags.tap && flags.json) return Error{ErrorKind::kUsage, "--tap and --json exclude each other"};
  if (flags.update && (flags.tap || flags.json)) {
    return Error{ErrorKind::kUsage,
                 fmt::format("--update shows what it changes, and {} leaves no place for that",
                             flags.tap ? "--tap" : "--json")};
  }
  const bool reports = flags.tap || flags.json || flags.junit.has_value();
  if (reports && (flags.list || flags.check)) {
    return Error{ErrorKind::kUsage,
                 fmt::format("{} runs nothing that could be reported", flags.list ? "--list" : "--check")};
  }
  plan.mode = flags.list    ? TestPlan::Mode::kList
              : flags.check ? TestPlan::Mode::kCheck
                            : TestPlan::Mode::kRun;
  plan.report = flags.tap    ? TestPlan::Report::kTap
                : flags.json ? TestPlan::Report::kJson
                             : TestPlan::Report::kTerminal;
  return {};
}

// Where the report goes, so that a run which could not write it in the end is not begun.
Result<void> SetJunit(const TestFlags& flags, TestPlan& plan) {
  if (!flags.junit) return {};
  if (*flags.junit == "-") {
    if (flags.update) {
      return Error{ErrorKind::kUsage,
                   "--update shows what it changes, and --junit - leaves no place for that",
                   "--junit FILE does"};
    }
    if (plan.report != TestPlan::Report::kTerminal) {
      return Error{ErrorKind::kUsage,
                   fmt::format("--junit - and {} exclude each other", flags.tap ? "--tap" : "--json"),
                   "both are for standard output; --junit FILE goes with any report"};
    }
    plan.report = TestPlan::Report::kJunit;
    return {};
  }
  const fs::path path = *flags.junit;
  if (path.extension() == kEnding) {
    return Error{ErrorKind::kUsage,
                 fmt::format("--junit: '{}' is the name of a script", SafeText(*flags.junit)),
                 "name the report behind it: --junit report.xml"};
  }
  std::error_code error;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (path.empty() || !fs::is_directory(folder, error)) {
    return Error{ErrorKind::kOutput, fmt::format("--junit: '{}' can be no file", SafeText(*flags.junit)),
                 "its folder has to exist"};
  }
  const bool is_there = fs::exists(fs::symlink_status(path, error));
  if (is_there && !fs::is_regular_file(path, error)) {
    return Error{ErrorKind::kOutput,
                 fmt::format("--junit: '{}' is not a regular file", SafeText(*flags.junit)),
                 "--junit - writes the report to standard output"};
  }
  if (faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) != 0) {
    return Error{ErrorKind::kOutput,
                 fmt::format("--junit: cannot write '{}': {}", SafeText(*flags.junit), ErrnoText(errno))};
  }
  plan.junit = flags.junit;
  return {};
}

}  // namespace

Result<TestPlan> MakeTestPlan(const Flags& flags, const Surroundings& around, TimePoint began) {
  TestPlan plan;
  if (Result<void> set = SetModes(flags.test, plan); !set) return set.error();
  if (Result<void> set = SetJunit(flags.test, plan); !set) return set.error();
  if (Result<void> set = SetVariables(flags.test, plan); !set) return set.error();
  if (Result<void> set = SetJobs(flags.test, plan); !set) return set.error();
  if (Result<void> set = SetTimes(flags, began, plan); !set) return set.error();
  plan.selection = {flags.test.tags, flags.test.skip_tags, flags.test.cases};
  plan.fail_fast = flags.test.fail_fast;
  plan.update = flags.test.update;
  plan.connection = flags.connection;
  plan.connection.timeout.reset();
  // What is wrong with an option is told once, and not of each file.
  Result<ConnectionPlan> checked = MakeConnectionPlan(plan.connection, around, began);
  if (!checked) return checked.error();
  plan.headers = {std::move(checked->metadata), std::move(checked->reflection_metadata)};
  Result<std::vector<std::string>> files = FindFiles(flags.test.paths);
  if (!files) return files.error();
  plan.files = std::move(*files);
  return plan;
}

}  // namespace rpcctl
