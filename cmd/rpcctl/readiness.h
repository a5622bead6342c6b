// Waits until a server takes calls.
#pragma once

#include <functional>

#include "base/duration.h"
#include "base/result.h"
#include "transport/metadata.h"
#include "transport/transport.h"

namespace rpcctl {

// Connects, again and again where that fails, and asks grpc.health.v1 for the server as a whole until it is
// SERVING; a server without that service is ready once it answers. `pause` waits, and is false when the wait
// was broken off. An error when `until` comes first: kConnect when nothing could be connected to,
// kExpectation when the server said until the end that it is not serving. A question is given up when
// `interrupt` becomes readable (-1 for none).
Result<void> AwaitReady(Transport& transport, const Metadata& metadata, TimePoint until, int interrupt,
                        const std::function<bool(TimePoint until)>& pause);

}  // namespace rpcctl
