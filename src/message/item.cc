#include "message/item.h"

#include <fmt/format.h>

#include "message/input_error.h"

namespace rpcctl {
namespace {

struct Operator {
  std::string_view text;
  ItemValue value_kind;
  bool append;
};

constexpr Operator kOperators[] = {
    // longest first, so that ":=@" is not read as ":="
    {"+:=@", ItemValue::kJsonFile, true}, {"+:=", ItemValue::kJson, true},
    {"+=@", ItemValue::kTextFile, true},  {":=@", ItemValue::kJsonFile, false},
    {"+=", ItemValue::kText, true},       {":=", ItemValue::kJson, false},
    {"=@", ItemValue::kTextFile, false},  {"=", ItemValue::kText, false},
};

constexpr std::string_view kForms =
    "an item is name=you, limit:=10, tags+=a, name=@file, '{\"name\": \"you\"}', @file, @- or a single comma";

const Operator* OperatorAt(std::string_view rest) {
  for (const Operator& candidate : kOperators) {
    if (rest.starts_with(candidate.text)) return &candidate;
  }
  return nullptr;
}

struct FoundOperator {
  size_t at = 0;
  const Operator* found = nullptr;  // null when the word has none outside brackets
  bool open_bracket = false;
};

FoundOperator FindOperator(std::string_view word) {
  bool in_brackets = false;
  for (size_t i = 0; i < word.size(); ++i) {
    if (word[i] == '[') in_brackets = true;
    if (word[i] == ']') in_brackets = false;
    if (in_brackets) continue;
    if (const Operator* found = OperatorAt(word.substr(i))) return {i, found, false};
  }
  return {word.size(), nullptr, in_brackets};
}

Error NoOperator(std::string_view word, bool open_bracket) {
  if (word.empty()) return InputError("", "an empty word is no item", kForms);
  if (open_bracket) return InputError("", Quoted(word) + ": the bracket '[' is not closed by ']'");
  if (word.front() == '-') {
    return InputError("", Quoted(word) + " is no item: it has no '='",
                      "if it is an option, put it before '--'");
  }
  return InputError("", Quoted(word) + " is no item: it has no '='", kForms);
}

Result<Item> ParseAssignment(Item item) {
  const std::string_view word = item.word;
  const FoundOperator op = FindOperator(word);
  if (op.found == nullptr) return NoOperator(word, op.open_bracket);
  if (op.at == 0) {
    return InputError("", fmt::format("{}: no field stands before '{}'", Quoted(word), op.found->text));
  }
  item.path = word.substr(0, op.at);
  if (item.path.starts_with(' ') || item.path.ends_with(' ')) {
    return InputError("", fmt::format("{}: white space stands before '{}'", Quoted(word), op.found->text),
                      "an item is one word without spaces around its operator: name=you");
  }
  item.value_kind = op.found->value_kind;
  item.append = op.found->append;
  item.value = word.substr(op.at + op.found->text.size());
  return item;
}

Result<Item> ParseFileItem(Item item) {
  if (item.word == "@") {
    return InputError("", "'@' names no file", "@FILE reads documents from a file, @- from standard input");
  }
  item.kind = item.word == "@-" ? ItemKind::kStandardInput : ItemKind::kFile;
  item.value = item.word.substr(1);
  return item;
}

}  // namespace

Result<Item> ParseItem(std::string_view word) {
  Item item;
  item.word = word;
  if (word == ",") {
    item.kind = ItemKind::kNextMessage;
    return item;
  }
  if (word.starts_with('@')) return ParseFileItem(std::move(item));
  if (word.starts_with('{')) {
    item.kind = ItemKind::kJson;
    item.value = word;
    return item;
  }
  return ParseAssignment(std::move(item));
}

}  // namespace rpcctl
