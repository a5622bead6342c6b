#include "cmd/rpcctl/refresh_command.h"

#include <doctest/doctest.h>

#include "tests/support/completion_setting.h"

namespace rpcctl {
namespace {

// A server whose entry was found to be stale.
void BeginRefresh(CompletionSetting& setting, const ConnectionFlags& flags) {
  setting.Remember(flags, kLongAgo);
  setting.Complete(flags);
  REQUIRE(setting.started().size() == 1);
}

TEST_CASE("refresh: a server that does not answer is asked once, and then left alone") {
  CompletionSetting setting;
  BeginRefresh(setting, To("server.test:1"));
  setting.Refresh();
  CHECK(connections_made == 1);
  CHECK(setting.FailedLately(To("server.test:1")));
}

TEST_CASE("refresh: a proxy of the environment is not used where the line has none, and sent no password") {
  CompletionSetting setting;
  BeginRefresh(setting, To("server.test:1"));
  setting.environment["https_proxy"] = "http://user:canary@proxy.test:3128";
  setting.Refresh();
  CHECK(connections_made == 1);
  CHECK(connected_through == "");
}

TEST_CASE("refresh: a proxy that wants a password is not asked, whoever names it") {
  CompletionSetting setting;
  setting.environment["https_proxy"] = "http://user:canary@proxy.test:3128";
  setting.Remember(To("server.test:1"), kLongAgo);
  setting.RunRefresh({"--target=server.test:1", "--plaintext"});
  CHECK(connections_made == 0);
  CHECK_FALSE(setting.FailedLately(To("server.test:1")));
}

TEST_CASE("refresh: an entry that is fresh is left as it is, and the server does not count as failed") {
  CompletionSetting setting;
  BeginRefresh(setting, To("server.test:1"));
  setting.Remember(To("server.test:1"));
  setting.Refresh();
  CHECK(connections_made == 0);
  CHECK_FALSE(setting.FailedLately(To("server.test:1")));
}

TEST_CASE("refresh: a mistake on the line is not the server's failure") {
  CompletionSetting setting;
  setting.Remember(To("server.test:1"), kLongAgo);
  setting.RunRefresh({"--target=server.test:1", "--plaintext", "--tls"});
  CHECK(connections_made == 0);
  CHECK_FALSE(setting.FailedLately(To("server.test:1")));
}

}  // namespace
}  // namespace rpcctl
