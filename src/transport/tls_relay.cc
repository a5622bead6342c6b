#include "transport/tls_relay.h"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>

#include <atomic>
#include <cerrno>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

#include "base/files.h"

namespace rpcctl {
namespace {

constexpr size_t kBufferBytes = 64 * 1024;

// Bytes on their way in one direction: read only when all that was read before is written.
class Lane final {
 public:
  bool empty() const { return begin_ == end_; }
  std::span<char> room() { return buffer_; }
  std::string_view waiting() const { return {buffer_.data() + begin_, end_ - begin_}; }
  void Fill(size_t size) {
    begin_ = 0;
    end_ = size;
  }
  void Take(size_t size) { begin_ += size; }
  void Drop() { begin_ = end_; }

 private:
  std::vector<char> buffer_ = std::vector<char>(kBufferBytes);
  size_t begin_ = 0;
  size_t end_ = 0;
};

void BlockSignals() {
  // Signals are for the thread that makes the calls.
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

short EventsFor(TlsTransfer::State state) {
  return state == TlsTransfer::State::kWantWrite ? POLLOUT : POLLIN;
}

}  // namespace

// What the thread works with. But for the atomic and the guarded members it is the thread's alone.
struct TlsRelay::Worker {
  Worker(std::unique_ptr<TlsConnection> connection, Socket local_end)
      : peer(std::move(connection)), local(std::move(local_end)) {}
  ~Worker();

  void Run();
  bool IsOver() const { return stopping || (local_ended && outgoing.empty()); }
  bool MoveOut();
  bool MoveIn();
  bool FillOut();
  bool FillIn();
  void EndIn();
  void Wait() const;

  const std::unique_ptr<TlsConnection> peer;
  const Socket local;
  Lane outgoing;  // from the local end to the peer
  Lane incoming;
  bool local_ended = false;      // nothing comes from there any more
  bool peer_ended = false;       // the same, and what it had said was handed on
  bool peer_broken = false;      // nothing can be written there any more
  short read_events = POLLIN;    // what the peer's socket must become for the next read
  short write_events = POLLOUT;  // and for the next write

  std::atomic<bool> heard = false;
  std::atomic<bool> stopping = false;
  mutable std::mutex mutex;
  std::optional<Error> refusal;  // guarded by `mutex`
  std::thread thread;
};

TlsRelay::Worker::~Worker() {
  stopping = true;
  // Wakes the thread, which waits for at least one of them.
  shutdown(local.descriptor(), SHUT_RDWR);
  shutdown(peer->descriptor(), SHUT_RDWR);
  if (thread.joinable()) thread.join();
}

void TlsRelay::Worker::Run() {
  BlockSignals();
  while (!IsOver()) {
    const bool moved_out = MoveOut();
    const bool moved_in = MoveIn();
    if (!moved_out && !moved_in && !IsOver()) Wait();
  }
  if (!peer_broken) peer->Close();
  // The peer learns now that this is the end, not only when the relay is destroyed.
  shutdown(peer->descriptor(), SHUT_RDWR);
}

// Reads from the local end; whether anything changed.
bool TlsRelay::Worker::FillOut() {
  if (local_ended) return false;
  const std::span<char> room = outgoing.room();
  const ssize_t count = recv(local.descriptor(), room.data(), room.size(), 0);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return false;
  local_ended = count <= 0;
  if (count > 0) outgoing.Fill(static_cast<size_t>(count));
  return true;
}

bool TlsRelay::Worker::MoveOut() {
  if (outgoing.empty()) return FillOut();
  if (peer_broken) {
    // Whoever writes will read the end of the connection.
    outgoing.Drop();
    return true;
  }
  const TlsTransfer written = peer->Write(outgoing.waiting());
  if (written.state == TlsTransfer::State::kMoved) {
    outgoing.Take(written.size);
    return true;
  }
  peer_broken = written.state == TlsTransfer::State::kEnded;
  write_events = EventsFor(written.state);
  return peer_broken;
}

void TlsRelay::Worker::EndIn() {
  peer_ended = peer_broken = true;
  if (!heard) {
    const std::lock_guard lock(mutex);
    refusal = peer->WhyRefused();
  }
  shutdown(local.descriptor(), SHUT_WR);
}

// Reads from the peer; whether anything changed.
bool TlsRelay::Worker::FillIn() {
  if (peer_ended) return false;
  const TlsTransfer received = peer->Read(incoming.room());
  if (received.state == TlsTransfer::State::kMoved) {
    heard = true;
    incoming.Fill(received.size);
    return true;
  }
  read_events = EventsFor(received.state);
  if (received.state != TlsTransfer::State::kEnded) return false;
  EndIn();
  return true;
}

bool TlsRelay::Worker::MoveIn() {
  if (incoming.empty()) return FillIn();
  const std::string_view waiting = incoming.waiting();
  const ssize_t count = send(local.descriptor(), waiting.data(), waiting.size(), MSG_NOSIGNAL);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return false;
  // Nobody reads there any more: its end will be seen in the other direction, too.
  count < 0 ? incoming.Drop() : incoming.Take(static_cast<size_t>(count));
  return true;
}

void TlsRelay::Worker::Wait() const {
  short local_events = 0;
  short peer_events = 0;
  if (outgoing.empty() && !local_ended) local_events |= POLLIN;
  if (!incoming.empty()) local_events |= POLLOUT;
  if (incoming.empty() && !peer_ended) peer_events |= read_events;
  if (!outgoing.empty()) peer_events |= write_events;
  // A descriptor of which nothing is wanted would still report its end, again and again.
  pollfd waiting[] = {{local_events != 0 ? local.descriptor() : -1, local_events, 0},
                      {peer_events != 0 ? peer->descriptor() : -1, peer_events, 0}};
  poll(waiting, std::size(waiting), -1);
}

TlsRelay::TlsRelay(std::unique_ptr<Worker> worker, Socket plain_end)
    : worker_(std::move(worker)), plain_end_(std::move(plain_end)) {}

TlsRelay::~TlsRelay() = default;

Result<std::unique_ptr<TlsRelay>> TlsRelay::Start(std::unique_ptr<TlsConnection> connection) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0)
    return Error{ErrorKind::kConnect, fmt::format("cannot make a pair of sockets: {}", ErrnoText(errno))};
  Socket plain_end(ends[0]);
  auto worker = std::make_unique<Worker>(std::move(connection), Socket(ends[1]));
  worker->thread = std::thread([&running = *worker] { running.Run(); });
  return std::unique_ptr<TlsRelay>(new TlsRelay(std::move(worker), std::move(plain_end)));
}

Socket TlsRelay::TakePlainEnd() {
  return std::move(plain_end_);
}

bool TlsRelay::HasHeardNothing() const {
  return !worker_->heard;
}

std::optional<Error> TlsRelay::Refusal() const {
  const std::lock_guard lock(worker_->mutex);
  return worker_->refusal;
}

}  // namespace rpcctl
