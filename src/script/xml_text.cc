#include "script/xml_text.h"

#include "base/safe_text.h"

namespace rpcctl {
namespace {

// U+FFFE and U+FFFF in UTF-8: the only characters besides control characters that XML 1.0 forbids.
constexpr std::string_view kForbiddenStart = "\xef\xbf";

std::string_view EscapeOf(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    default:
      return "";
  }
}

// `safe` holds no control character but line feeds.
void AppendEscaped(std::string_view safe, std::string& out) {
  for (size_t i = 0; i < safe.size(); ++i) {
    const bool may_be_forbidden = safe.substr(i).starts_with(kForbiddenStart) && i + 2 < safe.size();
    if (may_be_forbidden && (safe[i + 2] == '\xbe' || safe[i + 2] == '\xbf')) {
      out += safe[i + 2] == '\xbe' ? "\\ufffe" : "\\uffff";
      i += 2;
      continue;
    }
    const std::string_view escape = EscapeOf(safe[i]);
    if (escape.empty()) {
      out += safe[i];
    } else {
      out += escape;
    }
  }
}

}  // namespace

void AppendXmlText(std::string_view text, std::string& out) {
  AppendEscaped(SafeLines(text), out);
}

void AppendXmlAttribute(std::string_view text, std::string& out) {
  out += '"';
  AppendEscaped(SafeText(text), out);
  out += '"';
}

}  // namespace rpcctl
