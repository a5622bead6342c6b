#include "script/reporter_group.h"

#include <utility>

namespace rpcctl {

ReporterGroup::ReporterGroup(std::vector<std::unique_ptr<Reporter>> reporters)
    : reporters_(std::move(reporters)) {}

void ReporterGroup::OnFileBegin(size_t file, const FileOutline& outline) {
  const std::lock_guard lock(mutex_);
  for (const std::unique_ptr<Reporter>& reporter : reporters_) reporter->OnFileBegin(file, outline);
}

void ReporterGroup::OnCaseBegin(size_t file, const std::string& name) {
  const std::lock_guard lock(mutex_);
  for (const std::unique_ptr<Reporter>& reporter : reporters_) reporter->OnCaseBegin(file, name);
}

void ReporterGroup::OnCaseEnd(size_t file, const CaseReport& report) {
  const std::lock_guard lock(mutex_);
  for (const std::unique_ptr<Reporter>& reporter : reporters_) reporter->OnCaseEnd(file, report);
}

void ReporterGroup::OnFileEnd(size_t file, const FileReport& report) {
  const std::lock_guard lock(mutex_);
  for (const std::unique_ptr<Reporter>& reporter : reporters_) reporter->OnFileEnd(file, report);
}

Result<void> ReporterGroup::OnRunEnd(const RunReport& report) {
  const std::lock_guard lock(mutex_);
  Result<void> ended;
  for (const std::unique_ptr<Reporter>& reporter : reporters_) {
    if (Result<void> told = reporter->OnRunEnd(report); !told && ended) ended = told;
  }
  return ended;
}

}  // namespace rpcctl
