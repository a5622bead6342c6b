#include "script/variables.h"

#include <fmt/format.h>

#include <charconv>

#include "message/json_form.h"
#include "message/json_string.h"

namespace rpcctl {
namespace {

// A mark is kMarkBegin, the number of the insertion, kMarkEnd; scripts have no control characters.
constexpr char kMarkBegin = '\x01';
constexpr char kMarkEnd = '\x02';

VariableValue Quoted(std::string text) {
  VariableValue value{std::move(text), {}};
  AppendJsonString(value.text, value.json);
  return value;
}

std::string MakeUuid(const std::function<uint64_t()>& random) {
  // Version 4, variant 1: RFC 4122, section 4.4.
  const uint64_t high = (random() & ~uint64_t{0xf000}) | 0x4000;
  const uint64_t low = (random() & ~(uint64_t{3} << 62)) | (uint64_t{2} << 62);
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32, (high >> 16) & 0xffff, high & 0xffff,
                     low >> 48, low & 0xffff'ffff'ffff);
}

std::string MakeNumber(const std::function<uint64_t()>& random, int64_t low, int64_t high) {
  const uint64_t width = static_cast<uint64_t>(high) - static_cast<uint64_t>(low) + 1;  // 0: all of 64 bits
  const uint64_t chosen = width == 0 ? random() : random() % width;
  return std::to_string(static_cast<int64_t>(static_cast<uint64_t>(low) + chosen));
}

Result<VariableValue> MakeTime(std::chrono::system_clock::time_point now, Duration offset) {
  using std::chrono::seconds;
  // Seconds and nanoseconds apart, since the sum of both may not fit.
  const auto since = std::chrono::duration_cast<std::chrono::nanoseconds>(now.time_since_epoch());
  int64_t whole = std::chrono::floor<seconds>(since).count() + std::chrono::floor<seconds>(offset).count();
  int64_t nanos = (since - std::chrono::floor<seconds>(since)).count() +
                  (offset - std::chrono::floor<seconds>(offset)).count();
  constexpr int64_t kSecond = 1'000'000'000;
  whole += nanos / kSecond;
  nanos %= kSecond;
  std::string text;
  if (AppendTimestamp(whole, static_cast<int32_t>(nanos), text))
    return Error{ErrorKind::kExpectation, "the time is outside the years 1 to 9999"};
  return Quoted(std::move(text));
}

std::string InJsonString(const std::string& text) {
  std::string quoted;
  AppendJsonString(text, quoted);
  return quoted.substr(1, quoted.size() - 2);
}

// Follows JSON text to tell whether the end of it is inside a string.
class JsonStrings {
 public:
  void Take(std::string_view text) {
    for (const char c : text) {
      if (escaped_) {
        escaped_ = false;
      } else if (inside_ && c == '\\') {
        escaped_ = true;
      } else if (c == '"') {
        inside_ = !inside_;
      }
    }
  }
  bool inside() const { return inside_; }

 private:
  bool inside_ = false;
  bool escaped_ = false;
};

// Cuts marked text into what stands for itself, handed to `text`, and numbers of insertions, to `mark`, which
// ends it by an error.
template <typename OnText, typename OnMark>
Result<void> Walk(std::string_view marked, OnText text, OnMark mark) {
  while (!marked.empty()) {
    const size_t begin = marked.find(kMarkBegin);
    const size_t end = marked.find(kMarkEnd, begin == std::string_view::npos ? 0 : begin);
    if (begin == std::string_view::npos || end == std::string_view::npos) {
      text(marked);
      return {};
    }
    text(marked.substr(0, begin));
    size_t number = 0;
    std::from_chars(marked.data() + begin + 1, marked.data() + end, number);
    if (Result<void> taken = mark(number); !taken) return taken;
    marked.remove_prefix(end + 1);
  }
  return {};
}

}  // namespace

std::string InsertionText(const Insertion& insertion) {
  switch (insertion.kind) {
    case Insertion::Kind::kVariable:
      return "{{" + insertion.name + "}}";
    case Insertion::Kind::kEnvironment:
      return "{{env." + insertion.name + "}}";
    case Insertion::Kind::kUuid:
      return "{{uuid}}";
    case Insertion::Kind::kNow:
      return "{{now}}";
    case Insertion::Kind::kRandom:
      break;
  }
  return fmt::format("{{{{random {} {}}}}}", insertion.low, insertion.high);
}

