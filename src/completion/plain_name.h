// Which names of a server's are offered.
#pragma once

#include <string_view>

namespace rpcctl {

// Whether `name` is made of ASCII letters, digits, "_" and "." alone, as protobuf's are. A server may send
// any other, also one that a shell would act on: those are not offered.
bool IsPlainName(std::string_view name);

}  // namespace rpcctl
