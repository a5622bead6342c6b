#include "transport/proxy.h"

#include <fmt/format.h>

#include <charconv>
#include <span>
#include <utility>

#include "base/text.h"
#include "transport/no_proxy.h"

namespace rpcctl {
namespace {

constexpr uint16_t kHttpPort = 80;
constexpr std::string_view kForm = "http://[USER:PASSWORD@]HOST:PORT";

constexpr std::string_view kProxyVariables[] = {"grpc_proxy",  "GRPC_PROXY", "https_proxy",
                                                "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"};
constexpr std::string_view kNoProxyVariables[] = {"no_proxy", "NO_PROXY"};

Error BadProxy(std::string_view fault) {
  return {ErrorKind::kUsage, std::string(fault), fmt::format("write it as {}", kForm)};
}

// The URL without "http://".
Result<std::string_view> WithoutScheme(std::string_view url) {
  const size_t mark = url.find("://");
  if (mark == std::string_view::npos) return url;
  const std::string scheme = ToLowerAscii(url.substr(0, mark));
  if (scheme == "http") return url.substr(mark + 3);
  if (scheme == "https") return BadProxy("a proxy that is itself reached by TLS (https) is not supported");
  if (scheme.starts_with("socks")) return BadProxy("SOCKS proxies are not supported, HTTP proxies are");
  return BadProxy("the scheme is not http");
}

std::optional<unsigned char> HexByte(std::string_view digits) {
  unsigned char byte = 0;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
  const bool whole = digits.size() == 2 && code == std::errc() && end == digits.data() + 2;
  return whole ? std::optional(byte) : std::nullopt;
}

Result<std::string> PercentDecoded(std::string_view text) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const std::optional<unsigned char> byte = HexByte(text.substr(i + 1, 2));
    if (!byte) return BadProxy("in the user or password a '%' is not followed by two hexadecimal digits");
    decoded += static_cast<char>(*byte);
    i += 2;
  }
  return decoded;
}

// RFC 7617: the first colon of what is sent ends the user's name.
Result<std::string> ReadCredentials(std::string_view text) {
  const size_t colon = text.find(':');
  Result<std::string> user = PercentDecoded(text.substr(0, colon));
  if (!user) return user.error();
  if (user->find(':') != std::string::npos) return BadProxy("a user's name cannot have a ':' in it");
  Result<std::string> password =
      PercentDecoded(colon == std::string_view::npos ? "" : text.substr(colon + 1));
  if (!password) return password.error();
  return *user + ":" + *password;
}

Result<uint16_t> ReadPort(std::string_view text) {
  unsigned number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc() || end != text.data() + text.size() || number == 0 || number > 65535)
    return BadProxy("the port must be a number from 1 to 65535");
  return static_cast<uint16_t>(number);
}

// "host", "host:port" or "[v6]:port".
Result<Target> ReadAddress(std::string_view text) {
  const bool has_brackets = text.starts_with('[');
  const size_t close = has_brackets ? text.find(']') : 0;
  if (close == std::string_view::npos) return BadProxy("'[' has no ']'");
  const size_t colon = text.find(':', close);
  const std::string_view host = text.substr(0, colon);
  Target address;
  address.host = has_brackets ? host.substr(1, close - 1) : host;
  if (address.host.empty()) return BadProxy("there is no host in it");
  if (has_brackets && close + 1 != host.size()) return BadProxy("after ']' a ':' and the port are expected");
  if (const std::string_view fault = HostFault(address.host); !fault.empty()) return BadProxy(fault);
  address.port = kHttpPort;
  if (colon == std::string_view::npos) return address;
  Result<uint16_t> port = ReadPort(text.substr(colon + 1));
  if (!port) return port.error();
  address.port = *port;
  return address;
}

Error About(std::string_view name, const Error& error) {
  return {error.kind, fmt::format("{}: {}", name, error.message), error.hint};
}

// The first variable of `names` that is set to something, and its value.
std::optional<std::pair<std::string, std::string>> FirstSet(std::span<const std::string_view> names,
                                                            const EnvironmentLookUp& environment) {
  for (const std::string_view name : names) {
    // In a CGI script a header "Proxy:" of whoever asks becomes this variable.
    if (name == "HTTP_PROXY" && environment("REQUEST_METHOD")) continue;
    std::optional<std::string> value = environment(std::string(name));
    if (value && !value->empty()) return std::pair(std::string(name), std::move(*value));
  }
  return std::nullopt;
}

Result<Route> Through(std::string_view url, std::string_view named_by) {
  Result<Proxy> proxy = ParseProxy(url);
  if (!proxy) return About(named_by, proxy.error());
  proxy->named_by = named_by;
  std::string why = fmt::format("through the proxy {} of {}", proxy->Name(), named_by);
  return Route{std::move(*proxy), std::move(why)};
}

Result<Route> TypedRoute(const Target& target, const std::string& typed) {
  if (typed == "none") return Route{std::nullopt, "directly, by --proxy"};
  if (typed.empty())
    return Error{ErrorKind::kUsage, "--proxy: '' names no proxy", "--proxy none goes without one"};
  Result<Route> route = Through(typed, "--proxy");
  if (!route || !target.is_local) return route;
  return Route{std::nullopt, "directly, since it is local"};
}

}  // namespace

Result<Proxy> ParseProxy(std::string_view url) {
  Result<std::string_view> rest = WithoutScheme(url);
  if (!rest) return rest.error();
  // A password may have been written with a '/' or an '@' in it: the last '@' counts.
  const size_t at = rest->rfind('@');
  std::string_view address = at == std::string_view::npos ? *rest : rest->substr(at + 1);
  if (address.ends_with('/')) address.remove_suffix(1);
  if (address.find_first_of("/?#") != std::string_view::npos)
    return BadProxy("after the host and port nothing is expected");
  Result<Target> target = ReadAddress(address);
  if (!target) return target.error();
  Proxy proxy{std::move(*target)};
  if (at == std::string_view::npos) return proxy;
  Result<std::string> credentials = ReadCredentials(rest->substr(0, at));
  if (!credentials) return credentials.error();
  proxy.credentials = std::move(*credentials);
  return proxy;
}

std::string HintAboutProxy(const Proxy& proxy) {
  return proxy.named_by.empty()
             ? "--proxy none goes without a proxy"
             : fmt::format("{} names this proxy; --proxy none goes without one", proxy.named_by);
}

Result<Route> ChooseRoute(const Target& target, const std::optional<std::string>& typed,
                          const EnvironmentLookUp& environment) {
  if (typed) return TypedRoute(target, *typed);
  if (target.is_local) return Route{};
  const auto named = FirstSet(kProxyVariables, environment);
  if (!named) return Route{};
  if (const auto exempt = FirstSet(kNoProxyVariables, environment)) {
    const std::string_view entry = ExemptingEntry(exempt->second, target);
    if (!entry.empty())
      return Route{std::nullopt, fmt::format("directly, by '{}' in {}", entry, exempt->first)};
  }
  return Through(named->second, named->first);
}

}  // namespace rpcctl
