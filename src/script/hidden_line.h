// A line of a script without its secrets.
#pragma once

#include <string>

#include "script/secret_mask.h"

namespace rpcctl {

// `line` as it was written, each secret masked, and the value of each header of -H, or of another option
// for headers, whose name says that it is one. Where a word holds a secret in another form than it was
// written in, "authorization:\ Bearer\ x", the line is told in the quotes of a shell, less its comment.
std::string HiddenLine(const std::string& line, const SecretMask& mask);

}  // namespace rpcctl
