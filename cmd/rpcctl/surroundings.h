// What a run of the program has around it: its streams, its terminal and its environment.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/duration.h"
#include "base/output.h"
#include "base/result.h"
#include "cmd/rpcctl/abilities.h"
#include "cmd/rpcctl/transport_kind.h"

namespace rpcctl {

// Built by main (or a test) and handed down; nothing below reaches for a global. Everything is borrowed.
struct Surroundings {
  int standard_input = 0;
  Output& out;
  Output& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  // The value of an environment variable; nullopt when it is not set.
  std::function<std::optional<std::string>(const std::string& name)> environment;
  // What connections are made through. Only what connects nowhere may do without.
  TransportKind transport = {};
  // Makes this process the program of another transport, by its name, with the words and the environment that
  // it was started with; returns only when that failed, and why.
  std::function<Error(std::string_view name)> become = [](std::string_view) {
    return Error{ErrorKind::kUsage, "--transport: this program has one transport only"};
  };
  // Says when the time of the command is over: from then on no reader of the output is waited for long.
  std::function<void(TimePoint deadline)> limit_time = [](TimePoint) {};
  Abilities abilities = NoAbilities();
  // Runs this program with these words in a process of its own that goes on when this one ends; see
  // StartDetached.
  std::function<void(std::vector<std::string> words)> start_detached = [](const std::vector<std::string>&) {};
  // For all that a server is asked while somebody waits for a key to answer, as --timeout takes it: 300 ms
  // are the most, and the process itself takes its part of them.
  std::string_view key_patience = "280ms";
};

// How a run ended: by an exit code, or by a signal that the process is to die of (0 for none).
struct RunResult {
  int exit_code = 0;
  int signal = 0;
  std::shared_ptr<const void> leftovers = {};  // of the command: see Ending
};

}  // namespace rpcctl
