#include "schema/method_text.h"

#include <fmt/format.h>

namespace rpcctl {
namespace {

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string Text(MethodSide side) {
  return fmt::format("{}{}", side.is_stream ? "stream " : "", side.type.substr(side.type.rfind('.') + 1));
}

}  // namespace

std::string FirstSentence(std::string_view comment) {
  std::string sentence;
  size_t newlines = 0;
  bool blank = false;
  for (const char c : comment) {
    if (IsBlank(c)) {
      newlines += c == '\n' ? 1 : 0;
      blank = true;
      if (!sentence.empty() && (newlines > 1 || sentence.back() == '.')) break;
      continue;
    }
    if (blank && !sentence.empty()) sentence += ' ';
    blank = false;
    newlines = 0;
    sentence += c;
  }
  return sentence;
}

std::string FirstSentenceOf(std::string_view leading, std::string_view trailing) {
  std::string sentence = FirstSentence(leading);
  return sentence.empty() ? FirstSentence(trailing) : sentence;
}

std::string SignatureText(MethodSide input, MethodSide output) {
  return fmt::format("({}) returns ({})", Text(input), Text(output));
}

}  // namespace rpcctl
