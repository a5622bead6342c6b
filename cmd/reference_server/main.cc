// rpcctl-reference-server: serves until SIGTERM or SIGINT.
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

// Keeps the signals that stop the server for WaitForStop, in every thread that is started from now on.
sigset_t HoldStopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

void WaitForStop(const sigset_t& signals) {
  int signal = 0;
  sigwait(&signals, &signal);
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
  const sigset_t stop_signals = HoldStopSignals();
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
  WaitForStop(stop_signals);
  (*server)->Stop();
  return 0;
}
