#include "cmd/rpcctl/terminal_line.h"

#include <unistd.h>

#include <csignal>
#include <string>

#include "render/progress.h"

namespace rpcctl {
namespace {

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

void TerminalLine::Show(std::string_view text) {
  Write("\r" + std::string(text) + "\x1b[K");
}

void TerminalLine::Write(std::string_view bytes) {
  if (err_ == nullptr || bytes.empty()) return;
  if (!shown_) OnBrokenPipe(SIG_DFL, EraseAndDie);
  shown_ = true;
  Tell(*err_, bytes);
}

void TerminalLine::Erase() {
  if (!shown_) return;
  shown_ = false;
  Tell(*err_, kEraseLine);
  OnBrokenPipe(EraseAndDie, SIG_DFL);
}

}  // namespace rpcctl
