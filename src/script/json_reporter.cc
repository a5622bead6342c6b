#include "script/json_reporter.h"

#include <fmt/format.h>

#include "base/error_kind_name.h"
#include "message/json_string.h"

namespace rpcctl {
namespace {

// One object, member by member; names need no escapes.
class ObjectLine final {
 public:
  void Add(std::string_view name, std::string_view value) {
    text_ += fmt::format("{}\"{}\":", text_.empty() ? "" : ",", name);
    text_ += value;
  }
  void AddText(std::string_view name, std::string_view text) {
    std::string value;
    AppendJsonString(text, value);
    Add(name, value);
  }
  void AddCount(std::string_view name, uint64_t count) { Add(name, std::to_string(count)); }
  void AddSeconds(std::string_view name, Duration duration) {
    Add(name, fmt::format("{:.6f}", std::chrono::duration<double>(duration).count()));
  }
  std::string Take() && { return "{" + std::move(text_) + "}"; }

 private:
  std::string text_;
};

std::string TextList(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) {
    if (!list.empty()) list += ',';
    AppendJsonString(text, list);
  }
  return "[" + list + "]";
}

std::string FailureList(const std::vector<Failure>& failures) {
  std::string list;
  for (const Failure& failure : failures) {
    ObjectLine object;
    object.AddCount("line", failure.place.line);
    object.AddCount("column", failure.place.column);
    object.AddText("expectation", failure.line);
    if (!failure.expected.empty()) object.AddText("expected", failure.expected);
    object.AddText("actual", failure.actual);
    list += (list.empty() ? "" : ",") + std::move(object).Take();
  }
  return "[" + list + "]";
}

std::string_view ResultName(CaseResult result) {
  switch (result) {
    case CaseResult::kPassed:
      return "passed";
    case CaseResult::kFailed:
      return "failed";
    case CaseResult::kSkipped:
      break;
  }
  return "skipped";
}

std::string ErrorObject(const Error& error) {
  ObjectLine object;
  object.AddText("code", ErrorKindName(error.kind));
  object.AddText("message", error.message);
  if (!error.hint.empty()) object.AddText("hint", error.hint);
  return std::move(object).Take();
}

}  // namespace

void JsonReporter::OnFileBegin(size_t file, const FileOutline& outline) {
  if (files_.size() <= file) files_.resize(file + 1);
  files_[file] = outline.name;
}

void JsonReporter::OnCaseEnd(size_t file, const CaseReport& report) {
  ObjectLine line;
  line.AddText("file", files_[file]);
  line.AddCount("line", report.place.line);
  line.AddText("case", report.name);
  line.Add("tags", TextList(report.tags));
  line.AddText("result", ResultName(report.result));
  if (!report.skip_reason.empty()) line.AddText("reason", report.skip_reason);
  line.AddSeconds("seconds", report.duration);
  line.AddCount("attempts", report.attempts);
  line.Add("failures", FailureList(report.failures));
  if (!report.transcript.empty()) line.Add("transcript", TextList(report.transcript));
  if (!report.command.empty()) line.AddText("command", report.command);
  out_.Write(std::move(line).Take() + "\n");
}

void JsonReporter::OnFileEnd(size_t, const FileReport& report) {
  if (!report.error) return;
  ObjectLine line;
  line.AddText("file", report.name);
  line.AddText("result", "error");
  line.Add("error", ErrorObject(*report.error));
  if (!report.mistakes.empty()) line.Add("mistakes", TextList(report.mistakes));
  out_.Write(std::move(line).Take() + "\n");
}

Result<void> JsonReporter::OnRunEnd(const RunReport& report) {
  ObjectLine sums;
  sums.AddCount("files", report.files);
  sums.AddCount("passed", report.passed);
  sums.AddCount("failed", report.failed);
  sums.AddCount("skipped", report.skipped);
  sums.AddCount("broken_files", report.broken_files);
  sums.AddSeconds("seconds", report.duration);
  sums.Add("interrupted", report.interrupted ? "true" : "false");
  ObjectLine line;
  line.Add("summary", std::move(sums).Take());
  out_.Write(std::move(line).Take() + "\n");
  return out_.written();
}

}  // namespace rpcctl
