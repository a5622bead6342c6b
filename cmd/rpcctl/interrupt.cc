#include "cmd/rpcctl/interrupt.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <iterator>
#include <utility>

namespace rpcctl {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

// A handler can reach nothing but globals.
volatile std::sig_atomic_t received_signal = 0;
int pipe_ends[2] = {-1, -1};

// Gives each of the signals that `from` handles to `to`.
void Replace(void (*from)(int), void (*to)(int)) {
  for (const int signal : kSignals) {
    struct sigaction now {};
    if (sigaction(signal, nullptr, &now) == 0 && now.sa_handler == from) std::signal(signal, to);
  }
}

void Handle(int signal) {
  const int saved = errno;
  received_signal = signal;
  // The next one, whichever it is, is not asked any more.
  Replace(Handle, SIG_DFL);
  const char byte = 0;
  [[maybe_unused]] const ssize_t written = write(pipe_ends[1], &byte, 1);
  errno = saved;
}

// What HandleAnnounced writes: not changed while it is installed.
std::string announcement;

void HandleAnnounced(int signal) {
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, announcement.data(), announcement.size());
  std::signal(signal, SIG_DFL);
  raise(signal);  // delivered when this handler returns
}

}  // namespace

void Interrupt::Announce(std::string line) {
  Silence();
  announcement = std::move(line);
  Replace(SIG_DFL, HandleAnnounced);
}

void Interrupt::Silence() {
  Replace(HandleAnnounced, SIG_DFL);
}

Interrupt::Interrupt() {
  received_signal = 0;
  if (pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) != 0) pipe_ends[0] = pipe_ends[1] = -1;
}

void Interrupt::Catch() {
  catching_ = true;
  struct sigaction action {};
  action.sa_handler = Handle;
  // No SA_RESTART: a write that waits for a slow reader must end. SA_RESETHAND: the second Ctrl-C is not
  // asked.
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  for (size_t i = 0; i < std::size(kSignals); ++i) {
    sigaction(kSignals[i], nullptr, &before_[i]);
    if (before_[i].sa_handler != SIG_IGN) sigaction(kSignals[i], &action, nullptr);
  }
}

void Interrupt::Release() {
  for (size_t i = 0; catching_ && i < std::size(kSignals); ++i) sigaction(kSignals[i], &before_[i], nullptr);
  catching_ = false;
}

Interrupt::~Interrupt() {
  Release();
  for (int& end : pipe_ends) {
    if (end >= 0) close(end);
    end = -1;
  }
}

int Interrupt::descriptor() const {
  return pipe_ends[0];
}

int Interrupt::Signal() {
  return received_signal;
}

void DieOfSignal(int signal) {
  std::signal(signal, SIG_DFL);
  raise(signal);
  _exit(128 + signal);  // only when the signal is blocked
}

}  // namespace rpcctl
