// Tells a person how a run of scripts goes.
#pragma once

#include <string>

#include "base/output.h"
#include "cmd/rpcctl/terminal_line.h"
#include "render/colour.h"
#include "script/per_file.h"
#include "script/report.h"
#include "script/report_output.h"

namespace rpcctl {

// A line for each case as it ends, with everything about a failure below it, and a sum at the end:
//
//   ok   greets by name (2ms)
//   FAIL greets a stranger (1ms)
//       smoke.rpc:9:3: expect .message == you
//         expected  == "you"
//         actual    "them"
//       > {"name":"them"}
//       < {"message":"them"}
//       = OK
//       again: rpcctl call helloworld.Greeter.SayHello name=them
//   1 passed, 1 failed in 4ms
//
// While cases run a line on `progress`, where there is one, says which; it is taken away before anything is
// told.
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
  explicit TerminalReporter(Options options)
      : options_(options), out_(options.out), progress_(options.progress) {}

  void OnFileBegin(size_t file, const FileOutline& outline) override;
  void OnCaseBegin(size_t file, const std::string& name) override;
  void OnCaseEnd(size_t file, const CaseReport& report) override;
  void OnFileEnd(size_t file, const FileReport& report) override;
  Result<void> OnRunEnd(const RunReport& report) override;

 private:
  void Print(const std::string& text);
  void ShowProgress();
  std::string Coloured(std::string_view colour, std::string_view text) const;
  std::string FailureLines(const std::string& file, const Failure& failure) const;
  std::string Details(const std::string& file, const CaseReport& report) const;

  struct File {
    std::string name;     // safe to show
    std::string running;  // the case that is being run, safe to show and short; empty for none
  };

  const Options options_;
  ReportOutput out_;
  TerminalLine progress_;
  PerFile<File> files_;
  size_t begun_last_ = 0;  // the file whose case began last
  size_t ended_ = 0;
};

}  // namespace rpcctl
