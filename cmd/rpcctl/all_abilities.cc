#include "cmd/rpcctl/all_abilities.h"

#include "cmd/rpcctl/call_recording.h"
#include "cmd/rpcctl/commands.h"
#include "transport/tls/openssl_library.h"

namespace rpcctl {

Abilities AllAbilities() {
  return {[] { return OpenSslLibrary(); }, [] { return LookUpName; },
          [] {
            return ScriptCommands{RunTestCommand, CallRecording::Begin};
          }};
}

}  // namespace rpcctl
