#include "script/script_section.h"

#include <algorithm>

namespace rpcctl {
namespace {

using Kind = ScriptSection::Kind;

// The next line is taken off `text`, with what ends it.
std::string_view TakeLine(std::string_view& text) {
  const size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

// Less what is no part of a line.
std::string_view Bare(std::string_view line, size_t number) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (number == 1 && line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);  // a byte order mark
  return line;
}

// What stands up to the first white space. With quotes in it it is no verb, as for a line's reader.
std::string_view FirstWord(std::string_view line) {
  constexpr std::string_view kBlanks = " \t";
  line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
  return line.substr(0, line.find_first_of(kBlanks));
}

}  // namespace

std::optional<ScriptSection> SectionReader::Next() {
  std::string_view rest = text_.substr(next_.offset);
  if (rest.empty()) return std::nullopt;
  ScriptSection section{.line = next_.line};
  const char* const begin = rest.data();
  const char* end = begin;
  size_t number = section.line;
  for (; !rest.empty(); ++number) {
    const std::string_view verb = FirstWord(Bare(TakeLine(rest), number));
    const bool is_case = verb == "case";
    const bool begins = is_case || (in_cases_ && (verb == "call" || verb == "open"));
    if (begins && end != begin) break;
    in_cases_ = in_cases_ || is_case;
    if (begins) section.kind = is_case ? Kind::kCase : Kind::kStep;
    end = rest.data();
  }
  section.text = {begin, end};
  next_ = {static_cast<uint32_t>(end - text_.data()), static_cast<uint32_t>(number)};
  return section;
}

void TakeLines(const ScriptSection& section, ScriptErrors& errors, const LineTaker& take) {
  std::string_view rest = section.text;
  for (size_t number = section.line; !rest.empty(); ++number) {
    const std::string_view line = Bare(TakeLine(rest), number);
    LineReader reader(line, number);
    if (reader.AtEnd()) continue;
    if (Result<void> taken = take(reader, line); !taken) errors.Add(reader.place(), taken.error());
  }
}

}  // namespace rpcctl