void Variables::Set(const std::string& name, VariableValue value) {
  if (const auto secret = concealed_.find(name); secret != concealed_.end()) {
    secret->second->Add(value.text);
    // Of text the mask knows how it stands in JSON.
    if (!value.json.starts_with('"')) secret->second->Add(value.json);
  }
  values_[name] = std::move(value);
}

void Variables::Conceal(const std::string& name, SecretMask& mask) {
  concealed_[name] = &mask;
  if (const VariableValue* value = Find(name)) Set(name, VariableValue(*value));
}

const VariableValue* Variables::Find(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second;
}

Result<VariableValue> Variables::ValueOf(const Insertion& insertion) const {
  switch (insertion.kind) {
    case Insertion::Kind::kUuid:
      return Quoted(MakeUuid(sources_.random));
    case Insertion::Kind::kNow:
      return MakeTime(sources_.now(), insertion.offset);
    case Insertion::Kind::kRandom: {
      const std::string number = MakeNumber(sources_.random, insertion.low, insertion.high);
      return VariableValue{number, number};
    }
    case Insertion::Kind::kEnvironment:
      if (std::optional<std::string> value = sources_.environment(insertion.name))
        return VariableValue{*value, *value};
      return Error{ErrorKind::kExpectation,
                   fmt::format("the environment variable {} is not set", insertion.name)};
    case Insertion::Kind::kVariable:
      break;
  }
  if (const VariableValue* value = Find(insertion.name)) return *value;
  return Error{ErrorKind::kExpectation, fmt::format("{{{{{}}}}} has no value", insertion.name),
               "the case that captures it was not run, or did not get so far"};
}

Result<std::string> Variables::Fill(const Word& word) const {
  const Result<Operand> filled = FillOperand(word);
  if (!filled) return filled.error();
  return filled->text;
}

Result<Operand> Variables::FillOperand(const Word& word) const {
  Operand operand{.text = {}, .json = {}, .quoted = word.quoted, .filled_in = !word.IsPlain()};
  JsonStrings strings;
  for (const WordPiece& piece : word.pieces) {
    if (!piece.insertion) {
      strings.Take(piece.text);
      operand.text += piece.text;
      operand.json += piece.text;
      continue;
    }
    const Result<VariableValue> value = ValueOf(*piece.insertion);
    if (!value) return value.error();
    operand.text += value->text;
    operand.json += strings.inside() ? InJsonString(value->text) : value->json;
  }
  return operand;
}

std::string MarkedWords::Mark(const Word& word) {
  std::string marked;
  for (const WordPiece& piece : word.pieces) {
    marked += piece.text;
    if (!piece.insertion) continue;
    marked += kMarkBegin + std::to_string(insertions_.size()) + kMarkEnd;
    insertions_.push_back(*piece.insertion);
  }
  return marked;
}

bool MarkedWords::HasMarks(std::string_view text) {
  return text.find(kMarkBegin) != std::string_view::npos;
}

std::vector<const Insertion*> MarkedWords::MarksIn(std::string_view text) const {
  std::vector<const Insertion*> marks;
  [[maybe_unused]] const Result<void> walked = Walk(
      text, [](std::string_view) {},
      [&](size_t number) {
        marks.push_back(&insertions_[number]);
        return Result<void>();
      });
  return marks;
}

std::string MarkedWords::Unmarked(std::string_view text) const {
  std::string written;
  [[maybe_unused]] const Result<void> walked = Walk(
      text, [&](std::string_view literal) { written += literal; },
      [&](size_t number) {
        written += InsertionText(insertions_[number]);
        return Result<void>();
      });
  return written;
}

Result<std::string> MarkedWords::FillText(std::string_view text, const Variables& variables) const {
  std::string filled;
  const Result<void> walked = Walk(
      text, [&](std::string_view literal) { filled += literal; },
      [&](size_t number) -> Result<void> {
        const Result<VariableValue> value = variables.ValueOf(insertions_[number]);
        if (!value) return value.error();
        filled += value->text;
        return {};
      });
  if (!walked) return walked.error();
  return filled;
}

Result<std::string> MarkedWords::FillJson(std::string_view text, const Variables& variables) const {
  std::string filled;
  JsonStrings strings;
  const auto take_text = [&](std::string_view literal) {
    strings.Take(literal);
    filled += literal;
  };
  const auto take_mark = [&](size_t number) -> Result<void> {
    const Result<VariableValue> value = variables.ValueOf(insertions_[number]);
    if (!value) return value.error();
    filled += strings.inside() ? InJsonString(value->text) : value->json;
    return {};
  };
  const Result<void> walked = Walk(text, take_text, take_mark);
  if (!walked) return walked.error();
  return filled;
}

}  // namespace rpcctl
