// Whether a connection is made with TLS, and with which.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "cmd/rpcctl/flags.h"
#include "cmd/rpcctl/surroundings.h"
#include "transport/target.h"
#include "transport/tls_context.h"

namespace rpcctl {

struct TlsPlan {
  std::shared_ptr<const TlsContext> context;  // null: plaintext
  std::vector<std::string> warnings;          // safe to show
};

// TLS is the default for what is not local, and an option that is about TLS asks for it. Errors are kUsage
// and name the option; kInput where a file cannot be used; what Abilities::tls_library says where TLS is
// wanted and cannot be had.
Result<TlsPlan> MakeTlsPlan(const ConnectionFlags& flags, const Target& target, const Surroundings& around);

}  // namespace rpcctl
