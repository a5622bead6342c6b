// The methods of a server whose every message is answered with one message.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace rpcctl::bench {

// The message that answers a message; nullopt where it is not understood.
using Method = std::function<std::optional<std::string>(std::string_view message)>;

// By path, "/package.Service/Method".
using Methods = std::map<std::string, Method, std::less<>>;

}  // namespace rpcctl::bench
