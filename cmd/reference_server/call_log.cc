#include "reference_server/call_log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iterator>

namespace rpcctl::reference {
namespace {

// By number.
constexpr std::string_view kStatusNames[] = {
    "OK",        "CANCELLED",       "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
    "NOT_FOUND", "ALREADY_EXISTS",  "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
    "ABORTED",   "OUT_OF_RANGE",    "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
    "DATA_LOSS", "UNAUTHENTICATED",
};

}  // namespace

Outcome<std::unique_ptr<CallLog>> CallLog::Open(const std::string& path) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return Failure{fmt::format("{}: {}", path, std::strerror(errno))};
  return std::make_unique<CallLog>(descriptor);
}

CallLog::~CallLog() {
  close(descriptor_);
}

void CallLog::Add(std::string_view method, std::string_view status) const {
  const std::string line = fmt::format("{} {}\n", method, status);
  [[maybe_unused]] const ssize_t written = write(descriptor_, line.data(), line.size());
}

std::string_view StatusName(int code) {
  const bool known = code >= 0 && code < static_cast<int>(std::size(kStatusNames));
  return known ? kStatusNames[code] : "UNKNOWN";
}

}  // namespace rpcctl::reference
