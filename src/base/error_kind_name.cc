#include "base/error_kind_name.h"

namespace rpcctl {

std::string_view ErrorKindName(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kUsage:
      return "USAGE";
    case ErrorKind::kInput:
      return "INPUT";
    case ErrorKind::kSchema:
      return "SCHEMA";
    case ErrorKind::kConnect:
      return "CONNECT";
    case ErrorKind::kTls:
      return "TLS";
    case ErrorKind::kOutput:
      return "OUTPUT";
    case ErrorKind::kExpectation:
      return "EXPECTATION";
    case ErrorKind::kInternal:
    case ErrorKind::kStatus:
      break;
  }
  return "INTERNAL_ERROR";
}

}  // namespace rpcctl
