#include "render/proto_colour.h"

#include <algorithm>
#include <iterator>

#include "render/ansi.h"

namespace rpcctl {
namespace {

// Words that begin a statement or stand at a fixed place in one.
constexpr std::string_view kKeywords[] = {
    "edition",  "enum",    "extend", "extensions", "group",   "import", "map",      "max",
    "message",  "oneof",   "option", "optional",   "package", "public", "repeated", "required",
    "reserved", "returns", "rpc",    "service",    "stream",  "syntax", "to",       "weak",
};

constexpr std::string_view kTypes[] = {
    "bool",   "bytes",  "double",   "fixed32",  "fixed64", "float",  "int32",  "int64",
    "sint32", "sint64", "sfixed32", "sfixed64", "string",  "uint32", "uint64",
};

constexpr std::string_view kConstants[] = {"false", "inf", "nan", "true"};

bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

template <size_t count>
bool IsOneOf(std::string_view word, const std::string_view (&words)[count]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

struct Token {
  std::string_view text;
  std::string_view colour;  // empty for none
};

Token LeadingComment(std::string_view proto) {
  const bool block = proto.starts_with("/*");
  const size_t end = block ? proto.find("*/", 2) : proto.find('\n');
  const bool open = end == std::string_view::npos;
  return {open ? proto : proto.substr(0, block ? end + 2 : end), ansi::kDim};
}

Token LeadingString(std::string_view proto) {
  size_t end = 1;
  while (end < proto.size() && proto[end] != proto.front()) end += proto[end] == '\\' ? 2 : 1;
  return {proto.substr(0, end + 1), ansi::kGreen};
}

// A field may be called "message": what stands before '=' is a name.
bool IsName(std::string_view behind) {
  const size_t next = behind.find_first_not_of(' ');
  return next != std::string_view::npos && behind[next] == '=';
}

Token LeadingWord(std::string_view proto) {
  const auto* const end = std::find_if_not(proto.begin(), proto.end(), IsWordByte);
  const std::string_view word = proto.substr(0, static_cast<size_t>(end - proto.begin()));
  if (IsDigit(word.front())) return {word, ansi::kCyan};
  const bool declares = word == "syntax" || word == "edition";
  if (IsName(proto.substr(word.size())) && !declares) return {word, {}};
  if (IsOneOf(word, kKeywords)) return {word, ansi::kMagenta};
  if (IsOneOf(word, kTypes)) return {word, ansi::kYellow};
  return {word, IsOneOf(word, kConstants) ? ansi::kCyan : ""};
}

// The token that `proto`, which is not empty, begins with.
Token LeadingToken(std::string_view proto) {
  if (proto.starts_with("//") || proto.starts_with("/*")) return LeadingComment(proto);
  if (proto.front() == '"' || proto.front() == '\'') return LeadingString(proto);
  if (IsWordByte(proto.front())) return LeadingWord(proto);
  return {proto.substr(0, 1), {}};
}

void AppendLines(const Token& token, std::string& out) {
  std::string_view rest = token.text;
  for (size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    if (end > 0) ansi::AppendIn(token.colour, rest.substr(0, end), out);
    out += '\n';
    rest.remove_prefix(end + 1);
  }
  if (!rest.empty()) ansi::AppendIn(token.colour, rest, out);
}

}  // namespace

void AppendColouredProto(std::string_view proto, std::string& out) {
  while (!proto.empty()) {
    const Token token = LeadingToken(proto);
    AppendLines(token, out);
    proto.remove_prefix(token.text.size());
  }
}

}  // namespace rpcctl
