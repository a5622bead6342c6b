#include "cmd/rpcctl/cpu_limit.h"

#include <doctest/doctest.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace rpcctl {
namespace {

// How a child ends that never stops computing, in a world that ignores and blocks the signal.
int EndOfBusyChild() {
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGPROF, SIG_IGN);
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
    const CpuLimit limit(std::chrono::milliseconds(5));
    for (volatile unsigned turns = 0;;) turns = turns + 1;
  }
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

TEST_CASE("cpu limit: a process that computes without end is ended, and leaves no core") {
  const int status = EndOfBusyChild();
  REQUIRE(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGPROF);
  CHECK_FALSE(WCOREDUMP(status));
}

TEST_CASE("cpu limit: it is lifted with the end of its life") {
  itimerval left = {};
  {
    const CpuLimit limit(std::chrono::hours(1));
    getitimer(ITIMER_PROF, &left);
    CHECK(left.it_value.tv_sec > 0);
  }
  getitimer(ITIMER_PROF, &left);
  CHECK(left.it_value.tv_sec == 0);
  CHECK(left.it_value.tv_usec == 0);
}

}  // namespace
}  // namespace rpcctl
