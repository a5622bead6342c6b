// Runs the cases of one checked script in order, and tells of each.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "script/case_runner.h"
#include "script/report.h"
#include "script/script_outline.h"

namespace rpcctl {

// Which cases are run. All are where nothing is asked for.
struct CaseSelection {
  std::vector<std::string> tags = {};       // with one of these
  std::vector<std::string> skip_tags = {};  // with none of these
  std::vector<std::string> names = {};      // matching one of these: '*' is any text, '?' any character

  bool Selects(const std::string& name, const std::vector<std::string>& tags) const;
};

struct ScriptRun {
  size_t file = 0;  // as the reporter counts
  std::string name;
  CaseTools tools;
  // Why no further case is to be run; empty to go on. Asked before each case.
  std::function<std::string()> stop_reason;
};

struct SkippedScript {
  size_t file = 0;  // as the reporter counts
  std::string name;
  std::string reason;
};

// Tells of a script of which nothing is run: of its beginning, its end and its cases.
FileReport SkipScript(OutlinedCases cases, const SkippedScript& script, Reporter& reporter);

// Runs cases of a script that was checked with `tools`. The reporter is told of the file's beginning and its
// end, and of every case.
FileReport RunScript(OutlinedCases cases, const StepTools& tools, ScriptRun run, Reporter& reporter);

}  // namespace rpcctl
