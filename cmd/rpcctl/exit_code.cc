#include "cmd/rpcctl/exit_code.h"

namespace rpcctl {

int ExitCodeOf(const Error& error) {
  switch (error.kind) {
    case ErrorKind::kInternal:
      return kExitInternal;
    case ErrorKind::kUsage:
      return kExitUsage;
    case ErrorKind::kInput:
      return kExitInput;
    case ErrorKind::kSchema:
      return kExitSchema;
    case ErrorKind::kConnect:
      return kExitConnect;
    case ErrorKind::kTls:
      return kExitTls;
    case ErrorKind::kOutput:
      return kExitOutput;
    case ErrorKind::kExpectation:
      return kExitExpectation;
    case ErrorKind::kStatus:
      return ExitCodeOfStatus(error.status);
  }
  return kExitInternal;
}

int ExitCodeOfStatus(int status_code) {
  if (status_code == kOk) return kExitSuccess;
  const bool known = status_code > 0 && status_code <= kHighestStatusCode;
  return kExitStatusBase + (known ? status_code : static_cast<int>(kUnknown));
}

}  // namespace rpcctl
