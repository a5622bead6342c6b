#include "script/case_steps.h"

#include <algorithm>
#include <utility>

#include "script/script_outline.h"
#include "script/step_parser.h"

namespace rpcctl {
namespace {

// The line of this number in the script that `section` is of.
std::string_view LineOf(const ScriptSection& section, size_t number) {
  std::string_view rest = section.text;
  for (size_t line = section.line; line < number; ++line)
    rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
  return rest.substr(0, rest.find_first_of("\r\n"));
}

}  // namespace

CaseSteps::CaseSteps(std::string_view text, SectionMark begin, const StepTools& tools)
    : text_(text), begin_(begin), tools_(tools), head_(ReadCaseHead(text, begin)), sections_(text, begin) {
  Rewind();
}

void CaseSteps::Rewind() {
  sections_ = SectionReader(text_, begin_);
  sections_.Next();  // the head
}

Result<const CheckedStep*> CaseSteps::Next() {
  const std::optional<ScriptSection> section = sections_.Next();
  if (!section || section->kind != ScriptSection::Kind::kStep) return nullptr;
  place_ = {.line = section->line, .column = 1};
  ScriptErrors errors;
  if (std::optional<Step> step = ParseStep(*section, errors))
    step_ = ResolveStep(std::move(*step), tools_, errors);
  if (!errors.empty()) place_ = errors.list().front().place;
  line_ = LineOf(*section, place_.line);
  if (!errors.empty()) return errors.list().front().error;
  return &*step_;
}

}  // namespace rpcctl
