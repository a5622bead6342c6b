#include "cmd/rpcctl/counter_line.h"

#include <unistd.h>

#include <csignal>
#include <string>

namespace rpcctl {
namespace {

TimePoint Now() {
  return std::chrono::steady_clock::now();
}

// A handler may do no more than this.
void EraseAndDie(int signal) {
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, kEraseLine, sizeof kEraseLine - 1);
  std::signal(signal, SIG_DFL);
  raise(signal);
}

// Lets a broken pipe take the line off the terminal, or not any more. One that is ignored stays so.
void OnBrokenPipe(void (*from)(int), void (*to)(int)) {
  struct sigaction now {};
  if (sigaction(SIGPIPE, nullptr, &now) == 0 && now.sa_handler == from) std::signal(SIGPIPE, to);
}

}  // namespace

void CounterLine::Count(size_t bytes) {
  if (err_ == nullptr) return;
  const TimePoint now = Now();
  progress_.Count(bytes, now);
  Write(progress_.Refresh(now));
}

void CounterLine::Refresh() {
  if (err_ != nullptr) Write(progress_.Refresh(Now()));
}

void CounterLine::Erase() {
  if (!progress_.IsShown()) return;
  Write(progress_.Erase());
  OnBrokenPipe(EraseAndDie, SIG_DFL);
}

void CounterLine::Write(const std::string& bytes) {
  if (bytes.empty()) return;
  OnBrokenPipe(SIG_DFL, EraseAndDie);
  Tell(*err_, bytes);
}

}  // namespace rpcctl
