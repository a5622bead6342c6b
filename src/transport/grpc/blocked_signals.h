// For threads that the caller never sees.
#pragma once

#include <signal.h>

namespace rpcctl {

// Signals are for the thread that turns the loop, whose blocking writes they must interrupt. To be called by
// a thread first.
inline void BlockSignals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace rpcctl
