#include "script/case_steps.h"

#include <utility>

#include "script/script_outline.h"
#include "script/step_parser.h"

namespace rpcctl {

CaseSteps::CaseSteps(std::string_view text, SectionMark begin, const StepTools& tools)
    : text_(text), begin_(begin), tools_(tools), head_(ReadCaseHead(text, begin)), sections_(text, begin) {
  Rewind();
}

void CaseSteps::Rewind() {
  sections_ = SectionReader(text_, begin_);
  sections_.Next();  // the head
}

const CheckedStep* CaseSteps::Next() {
  const std::optional<ScriptSection> section = sections_.Next();
  if (!section || section->kind != ScriptSection::Kind::kStep) return nullptr;
  ScriptErrors none;  // the script was checked
  std::optional<Step> step = ParseStep(*section, none);
  if (!step) return nullptr;
  step_ = ResolveStep(std::move(*step), tools_, none);
  return &*step_;
}

}  // namespace rpcctl
