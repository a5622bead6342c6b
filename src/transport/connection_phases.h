// What making one connection took, phase by phase.
#pragma once

#include <optional>
#include <string>

#include "base/duration.h"

namespace rpcctl {

struct ConnectionPhases {
  // What was dialled, the proxy where there is one: "127.0.0.1:50051", "unix:/run/x.sock".
  std::string address;
  Duration name{};  // looking the name up; next to nothing for an address
  Duration dial{};  // until the socket was connected, every address that was tried included
  std::optional<Duration> proxy = std::nullopt;  // its answer to CONNECT; nullopt without a proxy
  std::optional<Duration> tls = std::nullopt;    // the handshake; nullopt for plaintext
};

}  // namespace rpcctl
