#include "message/json_syntax.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

constexpr size_t kLongestWord = 40;
constexpr std::string_view kOpenString = "the string is not closed";

bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool IsWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '+' ||
         c == '-' || c == '.' || c == '$';
}

bool IsControl(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

// The beginning of the word of letters and digits that the byte at `offset` is in.
size_t WordBegin(std::string_view json, size_t offset) {
  while (offset > 0 && IsWord(json[offset - 1])) --offset;
  return offset;
}

std::string_view WordAt(std::string_view json, size_t offset) {
  size_t end = offset;
  while (end < json.size() && end < offset + kLongestWord && IsWord(json[end])) ++end;
  return json.substr(offset, end - offset);
}

// The last byte before `offset` that is no white space; NUL at the beginning.
char LastBefore(std::string_view json, size_t offset) {
  while (offset > 0 && IsSpace(json[offset - 1])) --offset;
  return offset > 0 ? json[offset - 1] : '\0';
}

// "the end of the document", "'}'", "'NaN'", "the control character U+0001", "the byte 0xff, ...".
std::string Found(std::string_view json, size_t offset) {
  if (offset >= json.size()) return "the end of the document";
  const char c = json[offset];
  if (c == '\'') return "a single quote";
  if (IsControl(c)) return fmt::format("the control character U+{:04X}", static_cast<unsigned char>(c));
  const size_t length = Utf8CharacterLength(json.substr(offset));
  if (length == 0) return fmt::format("the byte 0x{:02x}, which is not UTF-8", static_cast<unsigned char>(c));
  const std::string_view word = WordAt(json, offset);
  return fmt::format("'{}'", SafeText(word.empty() ? json.substr(offset, length) : word));
}

// What people write by mistake, by what stands where JSON has something else.
std::string Hint(SyntaxFault fault, std::string_view json, size_t offset) {
  if (offset >= json.size()) return "";
  const char c = json[offset];
  const char before = LastBefore(json, offset);
  if (c == '\'') return "JSON takes double quotes only";
  if (c == '/' || c == '#') return "JSON has no comments";
  if (before == ',' && (c == '}' || c == ']')) return "JSON takes no comma after the last one";
  if (fault == SyntaxFault::kNoName && IsWord(c)) return "names are written in double quotes";
  const std::string_view word = WordAt(json, offset);
  if (word == "NaN" || word == "Infinity" || word == "-Infinity") return "write it in double quotes";
  const bool comma = fault == SyntaxFault::kNoObjectComma || fault == SyntaxFault::kNoArrayComma;
  if (comma && before == '0' && offset > 0 && json[offset - 1] == '0' && c >= '0' && c <= '9') {
    return "numbers have no leading zeros";
  }
  return "";
}

struct Wording {
  SyntaxFault fault;
  std::string_view expected;
};

constexpr Wording kWordings[] = {
    {SyntaxFault::kNoValue, "a JSON value"},
    {SyntaxFault::kNoName, "a name in double quotes"},
    {SyntaxFault::kNoColon, "':' after the name"},
    {SyntaxFault::kNoObjectComma, "',' or '}'"},
    {SyntaxFault::kNoArrayComma, "',' or ']'"},
    {SyntaxFault::kBadValue, "a value"},
    {SyntaxFault::kNoFraction, "a digit after the decimal point"},
    {SyntaxFault::kNoExponent, "a digit in the exponent"},
    {SyntaxFault::kTrailing, "nothing after the document"},
};

// A character that a string has to spell otherwise, or an escape that does not exist.
std::string BadEscape(std::string_view json, size_t offset) {
  const char c = json[offset];
  if (c == '\\' && offset + 1 == json.size()) return std::string(kOpenString);
  if (c == '\\') return fmt::format("'{}' is no escape of JSON", SafeText(json.substr(offset, 2)));
  if (c == '\n') return "a line break in a string is written as \\n";
  if (c == '\t') return "a tab in a string is written as \\t";
  return fmt::format("{} in a string is written as \\u{:04x}", Found(json, offset),
                     static_cast<unsigned char>(c));
}

std::string Message(SyntaxFault fault, std::string_view json, size_t offset) {
  switch (fault) {
    case SyntaxFault::kBadEscape:
      return BadEscape(json, offset);
    case SyntaxFault::kBadHexadecimal:
      return "'\\u' takes four hexadecimal digits";
    case SyntaxFault::kLoneSurrogate:
      return fmt::format("'{}' is one half of a surrogate pair", SafeText(json.substr(offset, 6)));
    case SyntaxFault::kOpenString:
      return offset >= json.size() ? "the string is not closed"
                                   : "a string must not hold " + Found(json, offset);
    case SyntaxFault::kHugeNumber:
      return fmt::format("{} is out of range", WordAt(json, offset));
    default:
      break;
  }
  const auto wording = std::find_if(std::begin(kWordings), std::end(kWordings),
                                    [&](const Wording& entry) { return entry.fault == fault; });
  return fmt::format("expected {}, found {}", wording->expected, Found(json, offset));
}

}  // namespace

JsonProblem DescribeSyntax(SyntaxFault fault, std::string_view json, size_t offset) {
  // The parser stops inside of a word such as NaN.
  if (fault == SyntaxFault::kBadValue) offset = WordBegin(json, offset);
  return {offset, Message(fault, json, offset), Hint(fault, json, offset)};
}

}  // namespace rpcctl
