// Who is told of a run of scripts: which reports are made, and where they go.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "cmd/rpcctl/surroundings.h"
#include "cmd/rpcctl/test_plan.h"
#include "script/report.h"

namespace rpcctl {

// What there is to run, known before it is run.
struct RunSize {
  size_t files = 0;
  size_t cases = 0;           // those that are selected
  size_t broken_files = 0;    // those that cannot be run
  size_t runnable_cases = 0;  // of the other files
};

// The one report that standard output is for, and the file of --junit. A file is written when the run is
// over, whole or not at all; it replaces one that is there. Borrows plan and surroundings for life.
std::vector<std::unique_ptr<Reporter>> MakeReporters(const TestPlan& plan, const RunSize& size,
                                                     Surroundings& around);

// The same without the one for people.
std::vector<std::unique_ptr<Reporter>> MakeMachineReporters(const TestPlan& plan, const RunSize& size,
                                                            Surroundings& around);

}  // namespace rpcctl
