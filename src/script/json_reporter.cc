#include "script/json_reporter.h"

#include <fmt/format.h>

#include "script/report_text.h"

namespace rpcctl {
namespace {

std::string ListText(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ",") + QuotedText(text);
  return "[" + list + "]";
}

std::string FailureObject(const Failure& failure) {
  std::string object = fmt::format(R"({{"line":{},"column":{},"step":{})", failure.place.line,
                                   failure.place.column, QuotedText(failure.line));
  if (!failure.expected.empty()) object += ",\"expected\":" + QuotedText(failure.expected);
  return object + ",\"actual\":" + QuotedText(failure.actual) + "}";
}

std::string FailureList(const std::vector<Failure>& failures) {
  std::string list;
  for (const Failure& failure : failures) list += (list.empty() ? "" : ",") + FailureObject(failure);
  return "[" + list + "]";
}

}  // namespace

void JsonReporter::Print(const std::string& line) {
  if (!written_) return;
  written_ = out_.Write(line + "\n");
  if (written_) written_ = out_.Flush();
}

void JsonReporter::OnFileBegin(size_t file, const FileOutline& outline) {
  if (files_.size() <= file) files_.resize(file + 1);
  files_[file] = outline.name;
}

void JsonReporter::OnCaseEnd(size_t file, const CaseReport& report) {
  std::string object = fmt::format(R"({{"case":{},"file":{},"line":{},"tags":{},"result":"{}")",
                                   QuotedText(report.name), QuotedText(files_[file]), report.place.line,
                                   ListText(report.tags), ResultName(report.result));
  if (report.result == CaseResult::kSkipped) object += ",\"reason\":" + QuotedText(report.skip_reason);
  object += fmt::format(R"(,"seconds":{},"attempts":{},"failures":{})", SecondsText(report.duration),
                        report.attempts, FailureList(report.failures));
  if (!report.transcript.empty()) object += ",\"transcript\":" + ListText(report.transcript);
  if (!report.command.empty()) object += ",\"command\":" + QuotedText(report.command);
  Print(object + "}");
}

void JsonReporter::OnFileEnd(size_t, const FileReport& report) {
  if (!report.error) return;
  Print(fmt::format(R"({{"file":{},"result":"error","error":{}}})", QuotedText(report.name),
                    QuotedText(report.error->message)));
}

}  // namespace rpcctl
