// A run that has one of everything, to be told to a reporter.
#pragma once

#include <string>

#include "base/output.h"
#include "script/report.h"

namespace rpcctl {

// What a hostile server may have sent: markup, an escape sequence, a character that reorders text, a byte
// that is not UTF-8, a directive of TAP, a line break.
inline const std::string kHostile = "<a & \"b\">\x1b[31m\u202e\xff # SKIP \\\nok 9";

inline CaseReport PassedCase(std::string name) {
  CaseReport report;
  report.name = std::move(name);
  report.place = {3, 1};
  report.duration = std::chrono::microseconds(1500);
  return report;
}

inline CaseReport FailedCase(std::string name, std::string actual) {
  CaseReport report = PassedCase(std::move(name));
  report.result = CaseResult::kFailed;
  report.tags = {"slow"};
  report.failures = {
      {.place = {5, 3}, .line = "expect .message == you", .expected = "== you", .actual = std::move(actual)}};
  report.transcript = {"> {}", "= OK"};
  report.command = "rpcctl call Greeter.SayHello";
  return report;
}

inline CaseReport SkippedCase(std::string name, std::string reason) {
  CaseReport report = PassedCase(std::move(name));
  report.result = CaseResult::kSkipped;
  report.duration = {};
  report.attempts = 0;
  report.skip_reason = std::move(reason);
  return report;
}

// Two files side by side, their cases mixed, and a third of which nothing could be run.
inline Result<void> TellSampleRun(Reporter& reporter) {
  reporter.OnFileBegin(0, {"e2e/a.rpc", 2});
  reporter.OnFileBegin(1, {"b.rpc", 1});
  reporter.OnCaseBegin(0, "greets");
  reporter.OnCaseBegin(1, "fails");
  reporter.OnCaseEnd(0, PassedCase("greets"));
  reporter.OnCaseEnd(1, FailedCase("fails", "them"));
  reporter.OnFileEnd(1,
                     {.name = "b.rpc", .failed = 1, .duration = std::chrono::milliseconds(2), .error = {}});
  reporter.OnCaseEnd(0, SkippedCase("rests", "a case before failed"));
  reporter.OnFileEnd(0, {.name = "e2e/a.rpc",
                         .passed = 1,
                         .skipped = 1,
                         .duration = std::chrono::milliseconds(3),
                         .error = {}});
  reporter.OnFileBegin(2, {"c.rpc", 4});
  reporter.OnFileEnd(
      2, {.name = "c.rpc", .error = Error{ErrorKind::kConnect, "connection refused", "is it running?"}});
  return reporter.OnRunEnd({.files = 3,
                            .passed = 1,
                            .failed = 1,
                            .skipped = 1,
                            .broken_files = 1,
                            .duration = std::chrono::milliseconds(4)});
}

// Takes nothing: a pipe whose reader is gone.
class BrokenOutput final : public Output {
 public:
  Result<void> Write(std::string_view) override {
    ++writes;
    return Error{ErrorKind::kOutput, "standard output: no space left"};
  }
  Result<void> Flush() override { return Error{ErrorKind::kOutput, "standard output: no space left"}; }

  int writes = 0;
};

}  // namespace rpcctl
