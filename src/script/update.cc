#include "script/update.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "base/safe_text.h"
#include "script/line_reader.h"

namespace rpcctl {
namespace {

// `line` with `word` in place of the value behind "=="; nothing where it has none.
std::optional<std::string> WithValue(std::string_view line, const std::string& word) {
  LineReader reader(line, 1);
  while (!reader.AtEnd()) {
    const Result<Word> read = reader.Next();
    if (!read) return std::nullopt;
    if (!read->Is("==") || reader.AtEnd()) continue;
    const size_t begin = reader.offset();
    if (!reader.Next()) return std::nullopt;
    return std::string(line.substr(0, begin)) + word + std::string(line.substr(reader.offset()));
  }
  return std::nullopt;
}

}  // namespace

UpdatedScript UpdateScript(std::string_view name, std::string_view text,
                           std::span<const LineUpdate> updates) {
  std::map<size_t, const std::string*> words;
  for (const LineUpdate& update : updates) words[update.line] = &update.word;
  UpdatedScript updated;
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    const bool has_return = end > 0 && text[end - 1] == '\r';
    const std::string_view line = text.substr(0, end - (has_return ? 1 : 0));
    const size_t whole = std::min(end + 1, text.size());
    const auto word = words.find(number);
    std::optional<std::string> changed;
    if (word != words.end()) changed = WithValue(line, *word->second);
    if (changed && *changed != line) {
      if (updated.diff.empty()) updated.diff = fmt::format("--- {0}\n+++ {0}\n", SafeText(name));
      updated.diff +=
          fmt::format("@@ -{0} +{0} @@\n-{1}\n+{2}\n", number, SafeText(line), SafeText(*changed));
      updated.text += *changed;
      updated.text += text.substr(line.size(), whole - line.size());
    } else {
      updated.text += text.substr(0, whole);
    }
    text.remove_prefix(whole);
  }
  return updated;
}

}  // namespace rpcctl
