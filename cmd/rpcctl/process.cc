#include "cmd/rpcctl/process.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "base/output.h"
#include "cmd/rpcctl/app.h"
#include "cmd/rpcctl/detached.h"
#include "cmd/rpcctl/interrupt.h"
#include "cmd/rpcctl/time_limit.h"

namespace rpcctl {
namespace {

// A socket must never land on 0, 1 or 2 because the caller closed them: what is written there would go to the
// server. A closed standard input reads as empty, a closed output refuses what is written.
void OpenStandardDescriptors() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (fcntl(descriptor, F_GETFD) >= 0) continue;
    // The lowest free number is this one. What is open for reading refuses writes with EBADF, as if it were
    // closed.
    [[maybe_unused]] const int opened = open("/dev/null", O_RDONLY);
  }
}

// Runs before every static initialiser, those of shared libraries too, because gRPC's opens a descriptor of
// its own.
using Initialiser = void (*)();
[[gnu::section(".preinit_array"), gnu::used]] const Initialiser kFirst = OpenStandardDescriptors;

std::optional<std::string> EnvironmentVariable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace

void RunProcess(int argc, char** argv, const TransportKind& transport, BecomeOther become,
                Abilities abilities) {
  DescriptorOutput out(STDOUT_FILENO, "standard output", OutputPatience);
  DescriptorOutput err(STDERR_FILENO, "standard error", OutputPatience);
  Surroundings around{STDIN_FILENO,
                      out,
                      err,
                      isatty(STDOUT_FILENO) == 1,
                      isatty(STDERR_FILENO) == 1,
                      EnvironmentVariable,
                      transport,
                      std::move(become),
                      TimeLimit::Set,
                      std::move(abilities),
                      StartDetached};
  const std::vector<std::string> words(argv + 1, argv + argc);
  const RunResult result = Run(words, around);
  if (result.signal != 0) DieOfSignal(result.signal);
  // Everything is flushed; an orderly shutdown of the gRPC library would cost a millisecond and change
  // nothing.
  _exit(result.exit_code);
}

}  // namespace rpcctl
