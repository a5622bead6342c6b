// Tells how a run of scripts went as JUnit XML, which CI systems read.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "script/per_file.h"
#include "script/report.h"

namespace rpcctl {

// One document when the run is over: a file is a <testsuite>, a case a <testcase> with its time and, where it
// failed, a <failure> whose text has every expectation that did not hold, what went over the wire, and the
// command that repeats the call. A file of which nothing could be run has one <testcase> with an <error>. It
// keeps to what the schemas of Jenkins' plugins allow: junit-10.xsd.
//
// Keeps the document in memory until then, and twice as it is put together: a line for each case that passed,
// some KiB for one that did not.
class JunitReporter final : public Reporter {
 public:
  using Clock = std::function<std::chrono::system_clock::time_point()>;
  // Takes the finished document, and says what became of it.
  using Sink = std::function<Result<void>(const std::string& document)>;

  JunitReporter(Sink sink, Clock clock) : sink_(std::move(sink)), clock_(std::move(clock)) {}

  void OnFileBegin(size_t file, const FileOutline& outline) override;
  void OnCaseBegin(size_t, const std::string&) override {}
  void OnCaseEnd(size_t file, const CaseReport& report) override;
  void OnFileEnd(size_t file, const FileReport& report) override;
  Result<void> OnRunEnd(const RunReport& report) override;

 private:
  struct Suite {
    std::string name;
    std::string class_name;
    std::string timestamp;
    std::string cases;
    FileReport sums;
  };

  static void AddSuite(Suite suite, std::string& out);

  const Sink sink_;
  const Clock clock_;
  PerFile<Suite> suites_;
};

// What JUnit calls the class of a script's cases: "tests/e2e/smoke.rpc" is "tests.e2e.smoke", since viewers
// make folders of dots.
std::string JunitClassName(const std::string& file);

}  // namespace rpcctl
