// The completion scripts of the shells, compiled in from completions/.
#pragma once

#include <string_view>

namespace rpcctl {

extern const std::string_view kBashCompletion;
extern const std::string_view kZshCompletion;
extern const std::string_view kFishCompletion;

}  // namespace rpcctl
