// TLS in a file of its own, loaded where a connection wants it: to be linked with OpenSSL costs time of every
// start.
#pragma once

#include <string_view>

#include "base/result.h"
#include "transport/tls_context.h"

namespace rpcctl {

// The name of the one function that the module has, of the type TlsEntry.
constexpr const char* kTlsEntryName = "rpcctl_tls";

// The library, for a program of this `version`; null for any other, since they share types.
using TlsEntry = const TlsLibrary* (*)(const char* version);

// Loads the module that lies at `place`, as FileBesideSelf has it, and keeps it for the life of the process.
// An error is kInternal and names the file.
Result<TlsLibrary> LoadTlsModule(std::string_view place);

}  // namespace rpcctl
