// What the server does wrong on purpose, for tests of clients.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace rpcctl::reference {

struct Faults {
  // How long the first answer of Greeter, HelloService and RouteGuide waits.
  std::chrono::milliseconds delay{0};

  // The same for the reflection services.
  std::chrono::milliseconds reflection_delay{0};

  // Streams of Greeter, HelloService and RouteGuide get this many messages through, then the process ends
  // with exit code 9.
  std::optional<int64_t> die_after = {};
};

}  // namespace rpcctl::reference
