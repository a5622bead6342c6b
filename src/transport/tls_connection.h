// One TLS connection, as a client, over a connected socket.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/duration.h"
#include "base/result.h"
#include "transport/socket.h"
#include "transport/tls_context.h"

namespace rpcctl {

struct TlsSession;  // OpenSSL's part, and what was seen on the way

// How a read or write went that does not wait.
struct TlsTransfer {
  enum class State {
    kMoved,      // `size` bytes
    kWantRead,   // nothing, before the socket can be read
    kWantWrite,  // nothing, before the socket can be written
    kEnded,      // nothing ever more
  };
  State state = State::kEnded;
  size_t size = 0;
};

// Made by a handshake that verified the server and agreed on HTTP/2. Used by one thread at a time.
class TlsConnection final {
 public:
  // Shakes hands over `socket`, which is connected to `target` (for messages, and to find a session that can
  // be resumed) and does not block. Ends at
  // `until`, or when `interrupt` becomes readable (-1 for none): both are kConnect errors, all others are
  // kTls.
  static Result<std::unique_ptr<TlsConnection>> Open(Socket socket, std::shared_ptr<const TlsContext> context,
                                                     std::string target, TimePoint until, int interrupt);
  ~TlsConnection();
  TlsConnection(const TlsConnection&) = delete;
  TlsConnection& operator=(const TlsConnection&) = delete;

  int descriptor() const;
  // Whether it took up a session that the context had kept from an earlier connection to this target.
  bool IsResumed() const;
  TlsTransfer Read(std::span<char> into);
  // Of a text that is not empty; may take a part of it.
  TlsTransfer Write(std::string_view text);
  // Tells the peer that no more comes, as far as that can be done without waiting.
  void Close();
  // Once Read has ended without having given a byte: why, which is nothing that the server did to a call. It
  // may refuse the client only after the handshake (TLS 1.3). kTls.
  Error WhyRefused() const;

 private:
  explicit TlsConnection(std::unique_ptr<TlsSession> session);

  std::unique_ptr<TlsSession> session_;
};

}  // namespace rpcctl
