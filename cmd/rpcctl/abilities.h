// What one executable of the program can do and another has to become one that can.
#pragma once

#include <functional>

#include "base/result.h"
#include "cmd/rpcctl/script_commands.h"
#include "transport/name_look_up.h"
#include "transport/tls_context.h"

namespace rpcctl {

// What merely to be linked with costs time of every start. Each is asked for where it is wanted, before
// anything is read from a stream or a connection is made, and may be asked for again and again; a program
// without it either becomes one that has it and does not return, or says why not: kInternal.
struct Abilities {
  std::function<Result<TlsLibrary>()> tls_library;
  std::function<Result<NameLookUp>()> name_look_up;
  std::function<Result<ScriptCommands>()> script_commands;
};

// None of them.
Abilities NoAbilities();

}  // namespace rpcctl
