#include "script/junit_reporter.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>

#include "base/safe_text.h"
#include "script/report_text.h"

namespace rpcctl {
namespace {

// `text`, which is UTF-8 without control characters but newlines, for a place between tags or in quotes.
std::string Xml(std::string_view text) {
  std::string escaped;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    // U+FFFE and U+FFFF are in no XML.
    const std::string_view character = text.substr(i, 3);
    if (character == "\xef\xbf\xbe" || character == "\xef\xbf\xbf") {
      escaped += character == "\xef\xbf\xbe" ? "\\ufffe" : "\\uffff";
      i += 2;
    } else if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (c == '"') {
      escaped += "&quot;";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string Attribute(std::string_view text) {
  return Xml(SafeText(text));
}

// "smoke.rpc" and folders before it, as CI systems group by.
std::string CaseElement(const std::string& file, const CaseReport& report) {
  std::string element = fmt::format(R"(    <testcase classname="{}" name="{}" time="{}")", Attribute(file),
                                    Attribute(report.name), SecondsText(report.duration));
  if (report.result == CaseResult::kPassed) return element + "/>\n";
  if (report.result == CaseResult::kSkipped)
    return element + fmt::format(">\n      <skipped message=\"{}\"/>\n    </testcase>\n",
                                 Attribute(report.skip_reason));
  const Failure& first = report.failures.front();
  const std::string message = first.expected.empty()
                                  ? first.actual
                                  : fmt::format("expected {}, was {}", first.expected, first.actual);
  return element +
         fmt::format(">\n      <failure type=\"expectation\" message=\"{}\">{}</failure>\n    </testcase>\n",
                     Attribute(message), Xml(FailureLines(file, report)));
}

std::string_view ErrorType(ErrorKind kind) {
  const bool is_connection = kind == ErrorKind::kConnect || kind == ErrorKind::kTls;
  return is_connection ? "connection" : "schema";
}

}  // namespace

void JunitReporter::OnFileBegin(size_t file, const FileOutline& outline) {
  if (suites_.size() <= file) suites_.resize(file + 1);
  suites_[file].name = outline.name;
  suites_[file].timestamp =
      fmt::format("{:%Y-%m-%dT%H:%M:%S}", fmt::gmtime(std::chrono::system_clock::to_time_t(now_())));
}

void JunitReporter::OnCaseEnd(size_t file, const CaseReport& report) {
  Suite& suite = suites_[file];
  suite.cases += CaseElement(suite.name, report);
  ++suite.count;
  if (report.result == CaseResult::kFailed) ++suite.failures;
  if (report.result == CaseResult::kSkipped) ++suite.skipped;
}

void JunitReporter::OnFileEnd(size_t file, const FileReport& report) {
  Suite& suite = suites_[file];
  suite.duration = report.duration;
  if (!report.error) return;
  ++suite.count;
  ++suite.errors;
  suite.cases += fmt::format(
      "    <testcase classname=\"{0}\" name=\"{0}\" time=\"0.000\">\n"
      "      <error type=\"{1}\" message=\"{2}\"/>\n    </testcase>\n",
      Attribute(suite.name), ErrorType(report.error->kind), Attribute(report.error->message));
}

Result<void> JunitReporter::OnRunEnd(const RunReport&) {
  std::string document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  for (size_t i = 0; i < suites_.size(); ++i) {
    const Suite& suite = suites_[i];
    if (suite.timestamp.empty()) continue;  // the run was interrupted before
    document += fmt::format(
        "  <testsuite name=\"{}\" package=\"rpcctl\" id=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" "
        "skipped=\"{}\" time=\"{}\" timestamp=\"{}\" hostname=\"localhost\">\n    <properties/>\n{}"
        "    <system-out/>\n    <system-err/>\n  </testsuite>\n",
        Attribute(suite.name), i, suite.count, suite.failures, suite.errors, suite.skipped,
        SecondsText(suite.duration), suite.timestamp, suite.cases);
  }
  return write_(document + "</testsuites>\n");
}

}  // namespace rpcctl
