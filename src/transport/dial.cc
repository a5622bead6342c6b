#include "transport/dial.h"

#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "base/files.h"
#include "base/safe_text.h"
#include "transport/resolve.h"
#include "transport/waiting.h"

namespace rpcctl {
namespace {

constexpr Duration kAttemptDelay = std::chrono::milliseconds(250);  // RFC 8305, "Connection Attempt Delay"

// A vanished host is noticed by TCP itself after about 50 s of silence, also where HTTP/2 pings are not
// welcome.
constexpr int kKeepaliveIdleSeconds = 20;
constexpr int kKeepaliveIntervalSeconds = 10;
constexpr int kKeepaliveProbes = 3;

struct Attempt {
  std::string name;  // of the address
  Socket socket;     // open while the attempt is under way
};

// One race between the addresses of a target.
class Race final {
 public:
  Race(const Target& target, std::vector<SocketAddress> addresses)
      : target_(target), addresses_(std::move(addresses)) {}

  Result<Socket> Run(TimePoint until, int interrupt);

 private:
  bool StartNext();
  bool Wait(TimePoint until, int interrupt);
  void Judge(Attempt& attempt);
  void Fail(const std::string& address, int error_number);
  Error Failure() const;
  Error Ended(std::string_view why) const;

  const Target& target_;
  const std::vector<SocketAddress> addresses_;
  size_t next_ = 0;
  std::vector<Attempt> attempts_;
  std::vector<std::pair<std::string, int>> failures_;  // address, errno
  Socket winner_;
};

void Tune(int descriptor, int family) {
  if (family == AF_UNIX) return;
  const auto set = [&](int level, int option, int value) {
    setsockopt(descriptor, level, option, &value, sizeof value);  // a refusal costs speed only
  };
  set(IPPROTO_TCP, TCP_NODELAY, 1);
  set(SOL_SOCKET, SO_KEEPALIVE, 1);
  set(IPPROTO_TCP, TCP_KEEPIDLE, kKeepaliveIdleSeconds);
  set(IPPROTO_TCP, TCP_KEEPINTVL, kKeepaliveIntervalSeconds);
  set(IPPROTO_TCP, TCP_KEEPCNT, kKeepaliveProbes);
}

// Begins the next attempt; false when no address is left.
bool Race::StartNext() {
  if (next_ == addresses_.size()) return false;
  const SocketAddress& address = addresses_[next_++];
  const int family = address.storage.ss_family;
  Socket socket(::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (socket.descriptor() < 0) {
    Fail(address.Name(), errno);
    return true;
  }
  Tune(socket.descriptor(), family);
  const int code =
      connect(socket.descriptor(), reinterpret_cast<const sockaddr*>(&address.storage), address.length);
  if (code == 0) {
    winner_ = std::move(socket);
  } else if (errno == EINPROGRESS) {
    attempts_.push_back({address.Name(), std::move(socket)});
  } else {
    Fail(address.Name(), errno);
  }
  return true;
}

void Race::Fail(const std::string& address, int error_number) {
  failures_.emplace_back(address, error_number);
}

void Race::Judge(Attempt& attempt) {
  int code = 0;
  socklen_t size = sizeof code;
  getsockopt(attempt.socket.descriptor(), SOL_SOCKET, SO_ERROR, &code, &size);
  if (code == 0) {
    winner_ = std::move(attempt.socket);
  } else {
    Fail(attempt.name, code);
  }
  attempt.socket = Socket();
}

// Waits for attempts under way; false when interrupted.
bool Race::Wait(TimePoint until, int interrupt) {
  std::vector<pollfd> waiting;
  for (const Attempt& attempt : attempts_) waiting.push_back({attempt.socket.descriptor(), POLLOUT, 0});
  waiting.push_back({interrupt, POLLIN, 0});
  WaitForAny(waiting, until);
  for (size_t i = 0; i < attempts_.size() && winner_.descriptor() < 0; ++i) {
    if (waiting[i].revents != 0) Judge(attempts_[i]);
  }
  std::erase_if(attempts_, [](const Attempt& attempt) { return attempt.socket.descriptor() < 0; });
  return waiting.back().revents == 0;
}

Error Race::Ended(std::string_view why) const {
  return {ErrorKind::kConnect, fmt::format("cannot connect to {}: {}", SafeText(target_.Name()), why)};
}

Error Race::Failure() const {
  std::string causes;
  for (const auto& [address, error_number] : failures_) {
    if (!causes.empty()) causes += "; ";
    causes += ErrnoText(error_number);
    if (failures_.size() > 1) causes += " (" + SafeText(address) + ")";
  }
  Error error = Ended(causes);
  const auto is_short = [](const auto& failure) {
    return failure.second == EMFILE || failure.second == ENFILE;
  };
  if (std::ranges::any_of(failures_, is_short)) {
    error.hint = "too many files are open: 'ulimit -n' tells and raises the limit";
  } else if (target_.is_local) {
    error.hint = "is the server running there? -t names another address";
  }
  return error;
}

Result<Socket> Race::Run(TimePoint until, int interrupt) {
  for (;;) {
    const bool more = StartNext();
    if (winner_.descriptor() >= 0) return std::move(winner_);
    if (attempts_.empty() && !more) return Failure();
    if (attempts_.empty()) continue;
    const TimePoint soon = After(std::chrono::steady_clock::now(), kAttemptDelay);
    const bool last = next_ == addresses_.size();
    if (!Wait(last ? until : std::min(until, soon), interrupt)) return Ended("interrupted");
    if (winner_.descriptor() >= 0) return std::move(winner_);
    if (std::chrono::steady_clock::now() >= until) return Ended("timed out");
  }
}

}  // namespace

Result<Socket> Dial(const Target& target, std::vector<SocketAddress> addresses, TimePoint until,
                    int interrupt) {
  return Race(target, std::move(addresses)).Run(until, interrupt);
}

std::string PeerName(int descriptor) {
  SocketAddress address;
  address.length = sizeof address.storage;
  auto* generic = reinterpret_cast<sockaddr*>(&address.storage);
  return getpeername(descriptor, generic, &address.length) == 0 ? address.Name() : "";
}

}  // namespace rpcctl
