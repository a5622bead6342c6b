// Tells the reports of a run of scripts that nothing of it was run.
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "cmd/rpcctl/script_file.h"
#include "cmd/rpcctl/surroundings.h"
#include "cmd/rpcctl/test_plan.h"

namespace rpcctl {

// So that no report of an earlier run is taken for one of this: each file with mistakes is one that could not
// be run, and the cases of the others were skipped; where no file has any, all of them are such for `why`.
// People are told elsewhere. Errors are those of the output.
Result<void> ReportUnbegun(const TestPlan& plan, const std::vector<std::unique_ptr<ScriptFile>>& files,
                           const Error& why, Surroundings& around);

}  // namespace rpcctl
