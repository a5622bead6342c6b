#include "cmd/rpcctl/cpu_limit.h"

#include <sys/time.h>

#include <csignal>

namespace rpcctl {
namespace {

void EndAfter(std::chrono::milliseconds time) {
  itimerval timer = {};
  timer.it_value.tv_sec = time.count() / 1000;
  timer.it_value.tv_usec = time.count() % 1000 * 1000;
  setitimer(ITIMER_PROF, &timer, nullptr);
}

}  // namespace

CpuLimit::CpuLimit(std::chrono::milliseconds most) {
  // Whoever started the process may have ignored or blocked it.
  std::signal(SIGPROF, SIG_DFL);
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGPROF);
  pthread_sigmask(SIG_UNBLOCK, &ending, nullptr);
  EndAfter(most);
}

CpuLimit::~CpuLimit() {
  EndAfter(std::chrono::milliseconds(0));
}

}  // namespace rpcctl
