// Lets something that speaks plaintext over a descriptor of its own talk through a TLS connection.
#pragma once

#include <memory>
#include <optional>

#include "base/result.h"
#include "transport/socket.h"
#include "transport/tls_connection.h"

namespace rpcctl {

// Moves bytes both ways between a TLS connection and one end of a local pair of sockets, on a thread of its
// own, until either side ends. It holds no more than a buffer each way, so a slow reader holds the other side
// back.
class TlsRelay final {
 public:
  // kConnect when the system has no descriptors left.
  static Result<std::unique_ptr<TlsRelay>> Start(std::unique_ptr<TlsConnection> connection);
  // Ends the connection at once.
  ~TlsRelay();
  TlsRelay(const TlsRelay&) = delete;
  TlsRelay& operator=(const TlsRelay&) = delete;

  // The other end, on which plaintext goes in and out. It closes when the peer has ended and everything it
  // said was taken. To be taken once.
  Socket TakePlainEnd();
  // Whether the peer has said nothing so far, the handshake aside.
  bool HasHeardNothing() const;
  // Why the peer ended the connection without having said anything; nullopt while it has not, or where it
  // had. kTls.
  std::optional<Error> Refusal() const;

 private:
  struct Worker;
  TlsRelay(std::unique_ptr<Worker> worker, Socket plain_end);

  std::unique_ptr<Worker> worker_;
  Socket plain_end_;
};

}  // namespace rpcctl
