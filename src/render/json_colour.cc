#include "render/json_colour.h"

#include "render/ansi.h"

namespace rpcctl {
namespace {

constexpr std::string_view kNumberCharacters = "+-.0123456789eE";
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";

// The string literal that `json` begins with, quotes included; all of it when it does not end.
std::string_view LeadingString(std::string_view json) {
  size_t end = 1;
  while (end < json.size() && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
  return json.substr(0, end + 1);
}

std::string_view LeadingRun(std::string_view json, std::string_view of) {
  return json.substr(0, json.find_first_not_of(of));
}

bool IsAmong(char c, std::string_view characters) {
  return characters.find(c) != std::string_view::npos;
}

struct Token {
  std::string_view text;
  std::string_view colour;  // empty for none
};

// The token that `json`, which is not empty, begins with.
Token LeadingToken(std::string_view json) {
  const char first = json.front();
  if (first == '"') {
    const std::string_view text = LeadingString(json);
    const bool is_name = json.substr(text.size()).starts_with(':');
    return {text, is_name ? ansi::kBoldBlue : ansi::kGreen};
  }
  if (first == '-' || (first >= '0' && first <= '9'))
    return {LeadingRun(json, kNumberCharacters), ansi::kCyan};
  if (IsAmong(first, kLetters)) return {LeadingRun(json, kLetters), ansi::kMagenta};
  return {json.substr(0, 1), {}};
}

}  // namespace

void AppendColoured(std::string_view json, std::string& out) {
  while (!json.empty()) {
    const Token token = LeadingToken(json);
    ansi::AppendIn(token.colour, token.text, out);
    json.remove_prefix(token.text.size());
  }
}

}  // namespace rpcctl
