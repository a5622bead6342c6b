// How a failure is told on standard error.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "call/call_outcome.h"
#include "render/colour.h"

namespace rpcctl {

// A call that ended with a status other than OK, as it is told.
struct FailedCall {
  RpcStatus status;
  std::vector<std::string> details;  // one line each, safe to show
  std::string hint;
  std::vector<std::string> detail_documents = {};  // the details as JSON
};

// "rpcctl: error: ..." and the lines that belong to it, each ended by a newline.
std::string ErrorReport(const Error& error, Colour colour);
// The same for a status: "rpcctl: error: NOT_FOUND (5): ...". At most `message_limit` bytes of the server's
// message are shown.
std::string StatusReport(const FailedCall& call, Colour colour, size_t message_limit);

}  // namespace rpcctl
