// String literals of the .proto language.
#pragma once

#include <string>
#include <string_view>

namespace rpcctl {

// `text` as a literal that reads back as the same bytes, quotes included, on one line. What SafeText would
// escape is escaped, as octal bytes; other UTF-8 stays readable.
std::string QuoteText(std::string_view text);

// Likewise for bytes: all but printable ASCII is escaped.
std::string QuoteBytes(std::string_view bytes);

}  // namespace rpcctl
