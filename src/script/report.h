// What a run of scripts tells as it goes: plain structs, and who listens to them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/duration.h"
#include "base/result.h"
#include "message/text_position.h"

namespace rpcctl {

// Secrets are masked in every text here. Texts may hold what a server sent, at most a few KiB each: they are
// not safe to show where nothing else is said.

// One thing that did not hold.
struct Failure {
  TextPosition place = {};    // of the line in its file
  std::string line = {};      // as it is written: "expect .message == you"
  std::string expected = {};  // '== "you"'; empty where nothing could be compared
  // '"them"', "(absent)", "NOT_FOUND: no such feature"; or what prevented the step.
  std::string actual = {};
  std::string replacement = {};  // an "== value" line as it would hold, for --update; empty for others
};

enum class CaseResult {
  kPassed,
  kFailed,
  kSkipped,  // not run: the file or the run was over before; not for cases that were not selected
};

struct CaseReport {
  std::string name = {};
  std::vector<std::string> tags = {};
  TextPosition place = {};  // of its "case" line
  CaseResult result = CaseResult::kPassed;
  Duration duration{};
  uint64_t attempts = 1;  // how often it was tried; 0 when it was skipped
  std::vector<Failure> failures = {};
  std::string skip_reason = {};  // with kSkipped: "the time of the run was over"
  // Of the last attempt, a line each: "> {...}" what was sent, "< {...}" what came, "= OK" how a call ended.
  // Long ones are cut short, and a line says so.
  std::vector<std::string> transcript = {};
  std::string command = {};  // the command line that repeats the call that failed; empty without one
  // The line that did not hold and behind which nothing of the case was made, where it is one that --update
  // can mend; 0 otherwise.
  size_t unmade_behind = 0;
  bool unreachable = false;  // it failed because nothing could be connected to
};

// A file before its cases.
struct FileOutline {
  std::string name = {};  // as it was named on the command line, or found
  size_t cases = 0;       // those that are selected
};

struct FileReport {
  std::string name = {};
  size_t passed = 0;
  size_t failed = 0;
  size_t skipped = 0;
  Duration duration{};
  // Why none of its cases was run: no server, no schema, mistakes.
  std::optional<Error> error = {};
  // What is wrong with the script itself, with its places; safe to show, and not all where there are very
  // many.
  std::vector<std::string> mistakes = {};
};

struct RunReport {
  size_t files = 0;
  size_t passed = 0;
  size_t failed = 0;
  size_t skipped = 0;
  size_t broken_files = 0;  // those with an error
  Duration duration{};
  bool interrupted = false;  // by a signal: what is reported is what was done until then
};

// Listens to a run. Never called from two threads at once. The cases of one file come in order, between its
// OnFileBegin and its OnFileEnd; files may be mixed. `file` counts from 0 in the order in which files were
// named, and each of them begins and ends, but for an interrupted run.
class Reporter {
 public:
  virtual ~Reporter() = default;
  virtual void OnFileBegin(size_t file, const FileOutline& outline) = 0;
  // A case is about to be run: for a line that shows progress.
  virtual void OnCaseBegin(size_t file, const std::string& name) = 0;
  virtual void OnCaseEnd(size_t file, const CaseReport& report) = 0;
  virtual void OnFileEnd(size_t file, const FileReport& report) = 0;
  // The last of all. An error of the output (kOutput) is told here.
  virtual Result<void> OnRunEnd(const RunReport& report) = 0;
};

}  // namespace rpcctl
