#include "script/reporter_group.h"

#include <doctest/doctest.h>

#include "script/json_reporter.h"
#include "script/tap_reporter.h"
#include "tests/script/sample_run.h"

namespace rpcctl {
namespace {

TEST_CASE("reporter group: every reporter is told, and the first error is the run's") {
  BrokenOutput broken;
  StringOutput out;
  std::vector<std::unique_ptr<Reporter>> reporters;
  reporters.push_back(std::make_unique<TapReporter>(broken, 4));
  reporters.push_back(std::make_unique<JsonReporter>(out));
  ReporterGroup group(std::move(reporters));
  const Result<void> ended = TellSampleRun(group);
  REQUIRE_FALSE(ended);
  CHECK(ended.error().message == "standard output: no space left");
  CHECK(out.text().find("\"case\":\"rests\"") != std::string::npos);
  CHECK(out.text().ends_with("\"interrupted\":false}}\n"));
}

}  // namespace
}  // namespace rpcctl
