// A script read to its end, with all that is in it.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "script/script_outline.h"
#include "script/step_parser.h"

namespace rpcctl {

struct WholeCase {
  CaseHead head;
  std::vector<Step> steps;
};

struct WholeScript {
  Settings settings;
  std::vector<WholeCase> cases;
  ScriptErrors errors;
};

// The steps of the case that begins at `mark`.
inline std::vector<Step> StepsOf(std::string_view text, SectionMark mark) {
  std::vector<Step> steps;
  SectionReader sections(text, mark);
  sections.Next();  // the head
  ScriptErrors told;
  while (const std::optional<ScriptSection> section = sections.Next()) {
    if (section->kind != ScriptSection::Kind::kStep) break;
    if (std::optional<Step> step = ParseStep(*section, told)) steps.push_back(std::move(*step));
  }
  return steps;
}

inline WholeScript ReadWholeScript(std::string_view text, const EnvironmentReader& environment) {
  WholeScript whole;
  ScriptOutline outline = OutlineScript(text, environment, whole.errors);
  whole.settings = std::move(outline.settings);
  for (const SectionMark mark : outline.cases)
    whole.cases.push_back({ReadCaseHead(text, mark), StepsOf(text, mark)});
  return whole;
}

}  // namespace rpcctl
