// For executables, and tests, that are linked with everything.
#pragma once

#include "cmd/rpcctl/abilities.h"

namespace rpcctl {

Abilities AllAbilities();

}  // namespace rpcctl
