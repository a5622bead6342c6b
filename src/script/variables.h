// The variables and captures of a script while it runs, and how {{...}} is filled in.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "message/builder.h"
#include "script/line_reader.h"
#include "script/matcher.h"
#include "script/secret_mask.h"
#include "script/word.h"

namespace rpcctl {

// A value for every place where it may stand.
struct VariableValue {
  std::string text;  // in words, and inside the strings of JSON
  std::string json;  // in JSON outside of its strings
};

// Where values come from that are no variables.
struct ValueSources {
  EnvironmentReader environment;
  WallClock now;
  std::function<uint64_t()> random;  // 64 bits, all equally likely
};

class Variables final {
 public:
  explicit Variables(ValueSources sources) : sources_(std::move(sources)) {}

  // Text that the user wrote: in JSON, outside of strings, it is JSON.
  void SetText(const std::string& name, std::string text) { Set(name, {text, text}); }
  void Set(const std::string& name, VariableValue value);
  void Clear(const std::string& name) { values_.erase(name); }
  const VariableValue* Find(const std::string& name) const;

  // The value of `name`, and each that it is set to from now on, is hidden by `mask`, which is borrowed for
  // life.
  void Conceal(const std::string& name, SecretMask& mask);

  // What stands for `insertion` now. kExpectation errors for what is not set.
  Result<VariableValue> ValueOf(const Insertion& insertion) const;

  // `word` with everything filled in, once: what was filled in is not looked at again.
  Result<std::string> Fill(const Word& word) const;
  Result<Operand> FillOperand(const Word& word) const;

  WallClock clock() const { return sources_.now; }

 private:
  const ValueSources sources_;
  std::map<std::string, VariableValue> values_;
  std::map<std::string, SecretMask*> concealed_;
};

// Words of a step on their way through code that takes words apart: each insertion is a mark that no script
// can hold, so that what is filled in can never become a name, an operator or a word of its own.
class MarkedWords final {
 public:
  // The text of `word` with its marks.
  std::string Mark(const Word& word);

  // The insertions that are marked in `text`, in order.
  std::vector<const Insertion*> MarksIn(std::string_view text) const;
  static bool HasMarks(std::string_view text);
  // `text` as it was written, for messages.
  std::string Unmarked(std::string_view text) const;

  // `text` with its marks filled in: as text, or as JSON, in whose strings values are escaped.
  Result<std::string> FillText(std::string_view text, const Variables& variables) const;
  Result<std::string> FillJson(std::string_view text, const Variables& variables) const;

 private:
  std::vector<Insertion> insertions_;
};

// "{{name}}", as it would be written.
std::string InsertionText(const Insertion& insertion);

}  // namespace rpcctl
