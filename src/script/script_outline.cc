#include "script/script_outline.h"

#include <optional>
#include <utility>

#include "script/case_parser.h"
#include "script/settings_parser.h"
#include "script/step_parser.h"

namespace rpcctl {
namespace {

class Outliner final {
 public:
  Outliner(const EnvironmentReader& environment, ScriptErrors& errors)
      : environment_(environment), errors_(errors) {}

  ScriptOutline Outline(std::string_view text);

 private:
  void TakeSection(const ScriptSection& section, SectionMark mark);
  void TakeCase(const ScriptSection& section, SectionMark mark);
  void TakeStep(const ScriptSection& section);
  void EndCase();

  const EnvironmentReader& environment_;
  ScriptErrors& errors_;
  ScriptOutline outline_;
  // Where the case begins that has no step so far, nor a line that could not be read and may be one.
  std::optional<TextPosition> empty_case_;
};

ScriptOutline Outliner::Outline(std::string_view text) {
  SectionReader sections(text);
  for (;;) {
    const SectionMark mark = sections.mark();
    const std::optional<ScriptSection> section = sections.Next();
    if (!section) break;
    TakeSection(*section, mark);
  }
  EndCase();
  errors_.Sort();
  return std::move(outline_);
}

void Outliner::TakeSection(const ScriptSection& section, SectionMark mark) {
  switch (section.kind) {
    case ScriptSection::Kind::kSettings:
      outline_.settings = ParseSettings(section, environment_, errors_);
      break;
    case ScriptSection::Kind::kCase:
      TakeCase(section, mark);
      break;
    case ScriptSection::Kind::kStep:
      TakeStep(section);
      break;
  }
}

void Outliner::TakeCase(const ScriptSection& section, SectionMark mark) {
  EndCase();
  const size_t mistakes = errors_.count();
  const std::optional<CaseHead> head = ParseCaseHead(section, errors_);
  if (!head) return;
  outline_.cases.push_back(mark);
  if (errors_.count() == mistakes) empty_case_ = head->place;
}

void Outliner::TakeStep(const ScriptSection& section) {
  empty_case_.reset();
  const std::optional<Step> step = ParseStep(section, errors_);
  if (!step) return;
  for (const Capture& capture : step->captures) outline_.captures.insert(capture.name);
}

void Outliner::EndCase() {
  if (empty_case_)
    errors_.Add(*empty_case_, "a case without a call tests nothing", "a line 'call METHOD' makes one");
  empty_case_.reset();
}

}  // namespace

ScriptOutline OutlineScript(std::string_view text, const EnvironmentReader& environment,
                            ScriptErrors& errors) {
  return Outliner(environment, errors).Outline(text);
}

CaseHead ReadCaseHead(std::string_view text, SectionMark mark) {
  ScriptErrors errors;
  const std::optional<ScriptSection> section = SectionReader(text, mark).Next();
  return section ? ParseCaseHead(*section, errors).value_or(CaseHead{}) : CaseHead{};
}

}  // namespace rpcctl
