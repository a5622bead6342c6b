// The bytes of a bytes field as people write them in items: hex:00ff, b64:AAE=, text:hi.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace rpcctl {

// Reads one of the three forms. Base64 may be of either alphabet, with padding or without. A bare value is a
// kInput error that lists the forms: nobody can tell whether "cafe" is text, hexadecimal or base64.
Result<std::string> ParseBytes(std::string_view text);

}  // namespace rpcctl
