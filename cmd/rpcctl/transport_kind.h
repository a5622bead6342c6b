// Which transport an executable speaks through. The commands use whichever they are handed and know none by
// name.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "transport/transport.h"

namespace rpcctl {

// One implementation of transport.h, as a `main` hands it in.
struct TransportKind {
  std::string_view name;  // "h2": what --transport calls it
  std::unique_ptr<Transport> (*make)(TransportOptions options) = nullptr;
  std::string_view library;                    // what it stands on: "nghttp2"
  std::string (*library_version)() = nullptr;  // "1.52.0"
};

}  // namespace rpcctl
