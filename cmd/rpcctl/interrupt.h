// Turns the signals that ask a program to end into something a loop can wait for.
#pragma once

#include <csignal>
#include <string>

namespace rpcctl {

// From Catch to Release, SIGINT, SIGTERM, SIGHUP and SIGQUIT make descriptor() readable instead of
// ending the process; a second one ends it at once. A signal that was ignored when the process started stays
// ignored (nohup). One at a time in a process.
class Interrupt final {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  void Catch();
  // Gives the signals back to what they did before.
  void Release();
  // Readable once a signal was caught; -1 when the system had no descriptor left.
  int descriptor() const;
  // From now on, but between Catch and Release, a signal that ends the process writes `line` to standard
  // error first.
  static void Announce(std::string line);
  // Takes that back.
  static void Silence();
  // The signal that was caught; 0 for none.
  static int Signal();

 private:
  bool catching_ = false;
  struct sigaction before_[4];
};

// Lets the process die of `signal`, as its parent expects of one that was interrupted. Does not return.
[[noreturn]] void DieOfSignal(int signal);

}  // namespace rpcctl
