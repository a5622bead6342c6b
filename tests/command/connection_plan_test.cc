#include "cmd/rpcctl/connection_plan.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include "tests/support/certificates.h"
#include "tests/support/environment.h"
#include "tests/support/temporary_directory.h"
#include "transport/transport.h"

namespace rpcctl {
namespace {

using testing::Environment;

Result<ConnectionPlan> PlanOf(const ConnectionFlags& flags) {
  Environment environment;
  return MakeConnectionPlan(flags, environment.around(), TimePoint());
}

ConnectionFlags To(const std::string& target) {
  ConnectionFlags flags;
  flags.target = target;
  return flags;
}

// The name that the certificate must have; "plaintext" without TLS.
std::string NameOf(const ConnectionFlags& flags) {
  const Result<ConnectionPlan> plan = PlanOf(flags);
  if (!plan) return plan.error().message;
  return plan->tls ? plan->tls->settings().server_name : "plaintext";
}

TEST_CASE("connection plan: TLS is the default for everything but loopback and unix sockets") {
  for (const char* target : {"localhost", "127.0.0.1:1", "127.9.9.9:1", "[::1]:1", "a.localhost:1", ":1",
                             "unix:/x", "unix-abstract:x"})
    CHECK(NameOf(To(target)) == "plaintext");
  CHECK(NameOf(To("api.test")) == "api.test");
  CHECK(NameOf(To("192.0.2.1:1")) == "192.0.2.1");
  CHECK(NameOf(To("[2001:db8::1]:1")) == "2001:db8::1");
}

TEST_CASE("connection plan: options about TLS ask for it, --plaintext for none") {
  ConnectionFlags flags = To("localhost:1");
  flags.tls = true;
  CHECK(NameOf(flags) == "localhost");
  flags = To("unix:/x");
  flags.insecure = true;
  CHECK(NameOf(flags) == "localhost");
  flags = To("127.0.0.1:1");
  flags.server_name = "a.test";
  CHECK(NameOf(flags) == "a.test");
  flags = To("api.test");
  flags.plaintext = true;
  CHECK(NameOf(flags) == "plaintext");
}

TEST_CASE("connection plan: the name to verify is --server-name, else --authority, else the target's") {
  ConnectionFlags flags = To("api.test:1");
  flags.authority = "other.test:8443";
  CHECK(NameOf(flags) == "other.test");
  flags.authority = "[::1]:8443";
  CHECK(NameOf(flags) == "::1");
  flags.server_name = "name.test";
  CHECK(NameOf(flags) == "name.test");
  CHECK(PlanOf(flags)->authority == "[::1]:8443");
}

TEST_CASE("connection plan: what a certificate does not know is left out of the name") {
  CHECK(NameOf(To("[fe80::1%lo]:1")) == "fe80::1");
  CHECK(NameOf(To("api.test.:1")) == "api.test");
}

// The message and hint of the error of `flags`.
std::pair<std::string, std::string> Wrong(const ConnectionFlags& flags) {
  const Result<ConnectionPlan> plan = PlanOf(flags);
  REQUIRE_FALSE(plan);
  CHECK(plan.error().kind == ErrorKind::kUsage);
  return {plan.error().message, plan.error().hint};
}

TEST_CASE("connection plan: --plaintext with any option about TLS is an error") {
  const std::pair<std::string, void (*)(ConnectionFlags&)> kOptions[] = {
      {"--tls", [](ConnectionFlags& flags) { flags.tls = true; }},
      {"--cacert", [](ConnectionFlags& flags) { flags.ca_file = "x"; }},
      {"--cert", [](ConnectionFlags& flags) { flags.cert_file = "x"; }},
      {"--key", [](ConnectionFlags& flags) { flags.key_file = "x"; }},
      {"--server-name", [](ConnectionFlags& flags) { flags.server_name = "x"; }},
      {"--insecure", [](ConnectionFlags& flags) { flags.insecure = true; }},
  };
  for (const auto& [option, set] : kOptions) {
    ConnectionFlags flags = To("localhost");
    flags.plaintext = true;
    set(flags);
    CHECK(Wrong(flags).first == "--plaintext and " + option + " exclude each other");
  }
}

TEST_CASE("connection plan: options that contradict each other are errors") {
  ConnectionFlags flags = To("localhost");
  flags.insecure = true;
  flags.ca_file = "x";
  CHECK(Wrong(flags).first == "--insecure and --cacert exclude each other");
  flags = To("localhost");
  flags.key_file = "x";
  CHECK(Wrong(flags).first == "--key needs --cert");
  flags = To("localhost");
  flags.keepalive = "5s";
  flags.no_keepalive = true;
  CHECK(Wrong(flags).first == "--keepalive and --no-keepalive exclude each other");
}

TEST_CASE("connection plan: names that no certificate has are errors") {
  for (const std::string name : {"", "a b", "a..b", "api.test:443", "\x1b[2J"}) {
    ConnectionFlags flags = To("localhost");
    flags.server_name = name;
    CHECK(Wrong(flags).first.starts_with("--server-name: '"));
    CHECK(Wrong(flags).second == "a certificate is for host names and addresses");
  }
}

TEST_CASE("connection plan: an authority has no user, no path and no control characters") {
  for (const std::string authority : {"", "me@host", "host/path", "a b", "a\nb", "\xc3\xa9"}) {
    ConnectionFlags flags = To("localhost");
    flags.authority = authority;
    CHECK(Wrong(flags).first.starts_with("--authority: '"));
  }
  ConnectionFlags flags = To("localhost");
  flags.authority = "outbound_.80_.v1_.api";
  CHECK(PlanOf(flags)->authority == "outbound_.80_.v1_.api");
}

TEST_CASE("connection plan: the user agent is ours unless another one is given") {
  CHECK(PlanOf(To("localhost"))->user_agent.starts_with("rpcctl/"));
  ConnectionFlags flags = To("localhost");
  flags.user_agent = "probe/2 (night)";
  CHECK(PlanOf(flags)->user_agent == "probe/2 (night)");
  for (const std::string text : {"", "a\nb", "\xc3\xa9"}) {
    flags.user_agent = text;
    CHECK(Wrong(flags).first == "--user-agent: the text must be printable ASCII");
  }
}

TEST_CASE("connection plan: keepalive is on, can be set, and can be turned off") {
  CHECK(PlanOf(To("localhost"))->keepalive == kDefaultKeepalive);
  ConnectionFlags flags = To("localhost");
  flags.keepalive = "5s";
  CHECK(PlanOf(flags)->keepalive == std::chrono::seconds(5));
  flags.keepalive = "0s";
  CHECK(Wrong(flags).first.starts_with("--keepalive: '0s' "));
  flags.keepalive.reset();
  flags.no_keepalive = true;
  CHECK(PlanOf(flags)->keepalive == Duration::max());
}

TEST_CASE("connection plan: a secret does not cross the network in the open, whichever way it was given") {
  const TemporaryDirectory folder;
  ConnectionFlags flags = To("192.0.2.1:1");
  flags.plaintext = true;
  flags.header_files = {folder.Write("h", "x-team: c4n4ry\n")};
  CHECK(Wrong(flags).first ==
        "header 'x-team', whose value is a secret, would cross the network to '192.0.2.1:1' without TLS");
  flags.allow_plaintext_credentials = true;
  CHECK(PlanOf(flags));
  flags = To("192.0.2.1:1");
  flags.plaintext = true;
  flags.reflection_headers = {"authorization: x"};
  CHECK(Wrong(flags).first == "header 'authorization' would cross the network to '192.0.2.1:1' without TLS");
  flags.plaintext = false;
  CHECK(PlanOf(flags));
}

TEST_CASE("connection plan: how the target is reached is told") {
  CHECK(DescribeTarget(*PlanOf(To("localhost:1"))) == "localhost:1 (plaintext)");
  ConnectionFlags proxied = To("api.test");
  proxied.proxy = "http://user:secret@proxy.test:3128";
  CHECK(DescribeTarget(*PlanOf(proxied)) ==
        "api.test:443 (TLS, through the proxy proxy.test:3128 of --proxy)");
  ConnectionFlags flags = To("localhost:1");
  flags.tls = true;
  CHECK(DescribeTarget(*PlanOf(flags)) == "localhost:1 (TLS)");
  flags.insecure = true;
  CHECK(DescribeTarget(*PlanOf(flags)) == "localhost:1 (TLS, not verified)");
}

TEST_CASE("connection plan: --insecure and a key that others can read are warned of") {
  const TemporaryDirectory folder;
  const testing::Identity identity = testing::SelfSigned();
  ConnectionFlags flags = To("localhost:1");
  flags.cert_file = folder.Write("cert.pem", identity.certificate);
  flags.key_file = folder.Write("key.pem", identity.key);
  flags.insecure = true;
  REQUIRE(chmod(flags.key_file->c_str(), 0600) == 0);
  CHECK(PlanOf(flags)->warnings ==
        std::vector<std::string>{"--insecure: the server's certificate is not checked"});
  flags.insecure = false;
  REQUIRE(chmod(flags.key_file->c_str(), 0640) == 0);
  CHECK(PlanOf(flags)->warnings ==
        std::vector<std::string>{fmt::format(
            "the key in '{}' is open to others (mode 0640); 'chmod 600' closes it", *flags.key_file)});
}

TEST_CASE("connection plan: a file of TLS that cannot be used is an error before anything is dialled") {
  ConnectionFlags flags = To("localhost:1");
  flags.ca_file = "/nonexistent/ca.pem";
  const Result<ConnectionPlan> plan = PlanOf(flags);
  REQUIRE_FALSE(plan);
  CHECK(plan.error().kind == ErrorKind::kInput);
  CHECK(plan.error().message == "cannot read '/nonexistent/ca.pem': No such file or directory");
}

}  // namespace
}  // namespace rpcctl
