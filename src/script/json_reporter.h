// Reports a run as JSON, one object a line.
#pragma once

#include <string>
#include <vector>

#include "base/output.h"
#include "script/report.h"

namespace rpcctl {

// For each case, as it ends:
//
//   {"case":"greets","file":"smoke.rpc","line":3,"tags":["fast"],"result":"failed","seconds":0.012,"attempts":1,
//    "failures":[{"line":5,"column":10,"step":"expect OK","expected":"OK","actual":"NOT_FOUND: ..."}],
//    "transcript":["> {}","= NOT_FOUND: ..."],"command":"rpcctl call ..."}
//
// A skipped one has a "reason". A file whose cases were not run has one object without "case":
//
//   {"file":"smoke.rpc","result":"error","error":"..."}
class JsonReporter final : public Reporter {
 public:
  // Borrows `out` for life.
  explicit JsonReporter(Output& out) : out_(out) {}

  void OnFileBegin(size_t file, const FileOutline& outline) override;
  void OnCaseBegin(size_t, const std::string&) override {}
  void OnCaseEnd(size_t file, const CaseReport& report) override;
  void OnFileEnd(size_t file, const FileReport& report) override;
  Result<void> OnRunEnd(const RunReport&) override { return written_; }

 private:
  void Print(const std::string& line);

  Output& out_;
  std::vector<std::string> files_;
  Result<void> written_;
};

}  // namespace rpcctl
