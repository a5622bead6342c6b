// Reports a run as JUnit XML, which CI systems show.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "message/builder.h"
#include "script/report.h"

namespace rpcctl {

// A file is a <testsuite>, a case a <testcase>; what did not hold and the transcript stand in <failure>. A
// file whose cases were not run has one <testcase> with an <error>. Written for the schemas of Ant and of
// Jenkins both. Everything is kept until the run ends.
class JunitReporter final : public Reporter {
 public:
  // Is handed the document at the end of the run.
  using Write = std::function<Result<void>(const std::string& document)>;

  JunitReporter(Write write, WallClock now) : write_(std::move(write)), now_(std::move(now)) {}

  void OnFileBegin(size_t file, const FileOutline& outline) override;
  void OnCaseBegin(size_t, const std::string&) override {}
  void OnCaseEnd(size_t file, const CaseReport& report) override;
  void OnFileEnd(size_t file, const FileReport& report) override;
  Result<void> OnRunEnd(const RunReport& report) override;

 private:
  struct Suite {
    std::string name;
    std::string timestamp;  // UTC, without a zone, as the schema has it
    std::string cases;      // their XML
    size_t count = 0;
    size_t failures = 0;
    size_t errors = 0;
    size_t skipped = 0;
    Duration duration{};
  };

  const Write write_;
  const WallClock now_;
  std::vector<Suite> suites_;
};

}  // namespace rpcctl
