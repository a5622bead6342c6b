// Tells how a run of scripts goes by the Test Anything Protocol, version 14.
#pragma once

#include <string>

#include "script/per_file.h"
#include "script/report.h"
#include "script/report_output.h"

namespace rpcctl {

// A test point for each case as it ends, "ok 3 - smoke.rpc: greets by name"; with files side by side theirs
// may be mixed, which is why there are no subtests. Below a failure stands a YAML block with its place, what
// was expected and what came. A file of which nothing could be run is one test point. When the run is
// interrupted the last line bails out.
class TapReporter final : public Reporter {
 public:
  // `points` is how many test points there will be: every selected case of a file that can be run, and one
  // for each other file. Borrows `out` for life.
  TapReporter(Output& out, size_t points) : out_(out), points_(points) {}

  void OnFileBegin(size_t file, const FileOutline& outline) override;
  void OnCaseBegin(size_t, const std::string&) override {}
  void OnCaseEnd(size_t file, const CaseReport& report) override;
  void OnFileEnd(size_t file, const FileReport& report) override;
  Result<void> OnRunEnd(const RunReport& report) override;

 private:
  void Start();
  std::string Point(bool ok, const std::string& description);

  ReportOutput out_;
  const size_t points_;
  size_t told_ = 0;
  bool started_ = false;
  PerFile<std::string> files_;  // their names
};

}  // namespace rpcctl
