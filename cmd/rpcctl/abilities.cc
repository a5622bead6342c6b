#include "cmd/rpcctl/abilities.h"

#include <string>

namespace rpcctl {
namespace {

Error Missing(const std::string& what) {
  return {ErrorKind::kInternal, what + " cannot be had: this program has none"};
}

}  // namespace

Abilities NoAbilities() {
  return {[] { return Missing("TLS"); }, [] { return Missing("a look-up of names"); },
          [] { return Missing("test scripts"); }};
}

}  // namespace rpcctl
