// Tells a person how a run of scripts goes.
#pragma once

#include <string>
#include <vector>

#include "base/output.h"
#include "render/colour.h"
#include "script/report.h"

namespace rpcctl {

// A line for each case as it ends, with everything about a failure below it, and a sum at the end. While a
// case runs a line on `progress`, where there is one, says which; it is taken away before anything is told.
class TerminalReporter final : public Reporter {
 public:
  struct Options {
    Output& out;
    Output* progress = nullptr;  // a terminal
    Colour colour = Colour::kOff;
    bool names_files = false;  // there are several
    size_t cases = 0;          // of all files
  };

  // Borrows the outputs for life.
  explicit TerminalReporter(Options options) : options_(options) {}

  void OnFileBegin(size_t file, const FileOutline& outline) override;
  void OnCaseBegin(size_t file, const std::string& name) override;
  void OnCaseEnd(size_t file, const CaseReport& report) override;
  void OnFileEnd(size_t file, const FileReport& report) override;
  Result<void> OnRunEnd(const RunReport& report) override;

 private:
  void Print(const std::string& text);
  void Erase();
  std::string Coloured(std::string_view colour, std::string_view text) const;
  std::string FailureText(const std::string& file, const Failure& failure) const;

  const Options options_;
  std::vector<std::string> files_;
  size_t ended_ = 0;
  bool shows_progress_ = false;
  Result<void> written_;
};

}  // namespace rpcctl
