#include "transport/target.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/un.h>

#include <algorithm>
#include <charconv>

#include "base/safe_text.h"
#include "base/text.h"

namespace rpcctl {
namespace {

constexpr uint16_t kLoopbackPort = 50051;
constexpr uint16_t kTlsPort = 443;
constexpr size_t kLongestHostName = 253;  // RFC 1035, as text
constexpr size_t kLongestLabel = 63;
constexpr size_t kLongestSocketPath = sizeof(sockaddr_un::sun_path) - 1;

Error BadTarget(std::string_view text, std::string_view reason) {
  return {ErrorKind::kUsage, fmt::format("target '{}': {}", SafeText(text), reason),
          "write it as host:port, [v6]:port, :port, unix:/path or unix-abstract:name"};
}

bool IsIpv6(const std::string& host) {
  in6_addr address;
  return inet_pton(AF_INET6, host.substr(0, host.find('%')).c_str(), &address) == 1;
}

bool IsLoopback(const std::string& host) {
  in_addr v4;
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  const std::string lower = ToLowerAscii(host);
  return lower == "::1" || lower == "localhost" || lower.ends_with(".localhost");
}

bool IsHostCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.';
}

std::string_view NameFault(std::string_view host) {
  if (host.size() > kLongestHostName) return "the host name is longer than 253 characters";
  if (!std::all_of(host.begin(), host.end(), IsHostCharacter))
    return "the host has a character that host names do not have";
  size_t label = 0;
  for (const char c : host) {
    if (c == '.' && label == 0) return "the host name has an empty part";
    label = c == '.' ? 0 : label + 1;
    if (label > kLongestLabel) return "a part of the host name is longer than 63 characters";
  }
  return "";
}

Result<uint16_t> ParsePort(std::string_view text, std::string_view port) {
  unsigned number = 0;
  const auto [end, code] = std::from_chars(port.data(), port.data() + port.size(), number);
  const bool whole = code == std::errc() && end == port.data() + port.size() && !port.empty();
  if (!whole || number == 0 || number > 65535)
    return BadTarget(text, "the port must be a number from 1 to 65535");
  return static_cast<uint16_t>(number);
}

Result<Target> SocketTarget(std::string_view text, Target::Kind kind, std::string_view socket) {
  if (socket.empty()) return BadTarget(text, "the socket has no name");
  if (socket.find('\0') != std::string_view::npos) return BadTarget(text, "the socket's name has a NUL byte");
  if (socket.size() > kLongestSocketPath)
    return BadTarget(text, "a unix socket's name has at most 107 bytes");
  return Target{kind, "", 0, std::string(socket), true};
}

struct HostAndPort {
  std::string_view host;
  std::string_view port;
  bool has_port = false;
};

Result<HostAndPort> SplitPort(std::string_view text, std::string_view address) {
  if (address.starts_with('[')) {
    const size_t close = address.find(']');
    if (close == std::string_view::npos) return BadTarget(text, "'[' has no ']'");
    const std::string_view rest = address.substr(close + 1);
    if (!rest.empty() && rest[0] != ':') return BadTarget(text, "after ']' a ':' and the port are expected");
    const std::string_view port = rest.empty() ? rest : rest.substr(1);
    if (!IsIpv6(std::string(address.substr(1, close - 1))))
      return BadTarget(text, "between '[' and ']' an IPv6 address is expected");
    return HostAndPort{address.substr(1, close - 1), port, !rest.empty()};
  }
  const size_t colon = address.find(':');
  if (colon == std::string_view::npos) return HostAndPort{address, "", false};
  if (address.find(':', colon + 1) != std::string_view::npos) {
    return BadTarget(text, "an IPv6 address stands in brackets: [::1]:50051");
  }
  return HostAndPort{address.substr(0, colon), address.substr(colon + 1), true};
}

Result<Target> TcpTarget(std::string_view text, std::string_view address) {
  Result<HostAndPort> parts = SplitPort(text, address);
  if (!parts) return parts.error();
  Target target;
  target.host = parts->host.empty() ? "localhost" : std::string(parts->host);
  if (parts->host.empty() && !parts->has_port) return BadTarget(text, "it is empty");
  if (const std::string_view fault = HostFault(target.host); !fault.empty()) return BadTarget(text, fault);
  target.is_local = IsLoopback(target.host);
  target.port = target.is_local ? kLoopbackPort : kTlsPort;
  if (!parts->has_port) return target;
  Result<uint16_t> port = ParsePort(text, parts->port);
  if (!port) return port.error();
  target.port = *port;
  return target;
}

}  // namespace

std::string_view HostFault(const std::string& host) {
  return IsIpv6(host) ? "" : NameFault(host);
}

std::string Target::Name() const {
  if (kind == Kind::kUnix) return "unix:" + socket;
  if (kind == Kind::kUnixAbstract) return "unix-abstract:" + socket;
  return host.find(':') == std::string::npos ? fmt::format("{}:{}", host, port)
                                             : fmt::format("[{}]:{}", host, port);
}

std::string Target::Authority() const {
  return kind == Kind::kTcp ? Name() : "localhost";
}

Result<Target> ParseTarget(std::string_view text) {
  if (text.starts_with("unix-abstract:"))
    return SocketTarget(text, Target::Kind::kUnixAbstract, text.substr(14));
  if (text.starts_with("unix://")) return SocketTarget(text, Target::Kind::kUnix, text.substr(7));
  if (text.starts_with("unix:")) return SocketTarget(text, Target::Kind::kUnix, text.substr(5));
  if (text.starts_with("http://") || text.starts_with("https://")) {
    return BadTarget(text, "it is a URL, not an address");
  }
  if (text.starts_with("dns:///")) return TcpTarget(text, text.substr(7));
  return TcpTarget(text, text);
}

}  // namespace rpcctl
