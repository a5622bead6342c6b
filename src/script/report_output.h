// Where a report is written that nobody is to wait for.
#pragma once

#include <string_view>

#include "base/output.h"

namespace rpcctl {

// Hands each piece to the system at once. Once that failed nothing more is written, and the end of the run
// tells the error.
class ReportOutput final {
 public:
  // Borrows `out` for life.
  explicit ReportOutput(Output& out) : out_(out) {}

  void Write(std::string_view text) {
    if (written_) written_ = out_.Write(text);
    if (written_) written_ = out_.Flush();
  }
  // Success, or the first error (kOutput).
  const Result<void>& written() const { return written_; }

 private:
  Output& out_;
  Result<void> written_;
};

}  // namespace rpcctl
