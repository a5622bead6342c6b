// How message types that only a name in the data leads to, those inside an Any, are found.
#pragma once

#include <functional>
#include <string_view>

namespace google::protobuf {
class Descriptor;
}

namespace rpcctl {

// The message type with a full name; nullptr where there is none.
using TypeFinder = std::function<const google::protobuf::Descriptor*(std::string_view full_name)>;

}  // namespace rpcctl
