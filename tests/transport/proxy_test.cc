#include "transport/proxy.h"

#include <doctest/doctest.h>

#include <map>

namespace rpcctl {
namespace {

using Variables = std::map<std::string, std::string>;

Result<Route> RouteTo(std::string_view target, const Variables& variables,
                      const std::optional<std::string>& typed = std::nullopt) {
  return ChooseRoute(*ParseTarget(target), typed, [&](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
}

// What -v would tell.
std::string Why(std::string_view target, const Variables& variables,
                const std::optional<std::string>& typed = std::nullopt) {
  const Result<Route> route = RouteTo(target, variables, typed);
  REQUIRE(route);
  CHECK(route->proxy.has_value() == route->why.starts_with("through"));
  return route->why;
}

TEST_CASE("proxy: the forms of a URL") {
  const std::pair<std::string, std::string> kForms[] = {
      {"http://proxy.test:3128", "proxy.test:3128"}, {"HTTP://proxy.test:3128/", "proxy.test:3128"},
      {"proxy.test:3128", "proxy.test:3128"},        {"http://proxy.test", "proxy.test:80"},
      {"http://[2001:db8::1]:8", "[2001:db8::1]:8"}, {"http://[::1]", "[::1]:80"},
      {"http://u:p@192.0.2.1:8", "192.0.2.1:8"},     {"http://u:a/b@c@proxy:8", "proxy:8"}};
  for (const auto& [url, name] : kForms) {
    CAPTURE(url);
    const Result<Proxy> proxy = ParseProxy(url);
    REQUIRE(proxy);
    CHECK(proxy->Name() == name);
  }
}

TEST_CASE("proxy: user and password are decoded") {
  const std::pair<std::string, std::string> kForms[] = {
      {"http://u:p@x", "u:p"}, {"http://u@x", "u:"},          {"http://:p@x", ":p"},
      {"u:p:q@x:1", "u:p:q"},  {"http://u:%40%3a@x", "u:@:"}, {"http://u:a/b@c@x", "u:a/b@c"},
      {"http://@x", ":"}};
  for (const auto& [url, credentials] : kForms) {
    CAPTURE(url);
    const Result<Proxy> proxy = ParseProxy(url);
    REQUIRE(proxy);
    CHECK(proxy->credentials == credentials);
  }
  CHECK_FALSE(ParseProxy("http://x:1")->credentials);
}

TEST_CASE("proxy: what is wrong with a URL is told, and nothing of it") {
  const std::pair<std::string, std::string> kFaults[] = {
      {"https://u:secret@x:1", "a proxy that is itself reached by TLS (https) is not supported"},
      {"socks5://u:secret@x:1", "SOCKS proxies are not supported, HTTP proxies are"},
      {"secret://x", "the scheme is not http"},
      {"http://u:secret@x:1/path", "after the host and port nothing is expected"},
      {"http://u:secret", "the port must be a number from 1 to 65535"},
      {"http://u:secret@x:0", "the port must be a number from 1 to 65535"},
      {"http://u:secret@x:65536", "the port must be a number from 1 to 65535"},
      {"http://u:secret@x:", "the port must be a number from 1 to 65535"},
      {"http://u:secret@", "there is no host in it"},
      {"http://", "there is no host in it"},
      {"http://se cret", "the host has a character that host names do not have"},
      {"http://[secret", "'[' has no ']'"},
      {"http://[::1]secret", "after ']' a ':' and the port are expected"},
      {"http://u:secret%4@x", "in the user or password a '%' is not followed by two hexadecimal digits"},
      {"http://u:secret%zz@x", "in the user or password a '%' is not followed by two hexadecimal digits"},
      {"http://u%3a:secret@x", "a user's name cannot have a ':' in it"},
  };
  for (const auto& [url, fault] : kFaults) {
    CAPTURE(url);
    const Result<Proxy> proxy = ParseProxy(url);
    REQUIRE_FALSE(proxy);
    CHECK(proxy.error().kind == ErrorKind::kUsage);
    CHECK(proxy.error().message == fault);
    CHECK(proxy.error().hint == "write it as http://[USER:PASSWORD@]HOST:PORT");
  }
}

TEST_CASE("route: variables count in their order, lower case first") {
  Variables variables;
  const std::string kOrder[] = {"HTTP_PROXY",  "http_proxy", "HTTPS_PROXY",
                                "https_proxy", "GRPC_PROXY", "grpc_proxy"};
  for (const std::string& name : kOrder) {
    variables[name] = "http://u:secret@" + std::to_string(variables.size()) + ".test:8";
    const std::string host = std::to_string(variables.size() - 1) + ".test:8";
    CHECK(Why("api.test:1", variables) == "through the proxy " + host + " of " + name);
  }
}

TEST_CASE("route: without a variable, or with empty ones, there is no proxy") {
  CHECK(Why("api.test:1", {}).empty());
  CHECK(Why("api.test:1", {{"https_proxy", ""}, {"no_proxy", "*"}}).empty());
  CHECK(Why("api.test:1", {{"https_proxy", ""}, {"http_proxy", "p"}}) ==
        "through the proxy p:80 of http_proxy");
}

TEST_CASE("route: loopback and unix sockets are reached directly") {
  const Variables variables = {{"grpc_proxy", "http://p:1"}};
  for (const char* target : {"localhost:1", "127.0.0.1:1", "127.9.9.9:1", "[::1]:1", "a.localhost:1", ":1",
                             "unix:/x", "unix-abstract:x"}) {
    CAPTURE(target);
    CHECK(Why(target, variables).empty());
    CHECK(Why(target, variables, "http://p:1") == "directly, since it is local");
  }
}

TEST_CASE("route: no_proxy exempts, and an explicit proxy is above it") {
  Variables variables = {{"https_proxy", "http://p:1"}, {"NO_PROXY", "a.test,192.0.2.0/24"}};
  CHECK(Why("x.a.test:1", variables) == "directly, by 'a.test' in NO_PROXY");
  CHECK(Why("192.0.2.9:1", variables) == "directly, by '192.0.2.0/24' in NO_PROXY");
  CHECK(Why("b.test:1", variables) == "through the proxy p:1 of https_proxy");
  CHECK(Why("a.test:1", variables, "http://q:2") == "through the proxy q:2 of --proxy");
  variables["no_proxy"] = "b.test";
  CHECK(Why("b.test:1", variables) == "directly, by 'b.test' in no_proxy");
  CHECK(Why("a.test:1", variables) == "through the proxy p:1 of https_proxy");
}

TEST_CASE("route: --proxy none is above the environment") {
  CHECK(Why("a.test:1", {{"https_proxy", "http://p:1"}}, "none") == "directly, by --proxy");
}

TEST_CASE("route: HTTP_PROXY does not count where a web server may have set it") {
  CHECK(Why("a.test:1", {{"HTTP_PROXY", "p"}, {"REQUEST_METHOD", "GET"}}).empty());
  CHECK(Why("a.test:1", {{"http_proxy", "p"}, {"REQUEST_METHOD", "GET"}}) ==
        "through the proxy p:80 of http_proxy");
}

TEST_CASE("route: a proxy that cannot be used is an error that names its source, where it would be used") {
  const Variables variables = {{"https_proxy", "socks5://u:secret@p:1"}};
  const Result<Route> route = RouteTo("a.test:1", variables);
  REQUIRE_FALSE(route);
  CHECK(route.error().message == "https_proxy: SOCKS proxies are not supported, HTTP proxies are");
  CHECK(Why("localhost:1", variables).empty());
  const Result<Route> typed = RouteTo("localhost:1", {}, "socks5://p:1");
  REQUIRE_FALSE(typed);
  CHECK(typed.error().message == "--proxy: SOCKS proxies are not supported, HTTP proxies are");
  const Result<Route> empty = RouteTo("a.test:1", {}, "");
  REQUIRE_FALSE(empty);
  CHECK(empty.error().message == "--proxy: '' names no proxy");
}

}  // namespace
}  // namespace rpcctl
