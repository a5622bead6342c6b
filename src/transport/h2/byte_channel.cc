#include "transport/h2/byte_channel.h"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

namespace rpcctl {
namespace {

constexpr size_t kLargestRecord = 16 * 1024;  // of plaintext; RFC 8446, section 5.1

bool IsForNow(int error_number) {
  return error_number == EAGAIN || error_number == EINTR;
}

}  // namespace

ByteChannel::ByteChannel(Socket socket) : socket_(std::move(socket)) {}

ByteChannel::ByteChannel(std::unique_ptr<TlsConnection> connection) : tls_(std::move(connection)) {}

int ByteChannel::descriptor() const {
  return tls_ ? tls_->descriptor() : socket_.descriptor();
}

size_t ByteChannel::Read(std::span<char> into) {
  if (has_ended_) return 0;
  if (tls_) return ReadSecure(into);
  const ssize_t count = recv(socket_.descriptor(), into.data(), into.size(), 0);
  if (count > 0) return static_cast<size_t>(count);
  has_ended_ = count == 0 || !IsForNow(errno);
  if (count < 0 && has_ended_) error_number_ = errno;
  return 0;
}

// Record by record, each whole: of one that is read in part poll(2) would not tell the rest.
size_t ByteChannel::ReadSecure(std::span<char> into) {
  size_t size = 0;
  while (into.size() - size >= kLargestRecord) {
    const TlsTransfer moved = tls_->Read(into.subspan(size));
    size += moved.size;
    read_waits_for_write_ = moved.state == TlsTransfer::State::kWantWrite;
    has_ended_ = moved.state == TlsTransfer::State::kEnded;
    if (moved.state != TlsTransfer::State::kMoved) break;
  }
  if (has_ended_) error_number_ = tls_->error_number();
  return size;
}

size_t ByteChannel::Write(std::string_view text) {
  if (is_broken_ || text.empty()) return 0;
  if (tls_) {
    const TlsTransfer moved = tls_->Write(text);
    write_waits_for_read_ = moved.state == TlsTransfer::State::kWantRead;
    is_broken_ = moved.state == TlsTransfer::State::kEnded;
    if (is_broken_ && error_number_ == 0) error_number_ = tls_->error_number();
    return moved.size;
  }
  const ssize_t count = send(socket_.descriptor(), text.data(), text.size(), MSG_NOSIGNAL);
  if (count >= 0) return static_cast<size_t>(count);
  is_broken_ = !IsForNow(errno);
  if (is_broken_ && error_number_ == 0) error_number_ = errno;
  return 0;
}

short ByteChannel::Events(bool wants_write) const {
  const bool writes = read_waits_for_write_ || (wants_write && !write_waits_for_read_);
  return static_cast<short>((has_ended_ ? 0 : POLLIN) | (writes && !is_broken_ ? POLLOUT : 0));
}

std::optional<Error> ByteChannel::WhyRefused() const {
  if (!tls_) return std::nullopt;
  return tls_->WhyRefused();
}

void ByteChannel::Close() {
  if (tls_ && !is_broken_) tls_->Close();
}

}  // namespace rpcctl
