// A line at the end of what a terminal shows, which is taken away again.
#pragma once

#include <string_view>

#include "base/output.h"

namespace rpcctl {

// One at a time in a process, on the terminal that standard error is: while the line is shown, SIGPIPE, which
// ends the process when the reader of standard output goes away, takes it off the terminal first.
class TerminalLine final {
 public:
  // `err` is borrowed for life; null for no line, which costs nothing.
  explicit TerminalLine(Output* err) : err_(err) {}
  ~TerminalLine() { Erase(); }
  TerminalLine(const TerminalLine&) = delete;
  TerminalLine& operator=(const TerminalLine&) = delete;

  bool exists() const { return err_ != nullptr; }
  // Shows `text`, one line that is safe to show and narrower than the terminal, over what was shown before.
  void Show(std::string_view text);
  // Writes `bytes` that show the line by themselves, as Progress makes them.
  void Write(std::string_view bytes);
  // To be called before anything else is written to the terminal.
  void Erase();

 private:
  Output* const err_;
  bool shown_ = false;
};

}  // namespace rpcctl
