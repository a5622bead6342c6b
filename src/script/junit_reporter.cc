#include "script/junit_reporter.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error_kind_name.h"
#include "base/safe_text.h"
#include "script/failure_text.h"
#include "script/xml_text.h"

namespace rpcctl {
namespace {

constexpr std::string_view kEnding = ".rpc";
constexpr size_t kUsualHeadBytes = 512;  // of a suite without its cases

std::string Seconds(Duration duration) {
  return fmt::format("{:.3f}", std::chrono::duration<double>(duration).count());
}

// ` name="value"`.
void AddAttribute(std::string_view name, std::string_view value, std::string& out) {
  out.append(" ").append(name).append("=");
  AppendXmlAttribute(value, out);
}

void AddCount(std::string_view name, size_t count, std::string& out) {
  AddAttribute(name, std::to_string(count), out);
}

// The start of a <testcase>, up to the end of its attributes.
void OpenCase(const std::string& class_name, const std::string& name, Duration time, std::string& out) {
  out += "    <testcase";
  AddAttribute("name", name, out);
  AddAttribute("classname", class_name, out);
  AddAttribute("time", Seconds(time), out);
}

// Everything there is to know of a case that failed.
std::string Details(const std::string& file, const CaseReport& report) {
  std::string text;
  for (const Failure& failure : report.failures) text += FailureText(file, failure) + "\n";
  if (!report.transcript.empty()) text += "\n";
  for (const std::string& line : report.transcript) text += SafeText(line) + "\n";
  if (report.attempts > 1) text += fmt::format("\nlast of {} attempts\n", report.attempts);
  if (!report.command.empty()) text += "\nagain: " + SafeText(report.command) + "\n";
  return text;
}

void AddFailure(const std::string& file, const CaseReport& report, std::string& out) {
  out += ">\n      <failure";
  AddAttribute("type", report.unreachable ? "unreachable" : "expectation", out);
  AddAttribute("message", report.failures.empty() ? "" : FailureText(file, report.failures.front()), out);
  out += ">";
  AppendXmlText(Details(file, report), out);
  out += "</failure>\n    </testcase>\n";
}

// The one case of a file that has no other to carry its error.
void AddFileError(const std::string& class_name, const FileReport& report, std::string& out) {
  const Error& error = *report.error;
  OpenCase(class_name, "no case was run", Duration::zero(), out);
  out += ">\n      <error";
  AddAttribute("type", ErrorKindName(error.kind), out);
  AddAttribute("message", error.message, out);
  out += ">";
  std::string text = FileErrorText(error);
  for (const std::string& mistake : report.mistakes) text += "\n" + mistake;
  AppendXmlText(text, out);
  out += "</error>\n    </testcase>\n";
}

struct Counts {
  size_t tests = 0;
  size_t failures = 0;
  size_t errors = 0;
};

Counts CountsOf(const FileReport& sums) {
  const size_t errors = sums.error ? 1 : 0;
  return {sums.passed + sums.failed + sums.skipped + errors, sums.failed, errors};
}

void AddCounts(const Counts& counts, std::string& out) {
  AddCount("tests", counts.tests, out);
  AddCount("failures", counts.failures, out);
  AddCount("errors", counts.errors, out);
}

}  // namespace

std::string JunitClassName(const std::string& file) {
  std::string_view path = file;
  if (path.ends_with(kEnding) && path.size() > kEnding.size()) path.remove_suffix(kEnding.size());
  std::string name;
  while (!path.empty()) {
    const size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (part.empty() || part == "." || part == "..") continue;
    if (!name.empty()) name += '.';
    name += part;
  }
  return name;
}

void JunitReporter::OnFileBegin(size_t file, const FileOutline& outline) {
  Suite& suite = suites_[file];
  suite.name = outline.name;
  suite.class_name = JunitClassName(outline.name);
  // Without a zone, as the schema has it; in UTC, so that machines agree.
  suite.timestamp = fmt::format("{:%FT%T}", fmt::gmtime(std::chrono::system_clock::to_time_t(clock_())));
}

void JunitReporter::OnCaseEnd(size_t file, const CaseReport& report) {
  Suite& suite = suites_[file];
  OpenCase(suite.class_name, report.name, report.duration, suite.cases);
  if (report.result == CaseResult::kPassed) {
    suite.cases += "/>\n";
  } else if (report.result == CaseResult::kFailed) {
    AddFailure(suite.name, report, suite.cases);
  } else {
    suite.cases += ">\n      <skipped";
    AddAttribute("message", report.skip_reason, suite.cases);
    suite.cases += "/>\n    </testcase>\n";
  }
}

void JunitReporter::OnFileEnd(size_t file, const FileReport& report) {
  Suite& suite = suites_[file];
  suite.sums = report;
  if (report.error) AddFileError(suite.class_name, report, suite.cases);
}

void JunitReporter::AddSuite(Suite suite, std::string& out) {
  out += "  <testsuite";
  AddAttribute("name", suite.name, out);
  AddCounts(CountsOf(suite.sums), out);
  AddCount("skipped", suite.sums.skipped, out);
  AddAttribute("time", Seconds(suite.sums.duration), out);
  AddAttribute("timestamp", suite.timestamp, out);
  out.append(">\n").append(suite.cases).append("  </testsuite>\n");
}

Result<void> JunitReporter::OnRunEnd(const RunReport& report) {
  Counts all;
  size_t bytes = kUsualHeadBytes;
  for (const Suite& suite : suites_) {
    const Counts counts = CountsOf(suite.sums);
    all = {all.tests + counts.tests, all.failures + counts.failures, all.errors + counts.errors};
    bytes += kUsualHeadBytes + suite.cases.size();
  }
  std::string document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites";
  document.reserve(bytes);
  AddAttribute("name", "rpcctl test", document);
  AddCounts(all, document);
  AddAttribute("time", Seconds(report.duration), document);
  document += ">\n";
  for (Suite& suite : suites_) {
    const bool begun = !suite.name.empty();  // before the run was over
    if (begun) AddSuite(std::move(suite), document);
  }
  document += "</testsuites>\n";
  return sink_(document);
}

}  // namespace rpcctl
