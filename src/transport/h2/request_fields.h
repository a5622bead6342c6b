// The header fields that begin a call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/duration.h"
#include "transport/transport.h"

namespace rpcctl {

struct HeaderField {
  std::string name;
  std::string value;

  bool operator==(const HeaderField&) const = default;
};

// In the order that grpc's doc/PROTOCOL-HTTP2.md, "Requests", gives them, the call's own metadata last.
// `left` is the time until the call's deadline.
std::vector<HeaderField> RequestFields(const CallStart& start, const TransportOptions& options,
                                       Duration left);

}  // namespace rpcctl
