// Text of any kind inside an XML 1.0 document.
#pragma once

#include <string>
#include <string_view>

namespace rpcctl {

// Both append `text` so that a parser reads it back, but for what XML 1.0 has no way to say or a reader could
// be fooled by: control characters, characters that reorder or hide text, U+FFFE and U+FFFF, and bytes that
// are not UTF-8 stand there as the escapes of SafeText ("\x1b").

// Between two tags, where lines stay lines.
void AppendXmlText(std::string_view text, std::string& out);
// In quotes, as the value of an attribute. A line break stands there as "\n".
void AppendXmlAttribute(std::string_view text, std::string& out);

}  // namespace rpcctl
