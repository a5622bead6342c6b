// What the options of `test` mean, once they were checked.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/duration.h"
#include "base/result.h"
#include "cmd/rpcctl/connection_plan.h"
#include "cmd/rpcctl/flags.h"
#include "script/script_runner.h"

namespace rpcctl {

struct TestPlan {
  enum class Mode { kRun, kList, kCheck };
  // What standard output is for.
  enum class Report { kTerminal, kTap, kJson, kJunit };

  Mode mode = Mode::kRun;
  Report report = Report::kTerminal;
  std::vector<std::string> files;  // every script, in the order in which they were named
  std::vector<std::pair<std::string, std::string>> variables;
  CaseSelection selection;
  size_t jobs = 1;
  bool fail_fast = false;
  bool update = false;               // expectations that did not hold are rewritten
  std::optional<std::string> junit;  // the file of that report, which is made besides
  std::optional<Duration> timeout;   // of each call, over what a script says
  Duration total_timeout{};
  TimePoint deadline = TimePoint::max();  // of the whole run
  // Those of the command line but for its --timeout, whose end is that of the run.
  ConnectionFlags connection;
  // What its header options say. The files among them were read for it, and are not read again: one may be a
  // pipe.
  HeaderPlan headers;
};

// Errors are kUsage and name the option or the word; kInput for a path that leads to no script;
// kOutput for a report that could not be written in the end.
Result<TestPlan> MakeTestPlan(const Flags& flags, const Surroundings& around, TimePoint began);

}  // namespace rpcctl
