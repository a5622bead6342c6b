// What happens to every call alike: echoed metadata, the x-elapsed-us trailer, the call log, faults.
#pragma once

#include <memory>

#include "reference_server/faults.h"

namespace grpc::experimental {
class ServerInterceptorFactoryInterface;
}

namespace rpcctl::reference {

class CallLog;

// Watches every call of a server. `log` may be null and must outlive the server.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> WatchCalls(const Faults& faults,
                                                                                  const CallLog* log);

}  // namespace rpcctl::reference
