// The bytes of a connection, as they are or through TLS.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "transport/socket.h"
#include "transport/tls_connection.h"

namespace rpcctl {

// Reads and writes without waiting, and says what to wait for. Used by one thread at a time.
class ByteChannel final {
 public:
  explicit ByteChannel(Socket socket);  // connected, and not blocking
  explicit ByteChannel(std::unique_ptr<TlsConnection> connection);

  int descriptor() const;

  // As many bytes as are there and fit (at least 16 KiB of room); 0 for none now, or none ever more
  // (HasEnded).
  size_t Read(std::span<char> into);
  // As many bytes as can leave now; 0 for none now, or none ever more (IsBroken).
  size_t Write(std::string_view text);

  // Whether the peer says nothing any more: it closed its side, or the connection broke.
  bool HasEnded() const { return has_ended_; }
  // Whether nothing can be written any more.
  bool IsBroken() const { return is_broken_; }
  // Why it ended, as errno has it; 0 when the peer closed it in order.
  int error_number() const { return error_number_; }

  // What poll(2) is to wait for: that something can be read and, where asked for, written.
  short Events(bool wants_write) const;

  // Once it has ended without a byte having come: why the peer refused the client (kTls); nullopt for
  // plaintext.
  std::optional<Error> WhyRefused() const;
  // Says goodbye as far as that can be done without waiting.
  void Close();

 private:
  size_t ReadSecure(std::span<char> into);

  Socket socket_;                       // of a plaintext connection
  std::unique_ptr<TlsConnection> tls_;  // null for plaintext
  bool has_ended_ = false;
  bool is_broken_ = false;
  // TLS may have to write before it can read on, and the other way round.
  bool read_waits_for_write_ = false;
  bool write_waits_for_read_ = false;
  int error_number_ = 0;
};

}  // namespace rpcctl
