// Runs the cases of one checked script in order, and tells of each.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "script/case_runner.h"
#include "script/report.h"

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

// Tells of a script of which nothing is run: of its beginning, its end and its cases, of which only the
// outline is looked at.
FileReport SkipScript(const std::vector<CheckedCase>& selected, const SkippedScript& script,
                      Reporter& reporter);

// `selected` are those of the script's cases that are to be run. The reporter is told of the file's beginning
// and its end, and of every case.
FileReport RunScript(const std::vector<const CheckedCase*>& selected, ScriptRun run, Reporter& reporter);

}  // namespace rpcctl
