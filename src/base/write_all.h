// Writes to a descriptor that blocks.
#pragma once

#include <string_view>

namespace rpcctl {

// All of `bytes`, going on after signals; 0, or the errno of what prevented it, when a part may be written.
int WriteAll(int descriptor, std::string_view bytes);

}  // namespace rpcctl
