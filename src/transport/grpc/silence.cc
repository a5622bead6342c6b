#include "transport/grpc/silence.h"

#include <grpc/support/log.h>

namespace rpcctl {

void SilenceGrpcLog() {
  gpr_set_log_function([](gpr_log_func_args*) {});
}

}  // namespace rpcctl
