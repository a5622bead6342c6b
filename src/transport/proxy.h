// Which HTTP proxy a server is reached through, as the user or the environment says.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "transport/target.h"

namespace rpcctl {

// An HTTP proxy that is asked to CONNECT. Beware of showing it: Name() is all that may be shown.
struct Proxy {
  Target address;  // of kind kTcp
  // "user:password" as they are sent (not encoded); nullopt: none are.
  std::optional<std::string> credentials = std::nullopt;
  std::string named_by = {};  // the option or the variable that did, for hints

  std::string Name() const { return address.Name(); }  // "proxy.test:3128"
};

// Reads "http://[USER:PASSWORD@]HOST[:PORT]" or the same without "http://"; port 80 where none is written,
// user and password percent-encoded where they need it. Errors are kUsage and quote nothing, since a URL may
// hold a password.
Result<Proxy> ParseProxy(std::string_view url);

// What to do where `proxy` is of no use.
std::string HintAboutProxy(const Proxy& proxy);

// The value of an environment variable; nullopt when it is not set.
using EnvironmentLookUp = std::function<std::optional<std::string>(const std::string& name)>;

// How a target is reached.
struct Route {
  std::optional<Proxy> proxy;  // nullopt: directly
  // What made it so, for -v: "by the proxy proxy.test:3128 of https_proxy", "directly, by 'corp.test' in
  // no_proxy"; empty where nothing named a proxy. Not safe to show.
  std::string why;
};

// `typed` is what the user said for this run: a URL, or "none". Without it the first that is not empty of
// grpc_proxy, https_proxy and http_proxy, each in lower before upper case, names the proxy, unless no_proxy
// (or NO_PROXY) names the target. Loopback and unix sockets are always reached directly. HTTP_PROXY is left
// alone in a CGI script, where whoever asks the web server sets it. Errors are kUsage and name the option or
// the variable.
Result<Route> ChooseRoute(const Target& target, const std::optional<std::string>& typed,
                          const EnvironmentLookUp& environment);

}  // namespace rpcctl
