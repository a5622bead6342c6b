// The steps of a case on their way through a run.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "message/text_position.h"
#include "script/script.h"
#include "script/script_section.h"
#include "script/step_resolver.h"

namespace rpcctl {

// Reads each step again when it is its turn, and keeps none: flat in memory however many there are.
class CaseSteps final {
 public:
  // The case that begins at `begin` in `text`, a script that was checked with `tools`. Borrows text and tools
  // for life.
  CaseSteps(std::string_view text, SectionMark begin, const StepTools& tools);

  const CaseHead& head() const { return head_; }
  // The next one is the first.
  void Rewind();
  // The next, good until the one behind it; null behind the last. It was checked, but what it names may be
  // gone since: a file, or the server that is asked for its types. The error then says so, at place().
  Result<const CheckedStep*> Next();
  // Of the mistake in the step that was read last, else of its beginning.
  TextPosition place() const { return place_; }
  // The line there.
  std::string_view line() const { return line_; }

 private:
  const std::string_view text_;
  const SectionMark begin_;
  const StepTools& tools_;
  const CaseHead head_;
  SectionReader sections_;
  std::optional<CheckedStep> step_;
  TextPosition place_;
  std::string_view line_;
};

}  // namespace rpcctl
