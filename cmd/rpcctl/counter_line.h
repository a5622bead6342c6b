// Keeps the counter of a long stream on the terminal that standard error is.
#pragma once

#include <cstddef>

#include "base/output.h"
#include "cmd/rpcctl/terminal_line.h"
#include "render/progress.h"

namespace rpcctl {

// Writes at most a few times a second. One at a time in a process, as TerminalLine has it.
class CounterLine final {
 public:
  // `err` is borrowed for life; null for no counter, which costs nothing.
  explicit CounterLine(Output* err) : line_(err) {}

  void Count(size_t bytes);
  void Refresh();
  // To be called before anything else is written to standard error.
  void Erase();
  TimePoint NextRefresh() const { return progress_.NextRefresh(); }

 private:
  TerminalLine line_;
  Progress progress_;
};

}  // namespace rpcctl
