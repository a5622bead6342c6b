// Keeps the counter of a long stream on the terminal that standard error is.
#pragma once

#include <cstddef>

#include "base/output.h"
#include "render/progress.h"

namespace rpcctl {

// Writes at most a few times a second. One at a time in a process: while the line is shown, SIGPIPE, which
// ends the process when the reader of standard output goes away, takes it off the terminal first.
class CounterLine final {
 public:
  // `err` is borrowed for life; null for no counter, which costs nothing.
  explicit CounterLine(Output* err) : err_(err) {}
  ~CounterLine() { Erase(); }
  CounterLine(const CounterLine&) = delete;
  CounterLine& operator=(const CounterLine&) = delete;

  void Count(size_t bytes);
  void Refresh();
  // To be called before anything else is written to standard error.
  void Erase();
  TimePoint NextRefresh() const { return progress_.NextRefresh(); }

 private:
  void Write(const std::string& bytes);

  Output* const err_;
  Progress progress_;
};

}  // namespace rpcctl
