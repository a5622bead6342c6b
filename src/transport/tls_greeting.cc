#include "transport/tls_greeting.h"

#include <arpa/inet.h>

#include <cstdint>

namespace rpcctl {
namespace {

using std::string_view_literals::operator""sv;

// Of RFC 8446: what every server of these years has one of.
constexpr std::string_view kCipherSuites =
    "\x13\x01\x13\x02\x13\x03"  // TLS 1.3: AES and ChaCha20, section B.4
    "\xc0\x2b\xc0\x2f\xc0\x2c\xc0\x30\xcc\xa9\xcc\xa8"
    "\x00\x9c\x00\x9d\x00\x2f\x00\x35"sv;  // TLS 1.2: ECDHE, then RSA
constexpr std::string_view kNamedGroups =
    "\x00\x1d\x00\x17\x00\x18"sv;  // x25519, P-256, P-384: section 4.2.7
constexpr std::string_view kSchemes =
    "\x04\x03\x05\x03\x08\x07\x08\x04\x08\x05\x08\x06\x04\x01\x05\x01"sv;  // section 4.2.3
constexpr std::string_view kOffered = "\x03\x04\x03\x03"sv;                // 1.3 and 1.2: section 4.2.1
constexpr std::string_view kHttp2 = "\x02h2"sv;                            // RFC 7301
constexpr uint16_t kX25519 = 0x1d;
constexpr size_t kKeyBytes = 32;

// Section 4.2, and RFC 6066, 8422 and 7301.
enum class Extension : uint16_t {
  kServerName = 0,
  kGroups = 10,
  kPointFormats = 11,
  kSignatures = 13,
  kProtocols = 16,
  kVersions = 43,
  kKeyShare = 51,
};

std::string Number(size_t value, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(value >> (8 * i) & 0xff);
  return text;
}

// `content` behind its length, which takes so many bytes.
std::string Counted(std::string_view content, int length_bytes) {
  return Number(content.size(), length_bytes).append(content);
}

std::string Extend(Extension type, std::string_view content) {
  return Number(static_cast<size_t>(type), 2) + Counted(content, 2);
}

bool IsAddress(const std::string& host) {
  unsigned char bytes[sizeof(in6_addr)];
  return inet_pton(AF_INET, host.c_str(), bytes) == 1 || inet_pton(AF_INET6, host.c_str(), bytes) == 1;
}

// RFC 6066, section 3: addresses are not asked for.
std::string ServerName(std::string_view host) {
  if (host.empty() || IsAddress(std::string(host))) return "";
  return Extend(Extension::kServerName, Counted(std::string(1, '\0') + Counted(host, 2), 2));
}

// Any 32 bytes are a key of x25519.
std::string KeyShare() {
  return Extend(Extension::kKeyShare,
                Counted(Number(kX25519, 2) + Counted(std::string(kKeyBytes, '\x09'), 2), 2));
}

}  // namespace

std::string TlsGreeting(std::string_view host) {
  const std::string extensions = ServerName(host) + Extend(Extension::kGroups, Counted(kNamedGroups, 2)) +
                                 Extend(Extension::kPointFormats, Counted("\0"sv, 1)) +
                                 Extend(Extension::kSignatures, Counted(kSchemes, 2)) +
                                 Extend(Extension::kProtocols, Counted(kHttp2, 2)) +
                                 Extend(Extension::kVersions, Counted(kOffered, 1)) + KeyShare();
  const std::string random(32, '\x5a');  // nothing is kept secret by it
  const std::string hello = "\x03\x03" + random + Counted("", 1) + Counted(kCipherSuites, 2) +
                            Counted("\0"sv, 1) + Counted(extensions, 2);
  // Section 5.1: a handshake record; its version is for servers of long ago.
  return "\x16\x03\x01" + Counted("\x01" + Counted(hello, 3), 2);
}

}  // namespace rpcctl
