#include "transport/grpc/silence.h"

#include <absl/synchronization/mutex.h>
#include <grpc/support/log.h>

namespace rpcctl {

void SilenceGrpc() {
  gpr_set_log_function([](gpr_log_func_args*) {});
  // Debian builds abseil with its search for deadlocks on, which costs a tenth of a stream's time.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
}

}  // namespace rpcctl
