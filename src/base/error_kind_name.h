// What programs are told of the sort of an error.
#pragma once

#include <string_view>

#include "base/result.h"

namespace rpcctl {

// "USAGE", "CONNECT"...: the same wherever a report for programs names an error of our own; "INTERNAL_ERROR"
// for kInternal, and for kStatus, which has the name of its status instead.
std::string_view ErrorKindName(ErrorKind kind);

}  // namespace rpcctl
