#include "transport/speech.h"

#include <fmt/format.h>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

constexpr size_t kShownLine = 80;
constexpr size_t kShownBytes = 16;

unsigned char ByteAt(std::string_view bytes, size_t index) {
  return static_cast<unsigned char>(bytes[index]);
}

// RFC 8446, section 5.1: a content type, then 3 and the minor version.
bool IsTlsRecord(std::string_view bytes) {
  return bytes.size() >= 2 && ByteAt(bytes, 0) >= 0x14 && ByteAt(bytes, 0) <= 0x18 && bytes[1] == 3;
}

// RFC 9113, section 4.1: three bytes of length, then the type. A server begins with SETTINGS; one that
// refuses at once may say GOAWAY alone.
bool IsHttp2Frame(std::string_view bytes) {
  constexpr char kSettings = 4, kGoAway = 7;
  return bytes.size() >= 4 && bytes[0] == 0 && (bytes[3] == kSettings || bytes[3] == kGoAway);
}

std::string FirstLine(std::string_view bytes) {
  return SafeExcerpt(bytes.substr(0, bytes.find_first_of("\r\n")), kShownLine);
}

}  // namespace

Speech SpeechOf(std::string_view first_bytes) {
  if (first_bytes.empty()) return Speech::kNothing;
  if (first_bytes.starts_with("HTTP/")) return Speech::kHttp1;
  if (first_bytes.starts_with("SSH-")) return Speech::kSsh;
  if (IsTlsRecord(first_bytes)) return Speech::kTls;
  return IsHttp2Frame(first_bytes) ? Speech::kHttp2 : Speech::kUnknown;
}

std::string DescribeSpeech(std::string_view first_bytes) {
  switch (SpeechOf(first_bytes)) {
    case Speech::kHttp1:
      return fmt::format("speaks HTTP/1.x ('{}')", FirstLine(first_bytes));
    case Speech::kSsh:
      return fmt::format("speaks SSH ('{}')", FirstLine(first_bytes));
    case Speech::kTls:
      return "speaks TLS";
    case Speech::kHttp2:
      return "speaks HTTP/2";
    case Speech::kUnknown:
    case Speech::kNothing:
      break;
  }
  return fmt::format("begins with '{}'", SafeExcerpt(first_bytes, kShownBytes));
}

}  // namespace rpcctl
