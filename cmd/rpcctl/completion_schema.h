// Where completion takes its types from: files, or a server that may be asked.
#pragma once

#include <string>
#include <vector>

#include "base/duration.h"
#include "cmd/rpcctl/flags.h"
#include "cmd/rpcctl/surroundings.h"
#include "completion/known_schema.h"

namespace rpcctl {

// The types of the files that `flags` name, else of the server they lead to: one on loopback, which has 300
// ms from `began` on for all that is asked of it. Sends no header and no client's certificate, runs nothing
// and prints nothing. `around` is read before this returns, but for its transport; what is returned owns the
// rest.
KnownSchema SchemaForCompletion(const ConnectionFlags& flags, const Surroundings& around, TimePoint began);

// The servers that -t may be meant to name, most likely first.
std::vector<std::string> TargetsUsedBefore(const Surroundings& around);

}  // namespace rpcctl
