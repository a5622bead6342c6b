// Cuts a line of a script into words, as a shell would.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "script/word.h"

namespace rpcctl {

// The value of an environment variable; nullopt when it is not set.
using EnvironmentReader = std::function<std::optional<std::string>(const std::string& name)>;

// White space parts words; '...' is taken as it is; in "..." a backslash stands before " \ $ and `, elsewhere
// before any character; {{...}} is filled in later but in single quotes, and is never parted; ${NAME} and
// ${NAME:-text} are filled in at once where an environment is given, and stand for themselves otherwise; a
// '#' at the beginning of a word begins a comment.
class LineReader final {
 public:
  // `line` has no line break. Borrows both for life.
  LineReader(std::string_view line, size_t number, const EnvironmentReader* environment = nullptr);

  // Whether no further word stands in the line.
  bool AtEnd();
  // The next word; not to be asked AtEnd. An unquoted character of `stops` ends the word, and is one by
  // itself. After an error, place() is where it is.
  Result<Word> Next(std::string_view stops = {});
  // Where the next word begins or, after an error, where that is.
  TextPosition place();
  // Up to where the line was read, in bytes: behind the last word or, after AtEnd, where the next one begins.
  size_t offset() const { return at_; }
  // A kUsage error at `place`, which place() tells from now on.
  Error Blame(TextPosition place, std::string message, std::string_view hint = {});
  // What is left of the line, less a comment and the white space around it, as it stands.
  std::string_view Rest();

 private:
  void SkipBlanks();
  TextPosition PlaceAt(size_t at);
  Error Fail(size_t at, std::string message, std::string hint = {});
  Result<void> TakePiece(Word& word);
  Result<void> TakeSingleQuoted(Word& word);
  Result<void> TakeDoubleQuoted(Word& word);
  Result<void> TakeEscaped(Word& word);
  Result<void> TakeInsertion(Word& word);
  Result<void> TakeVariable(Word& word);
  Result<void> TakeCharacter(Word& word);
  // One or more that mean nothing, or that one which may.
  Result<void> TakeCharacters(Word& word);
  bool StartsWith(std::string_view text) const { return line_.substr(at_).starts_with(text); }

  std::string_view line_;
  size_t number_;
  const EnvironmentReader* environment_;
  size_t at_ = 0;
  std::optional<TextPosition> failed_at_;
  // Up to where characters were counted: a line is walked once however many words it has.
  size_t counted_to_ = 0;
  size_t column_ = 1;
};

}  // namespace rpcctl
