#include "cmd/rpcctl/completion_schema.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "tests/support/completion_setting.h"

namespace rpcctl {
namespace {

using Setting = CompletionSetting;

TEST_CASE("completion schema: a fresh entry needs no connection") {
  Setting setting;
  setting.Remember(To("server.test:1"));
  CHECK(setting.Complete(To("server.test:1")) == "2 services");
  CHECK(connections_made == 0);
  CHECK(setting.started().empty());
}

TEST_CASE("completion schema: a server that is not on loopback is asked only when it was used before") {
  Setting setting;
  CHECK(setting.Complete(To("server.test:1")) == "server.test:1 is not asked: it has not been used before");
  CHECK(connections_made == 0);
  ConnectionFlags other = To("server.test:1");
  other.authority = "other.test";
  setting.Remember(other);
  CHECK(setting.Complete(To("server.test:1")) == "nobody there");
  CHECK(connections_made == 1);
}

TEST_CASE("completion schema: one on loopback is asked, and not again at once when it does not answer") {
  Setting setting;
  CHECK(setting.Complete(To("localhost:1")) == "nobody there");
  CHECK(setting.Complete(To("localhost:1")) == "localhost:1 had no answer just now");
  CHECK(connections_made == 1);
}

TEST_CASE("completion schema: a stale entry is answered from, and refreshed by another process") {
  Setting setting;
  ConnectionFlags flags = To("server.test:1");
  flags.authority = "-x";
  flags.proxy = "none";
  setting.Remember(flags, kLongAgo);
  CHECK(setting.Complete(flags) == "2 services");
  CHECK(connections_made == 0);
  REQUIRE(setting.started().size() == 1);
  CHECK(setting.started()[0] == std::vector<std::string>{"__refresh", "--target=server.test:1",
                                                         "--authority=-x", "--proxy=none", "--plaintext"});
}

TEST_CASE("completion schema: what a server does not tell in time, another process asks for") {
  Setting setting;
  setting.RememberServices(To("server.test:1"));
  CHECK(setting.Complete(To("server.test:1")) == "2 services");
  CHECK(connections_made == 1);
  CHECK(setting.started().size() == 1);
  CHECK(setting.Complete(To("server.test:1")) == "2 services");
  CHECK(connections_made == 1);
  CHECK(setting.started().size() == 1);
}

TEST_CASE("completion schema: TLS options go on to who refreshes") {
  Setting setting;
  ConnectionFlags flags;
  flags.target = "localhost:1";
  flags.tls = true;
  flags.server_name = "other.test";
  flags.ca_file = "/ca.pem";
  setting.Remember(flags, kLongAgo);
  CHECK(setting.Complete(flags) == "2 services");
  REQUIRE(setting.started().size() == 1);
  CHECK(setting.started()[0] == std::vector<std::string>{"__refresh", "--target=localhost:1",
                                                         "--cacert=/ca.pem", "--server-name=other.test",
                                                         "--proxy=none", "--tls"});
}

TEST_CASE("completion schema: what was heard with credentials is answered from, and asked without them") {
  Setting setting;
  ConnectionFlags flags = To("server.test:1");
  flags.headers = {"authorization: canary"};
  setting.Remember(flags, kLongAgo);
  CHECK(setting.Complete(flags) == "2 services");
  REQUIRE(setting.started().size() == 1);
  CHECK(setting.started()[0] ==
        std::vector<std::string>{"__refresh", "--target=server.test:1", "--proxy=none", "--plaintext"});
  CHECK(setting.Complete(To("server.test:1")) == "nobody there");
}

TEST_CASE("completion schema: a proxy that wants a password is not used") {
  Setting setting;
  ConnectionFlags flags = To("server.test:1");
  flags.proxy = "http://user:canary@proxy.test:3128";
  CHECK(setting.Complete(flags) == "a proxy that wants a password is not asked");
  setting.Remember(flags, kLongAgo);
  CHECK(setting.Complete(flags) == "2 services");
  CHECK(connections_made == 0);
  CHECK(setting.started().empty());
}

TEST_CASE("completion schema: who refreshes takes the way of the line, whatever the environment says") {
  Setting setting;
  ConnectionFlags flags = To("server.test:1");
  flags.proxy = "proxy.test:3128";
  setting.Remember(flags, kLongAgo);
  setting.environment["https_proxy"] = "http://proxy.test:3128";
  CHECK(setting.Complete(To("server.test:1")) == "2 services");
  REQUIRE(setting.started().size() == 1);
  CHECK(setting.started()[0] == std::vector<std::string>{"__refresh", "--target=server.test:1",
                                                         "--proxy=proxy.test:3128", "--plaintext"});
}

TEST_CASE("completion schema: a file of the current folder is named from the root to who refreshes") {
  Setting setting;
  ConnectionFlags flags;
  flags.target = "localhost:1";
  flags.ca_file = "ca.pem";
  setting.Remember(flags, kLongAgo);
  setting.Complete(flags);
  REQUIRE(setting.started().size() == 1);
  CHECK(setting.started()[0][2] == "--cacert=" + (std::filesystem::current_path() / "ca.pem").string());
}

TEST_CASE("completion schema: a server that was used over TLS or directly is not asked in another way") {
  Setting setting;
  const std::string refusal = "server.test:1 is not asked: it has not been used before";
  ConnectionFlags used;
  used.target = "server.test:1";
  setting.Remember(used);
  CHECK(setting.Complete(To("server.test:1")) == refusal);
  ConnectionFlags proxied = used;
  proxied.proxy = "proxy.test:3128";
  CHECK(setting.Complete(proxied) == refusal);
  ConnectionFlags unverified = used;
  unverified.insecure = true;
  CHECK(setting.Complete(unverified) == refusal);
  CHECK(connections_made == 0);
}

TEST_CASE("completion schema: whoever names a certificate is not completed in plaintext") {
  Setting setting;
  ConnectionFlags flags;
  flags.target = "localhost:1";
  flags.cert_file = "/mine.pem";
  setting.Remember(flags, kLongAgo);
  CHECK(setting.Complete(flags) == "2 services");
  REQUIRE(setting.started().size() == 1);
  CHECK(setting.started()[0] ==
        std::vector<std::string>{"__refresh", "--target=localhost:1", "--proxy=none", "--tls"});
}

TEST_CASE("completion schema: news without credentials are not hidden by an old entry with them") {
  Setting setting;
  ConnectionFlags flags = To("server.test:1");
  flags.headers = {"authorization: canary"};
  setting.Remember(flags, kLongAgo);
  setting.RememberOneService(To("server.test:1"));
  CHECK(setting.Complete(flags) == "1 services");
  CHECK(setting.started().empty());
}

TEST_CASE("completion schema: a mistake on the line is not the server's failure") {
  Setting setting;
  ConnectionFlags mistaken = To("localhost:1");
  mistaken.tls = true;
  CHECK(setting.Complete(mistaken).find("--plaintext") != std::string::npos);
  CHECK(setting.Complete(To("localhost:1")) == "nobody there");
}

TEST_CASE("completion schema: files that the line names do without a server") {
  Setting setting;
  ConnectionFlags flags = To("server.test:1");
  flags.protos = {"/nonexistent/x.proto"};
  CHECK(setting.Complete(flags).find("/nonexistent/x.proto") != std::string::npos);
  CHECK(connections_made == 0);
}

TEST_CASE("completion schema: a target that is none is told") {
  Setting setting;
  CHECK(setting.Complete(To("host:99999")).find("99999") != std::string::npos);
}

TEST_CASE("completion schema: targets are the environment's, those remembered, and the default, each once") {
  Setting setting;
  setting.environment["RPCCTL_TARGET"] = "mine:1";
  setting.Remember(To("old.test:1"), kLongAgo);
  setting.Remember(To("new.test:1"));
  setting.Remember(To("mine:1"));
  CHECK(setting.Targets() ==
        std::vector<std::string>{"mine:1", "new.test:1", "old.test:1", "localhost:50051"});
}

}  // namespace
}  // namespace rpcctl
