// One TLS connection, as a client, over a connected socket.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "base/result.h"

namespace rpcctl {

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

// Made by TlsContext::Connect. Used by one thread at a time. Destroying it closes the socket.
class TlsConnection {
 public:
  virtual ~TlsConnection() = default;
  virtual int descriptor() const = 0;
  // Whether it took up a session that the context had kept from an earlier connection to this target.
  virtual bool IsResumed() const = 0;
  virtual TlsTransfer Read(std::span<char> into) = 0;
  // Of a text that is not empty; may take a part of it.
  virtual TlsTransfer Write(std::string_view text) = 0;
  // Tells the peer that no more comes, as far as that can be done without waiting.
  virtual void Close() = 0;
  // Once it has ended: the errno of the read or write that failed; 0 where the peer ended it by TLS or in order.
  virtual int error_number() const = 0;
  // Once Read has ended without having given a byte: why, which is nothing that the server did to a call. It
  // may refuse the client only after the handshake (TLS 1.3). kTls.
  virtual Error WhyRefused() const = 0;
};

}  // namespace rpcctl
