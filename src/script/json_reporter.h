// Tells how a run of scripts goes as JSON, one object a line.
#pragma once

#include <string>

#include "script/per_file.h"
#include "script/report.h"
#include "script/report_output.h"

namespace rpcctl {

// A line for each case as it ends, one for a file of which nothing could be run, and a last one with the
// sums:
//
//   {"file":"smoke.rpc","line":9,"case":"greets","tags":[],"result":"failed","seconds":0.002113,"attempts":1,
//    "failures":[{"line":11,"column":3,"expectation":"expect .message == you","expected":"== \"you\"",
//    "actual":"\"them\""}],"transcript":["> {...}"],"command":"rpcctl call ..."}
//   {"file":"other.rpc","result":"error","error":{"code":"CONNECT","message":"...","hint":"..."}}
//   {"summary":{"files":2,"passed":1,"failed":1,"skipped":0,"broken_files":1,"seconds":0.01,
//    "interrupted":false}}
//
// (each on one line). "result" is "passed", "failed" or "skipped", then with a "reason"; with an "error" that
// is one of mistakes stand the "mistakes". What is empty is left out but for "tags" and "failures". Texts are
// whole; unsafe characters in them are JSON escapes.
class JsonReporter final : public Reporter {
 public:
  // Borrows `out` for life.
  explicit JsonReporter(Output& out) : out_(out) {}

  void OnFileBegin(size_t file, const FileOutline& outline) override;
  void OnCaseBegin(size_t, const std::string&) override {}
  void OnCaseEnd(size_t file, const CaseReport& report) override;
  void OnFileEnd(size_t file, const FileReport& report) override;
  Result<void> OnRunEnd(const RunReport& report) override;

 private:
  ReportOutput out_;
  PerFile<std::string> files_;  // their names
};

}  // namespace rpcctl
