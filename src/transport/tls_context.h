// What a TLS client brings along, and the library that shakes hands for it: the interface to transport/tls.
#pragma once

#include <memory>
#include <string>

#include "base/duration.h"
#include "base/result.h"
#include "transport/socket.h"
#include "transport/tls_connection.h"

namespace rpcctl {

// The files are PEM.
struct TlsSettings {
  // A host name or an address: what the server's certificate must be for, and (a name only) what the server
  // is told in SNI.
  std::string server_name;
  std::string ca_file = {};    // the certificates to trust; empty: the system's
  std::string cert_file = {};  // the client's certificate, then those it depends on; empty for none
  std::string key_file = {};   // its key; empty: the key stands in `cert_file`
  bool verify = true;          // false: any certificate will do
};

// Loaded once, before anything is dialled, and then used by any number of connections on any thread. It keeps
// the last session with each server for the next connection, which is then made without the certificate being
// sent and checked again: who it was stands with the session.
class TlsContext {
 public:
  virtual ~TlsContext() = default;
  virtual const TlsSettings& settings() const = 0;
  // Shakes hands over `socket`, which is connected to `target` (for messages, and to find a session that can
  // be resumed) and does not block: the server is verified, and HTTP/2 agreed on. Ends at `until`, or when
  // `interrupt` becomes readable (-1 for none): both are kConnect errors, all others are kTls.
  virtual Result<std::unique_ptr<TlsConnection>> Connect(Socket socket, std::string target, TimePoint until,
                                                         int interrupt) const = 0;
};

// An implementation of TLS. A value; what it points to lives as long as the process.
struct TlsLibrary {
  // Its name and version: "OpenSSL 3.0.17 1 Jul 2025".
  std::string (*version)() = nullptr;
  // Reads the files; an error is kInput and names the file. A CA file replaces the system's certificates,
  // which are looked for where SSL_CERT_FILE, SSL_CERT_DIR or the library's own default say.
  Result<std::shared_ptr<const TlsContext>> (*load)(TlsSettings settings) = nullptr;
};

}  // namespace rpcctl
