// Reports a run by the Test Anything Protocol, version 14.
#pragma once

#include <string>
#include <vector>

#include "base/output.h"
#include "script/report.h"

namespace rpcctl {

// A test point for each case, "file: name" as its description, with a YAML block below that says how long it
// took and what did not hold; one more for each file whose cases were not run. The plan stands at the end.
class TapReporter final : public Reporter {
 public:
  // Borrows `out` for life.
  explicit TapReporter(Output& out) : out_(out) {}

  void OnFileBegin(size_t file, const FileOutline& outline) override;
  void OnCaseBegin(size_t, const std::string&) override {}
  void OnCaseEnd(size_t file, const CaseReport& report) override;
  void OnFileEnd(size_t file, const FileReport& report) override;
  Result<void> OnRunEnd(const RunReport& report) override;

 private:
  void Print(const std::string& text);
  std::string Point(bool ok, const std::string& description);

  Output& out_;
  std::vector<std::string> files_;
  size_t points_ = 0;
  bool begun_ = false;
  Result<void> written_;
};

}  // namespace rpcctl
