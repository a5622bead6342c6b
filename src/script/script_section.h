// Cuts the text of a script into its parts, and those into lines, without looking further into them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "script/line_reader.h"
#include "script/script_error.h"

namespace rpcctl {

// Lines that belong together: everything before the first case; the line "case" with what stands before the
// first step; a step, which is the line "call" or "open" with what is said of it.
struct ScriptSection {
  enum class Kind { kSettings, kCase, kStep };
  Kind kind = Kind::kSettings;
  std::string_view text = {};  // whole lines, part of the script's text
  size_t line = 1;             // number of the first
};

// Where a section begins, in a script of less than 4 GiB. Small, because there is one for each case.
struct SectionMark {
  uint32_t offset = 0;
  uint32_t line = 1;
};

// Hands out the sections of a script in order; every line is in one.
class SectionReader final {
 public:
  // Borrows `text`, the whole script, for life. Begins at its first line or at `begin`, a line "case".
  explicit SectionReader(std::string_view text, SectionMark begin = {}) : text_(text), next_(begin) {}

  // Nothing behind the last.
  std::optional<ScriptSection> Next();
  // Where the next one begins.
  SectionMark mark() const { return next_; }

 private:
  std::string_view text_;
  SectionMark next_;
  bool in_cases_ = false;  // the first "case" was met
};

// Hands the lines of `section` one by one to `take`, but for empty ones and comments. Its errors are added to
// `errors`, each at the place() of its reader. Lines end with LF or CRLF; a byte order mark is left out.
using LineTaker = std::function<Result<void>(LineReader& reader, std::string_view line)>;
void TakeLines(const ScriptSection& section, ScriptErrors& errors, const LineTaker& take);

}  // namespace rpcctl
