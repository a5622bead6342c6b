// Whether what is printed may hold colours.
#pragma once

namespace rpcctl {

enum class Colour { kOff, kOn };

}  // namespace rpcctl
