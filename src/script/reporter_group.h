// Hands what a run tells on to several reporters, from any thread.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "script/report.h"

namespace rpcctl {

// One caller at a time gets through, so that reporters need no locks.
class ReporterGroup final : public Reporter {
 public:
  explicit ReporterGroup(std::vector<std::unique_ptr<Reporter>> reporters);

  void OnFileBegin(size_t file, const FileOutline& outline) override;
  void OnCaseBegin(size_t file, const std::string& name) override;
  void OnCaseEnd(size_t file, const CaseReport& report) override;
  void OnFileEnd(size_t file, const FileReport& report) override;
  // Every reporter is told; the first error is returned.
  Result<void> OnRunEnd(const RunReport& report) override;

 private:
  std::mutex mutex_;
  const std::vector<std::unique_ptr<Reporter>> reporters_;
};

}  // namespace rpcctl
