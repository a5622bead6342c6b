// rpcctl-reference-server: serves until SIGTERM or SIGINT; SIGUSR1 flips what its health service says.
#include <absl/synchronization/mutex.h>
#include <grpc/support/log.h>
#include <pthread.h>

#include <csignal>
#include <cstdio>

#include "reference_server/flags.h"
#include "reference_server/server.h"

namespace {

using rpcctl::reference::Outcome;
using rpcctl::reference::ReadFlags;
using rpcctl::reference::ReferenceServer;
using rpcctl::reference::Refusal;
using rpcctl::reference::ServerOptions;

// Keeps the signals that the server obeys for Obey, in every thread that is started from now on.
sigset_t HoldSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

// Returns when the server is to stop.
void Obey(const sigset_t& signals, ReferenceServer& server) {
  int signal = 0;
  while (sigwait(&signals, &signal) == 0 && signal == SIGUSR1) server.FlipHealth();
}

// What the library would log has been said by us, or is the fault of a client.
void DropLog(gpr_log_func_args*) {}

}  // namespace

int main(int argc, char** argv) {
  const std::variant<ServerOptions, Refusal> read = ReadFlags(argc, argv);
  if (const Refusal* refusal = std::get_if<Refusal>(&read)) {
    std::fputs(refusal->text.c_str(), refusal->code == 0 ? stdout : stderr);
    return refusal->code;
  }
  const sigset_t signals = HoldSignals();
  gpr_set_log_function(DropLog);
  // Debian builds Abseil with its check of lock orders, which takes a tenth of a long stream's time.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  Outcome<std::unique_ptr<ReferenceServer>> server = ReferenceServer::Start(std::get<ServerOptions>(read));
  if (!server) {
    std::fprintf(stderr, "rpcctl-reference-server: %s\n", server.failure().text.c_str());
    return 1;
  }
  for (const std::string& address : (*server)->addresses()) std::printf("listening on %s\n", address.c_str());
  std::fflush(stdout);
  Obey(signals, **server);
  (*server)->Stop();
  return 0;
}
