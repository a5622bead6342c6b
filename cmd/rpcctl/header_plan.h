// What the header options mean: the metadata of the call, and that of reflection.
#pragma once

#include "base/result.h"
#include "cmd/rpcctl/flags.h"
#include "cmd/rpcctl/surroundings.h"
#include "transport/metadata.h"

namespace rpcctl {

struct HeaderPlan {
  Metadata call;
  Metadata reflection;
};

// Files come first, then --header, then what is for one of the two alone. What was read from a file, or from
// the environment, is a secret. Errors are kUsage and name the option, for a file its line too; kInput where
// a file cannot be read. No error shows a value.
Result<HeaderPlan> MakeHeaderPlan(const ConnectionFlags& flags, const Surroundings& around);

}  // namespace rpcctl
