#include <doctest/doctest.h>

#include <filesystem>

#include "cmd/rpcctl/test_plan.h"
#include "cmd/rpcctl/test_reporters.h"
#include "tests/script/sample_run.h"
#include "tests/support/temporary_directory.h"

namespace rpcctl {
namespace {

// The plan for a script and these options.
Result<TestPlan> Plan(const TestFlags& typed) {
  StringOutput out, err;
  const Surroundings around{0, out, err, false, false, [](const std::string&) { return std::nullopt; }};
  Flags flags;
  flags.test = typed;
  flags.test.paths = {"smoke.rpc"};
  return MakeTestPlan(flags, around, TimePoint());
}

TestFlags Tap() {
  TestFlags flags;
  flags.tap = true;
  return flags;
}

TestFlags Json() {
  TestFlags flags;
  flags.json = true;
  return flags;
}

TestFlags Junit(const std::string& file) {
  TestFlags flags;
  flags.junit = file;
  return flags;
}

Error ErrorFor(const TestFlags& flags) {
  const Result<TestPlan> plan = Plan(flags);
  REQUIRE_FALSE(plan);
  return plan.error();
}

TEST_CASE("reports: standard output is for one of them") {
  CHECK(Plan({})->report == TestPlan::Report::kTerminal);
  CHECK(Plan(Tap())->report == TestPlan::Report::kTap);
  CHECK(Plan(Json())->report == TestPlan::Report::kJson);
  TestFlags both = Tap();
  both.json = true;
  CHECK(ErrorFor(both).message == "--tap and --json exclude each other");
}

TEST_CASE("reports: --junit with a file goes with any, with '-' it is the one on standard output") {
  TestFlags flags = Junit("report.xml");
  flags.tap = true;
  CHECK(Plan(flags)->junit == "report.xml");
  CHECK(Plan(flags)->report == TestPlan::Report::kTap);
  CHECK(Plan(Junit("-"))->report == TestPlan::Report::kJunit);
  CHECK(Plan(Junit("-"))->junit == std::nullopt);
  flags.junit = "-";
  CHECK(ErrorFor(flags).message == "--junit - and --tap exclude each other");
}

TEST_CASE("reports: a report that could not be written is told before anything runs") {
  const TemporaryDirectory folder;
  const Error error = ErrorFor(Junit(folder.Path("none/report.xml")));
  CHECK(error.kind == ErrorKind::kOutput);
  CHECK(error.message == "--junit: '" + folder.Path("none/report.xml") + "' can be no file");
  CHECK(error.hint == "its folder has to exist");
  CHECK(ErrorFor(Junit(folder.Path(""))).kind == ErrorKind::kOutput);
  CHECK(ErrorFor(Junit("")).kind == ErrorKind::kOutput);
}

TEST_CASE("reports: a script is not written over by a report") {
  const Error error = ErrorFor(Junit("smoke.rpc"));
  CHECK(error.kind == ErrorKind::kUsage);
  CHECK(error.message == "--junit: 'smoke.rpc' is the name of a script");
}

TEST_CASE("reports: nothing is reported of what runs nothing") {
  TestFlags flags = Junit("report.xml");
  flags.list = true;
  CHECK(ErrorFor(flags).message == "--list runs nothing that could be reported");
}

TestPlan PlanFor(TestPlan::Report report) {
  TestPlan plan;
  plan.report = report;
  return plan;
}

// What the run of the samples writes with `plan`, to standard output.
std::string Told(const TestPlan& plan) {
  StringOutput out, err;
  Surroundings around{0, out, err, false, false, [](const std::string&) { return std::nullopt; }};
  for (const std::unique_ptr<Reporter>& reporter : MakeReporters(plan, {3, 7, 1, 3}, around))
    REQUIRE(TellSampleRun(*reporter));
  return out.text();
}

TEST_CASE("reports: each option makes its own") {
  CHECK(Told({}).starts_with("ok   e2e/a.rpc: greets"));
  CHECK(Told(PlanFor(TestPlan::Report::kTap)).starts_with("TAP version 14\n1..4\n"));
  CHECK(Told(PlanFor(TestPlan::Report::kJson)).starts_with("{\"file\":\"e2e/a.rpc\""));
  CHECK(Told(PlanFor(TestPlan::Report::kJunit)).starts_with("<?xml "));
}

TEST_CASE("reports: the file of --junit is whole, replaces the last one, and takes nothing from another") {
  const TemporaryDirectory folder;
  const std::string path = folder.Write("report.xml", "of the last run");
  TestPlan plan;
  plan.report = TestPlan::Report::kTap;
  plan.junit = path;
  CHECK(Told(plan).starts_with("TAP version 14\n"));
  const std::string document = folder.Read("report.xml");
  CHECK(document.starts_with("<?xml "));
  CHECK(document.ends_with("</testsuites>\n"));
}

}  // namespace
}  // namespace rpcctl
