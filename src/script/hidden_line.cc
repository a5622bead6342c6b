#include "script/hidden_line.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/shell_word.h"
#include "call/prepared_call.h"
#include "script/line_reader.h"
#include "script/variables.h"

namespace rpcctl {
namespace {

std::string AsWritten(const Word& word) {
  std::string text;
  for (const WordPiece& piece : word.pieces)
    text += piece.insertion ? InsertionText(*piece.insertion) : piece.text;
  return text;
}

// The options behind which a header stands.
constexpr std::string_view kHeaderOptions[] = {"-H", "--header", "--call-header", "--reflect-header"};

// The words of a line, one after the other.
class WordHider final {
 public:
  explicit WordHider(const SecretMask& mask) : mask_(mask) {}

  // The next one without its secrets. What is filled in to a header that is one makes no secret of its rest.
  std::string Hidden(const Word& word) {
    std::string text = AsWritten(word);
    if (const std::optional<size_t> begin = HeaderIn(text)) {
      const size_t colon = text.find(':', *begin + 1);
      const bool is_secret = colon != std::string::npos && IsSecretName(text.substr(*begin, colon - *begin));
      if (is_secret) text.replace(colon, std::string::npos, ": ***");
    }
    return mask_.Hidden(std::move(text));
  }

 private:
  // Where in `text` a header begins, if one does.
  std::optional<size_t> HeaderIn(const std::string& text) {
    const bool is_option = std::ranges::find(kHeaderOptions, text) != std::end(kHeaderOptions);
    const bool is_value = std::exchange(header_follows_, is_option);
    if (is_value) return 0;
    if (header_follows_) return std::nullopt;
    if (text.starts_with("-H")) return 2;
    const size_t equals = text.find('=');
    const bool holds_one = equals != std::string::npos &&
                           std::ranges::find(kHeaderOptions, std::string_view(text).substr(0, equals)) !=
                               std::end(kHeaderOptions);
    return holds_one ? std::optional(equals + 1) : std::nullopt;
  }

  const SecretMask& mask_;
  bool header_follows_ = false;
};

using Words = std::vector<std::string>;

// `told` of each word of a line; fewer where it is none, as one may be that was masked.
template <typename Told>
Words WordsOf(const std::string& line, Told told) {
  LineReader reader(line, 1);
  Words words;
  while (!reader.AtEnd()) {
    const Result<Word> word = reader.Next();
    if (!word) break;
    words.push_back(told(*word));
  }
  return words;
}

}  // namespace

std::string HiddenLine(const std::string& line, const SecretMask& mask) {
  std::string hidden = mask.Hidden(line);
  WordHider hider(mask);
  const Words words = WordsOf(line, [&](const Word& word) { return hider.Hidden(word); });
  if (WordsOf(hidden, AsWritten) == words) return hidden;
  std::string told;
  for (const std::string& word : words) told += (told.empty() ? "" : " ") + ShellWord(word);
  return mask.Hidden(std::move(told));
}

}  // namespace rpcctl
