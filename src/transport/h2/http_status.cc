#include "transport/h2/http_status.h"

#include <fmt/format.h>
#include <nghttp2/nghttp2.h>

#include "transport/rpc_status.h"

namespace rpcctl {

int StatusOfHttp(int http_status) {
  switch (http_status) {
    case 400:
      return kInternalStatus;
    case 401:
      return kUnauthenticated;
    case 403:
      return kPermissionDenied;
    case 404:
      return kUnimplemented;
    case 429:
    case 502:
    case 503:
    case 504:
      return kUnavailable;
    default:
      return kUnknown;
  }
}

int StatusOfReset(uint32_t error_code) {
  switch (error_code) {
    case NGHTTP2_REFUSED_STREAM:
      return kUnavailable;
    case NGHTTP2_CANCEL:
      return kCancelled;
    case NGHTTP2_ENHANCE_YOUR_CALM:
      return kResourceExhausted;
    case NGHTTP2_INADEQUATE_SECURITY:
      return kPermissionDenied;
    default:
      return kInternalStatus;
  }
}

std::string ErrorCodeName(uint32_t error_code) {
  if (error_code <= NGHTTP2_HTTP_1_1_REQUIRED) return nghttp2_http2_strerror(error_code);
  return fmt::format("error code {}", error_code);
}

}  // namespace rpcctl
