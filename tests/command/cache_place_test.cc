#include "cmd/rpcctl/cache_place.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <set>

#include "tests/support/environment.h"
#include "tests/support/temporary_directory.h"

namespace rpcctl {
namespace {

using testing::Environment;

CacheKey KeyOf(const ConnectionFlags& flags, std::map<std::string, std::string> variables = {}) {
  Environment environment(std::move(variables));
  const Result<CacheKey> key = MakeCacheKey(flags, environment.around());
  REQUIRE(key);
  return *key;
}

CacheKey KeyWith(const std::function<void(ConnectionFlags&)>& change) {
  ConnectionFlags flags;
  flags.target = "server.test:443";
  change(flags);
  return KeyOf(flags);
}

TEST_CASE("cache place: a local server's key is its target, however that was written") {
  CHECK(KeyOf({}).text == "target 15 localhost:50051\nplaintext\ndirectly\n");
  CHECK(KeyOf({}, {{"RPCCTL_TARGET", "localhost"}}).text == KeyOf({}).text);
  CHECK(KeyOf({}).target == "localhost:50051");
}

TEST_CASE("cache place: all that a server's answers may depend on is in the key") {
  std::set<std::string> keys;
  const std::function<void(ConnectionFlags&)> changes[] = {
      [](ConnectionFlags&) {},
      [](ConnectionFlags& flags) { flags.target = "server.test:444"; },
      [](ConnectionFlags& flags) { flags.plaintext = true; },
      [](ConnectionFlags& flags) { flags.insecure = true; },
      [](ConnectionFlags& flags) { flags.ca_file = "/ca.pem"; },
      [](ConnectionFlags& flags) { flags.cert_file = "/cert.pem"; },
      [](ConnectionFlags& flags) { flags.server_name = "other.test"; },
      [](ConnectionFlags& flags) { flags.authority = "other.test"; },
      [](ConnectionFlags& flags) { flags.proxy = "proxy.test:3128"; },
      [](ConnectionFlags& flags) { flags.headers = {"x-team: a"}; },
      [](ConnectionFlags& flags) { flags.header_files = {"/headers"}; },
  };
  for (const auto& change : changes) keys.insert(KeyWith(change).text);
  CHECK(keys.size() == std::size(changes));
}

TEST_CASE("cache place: what a server does not see of reflection is not in the key") {
  const std::string plain = KeyWith([](ConnectionFlags&) {}).text;
  CHECK(KeyWith([](ConnectionFlags& flags) { flags.tls = true; }).text == plain);
  CHECK(KeyWith([](ConnectionFlags& flags) { flags.call_headers = {"x-team: a"}; }).text == plain);
  CHECK(KeyWith([](ConnectionFlags& flags) { flags.timeout = "5s"; }).text == plain);
}

TEST_CASE("cache place: a header is in the key by its name, and a proxy without its password") {
  const CacheKey key = KeyWith([](ConnectionFlags& flags) {
    flags.headers = {"X-Team: canary", "authorization:canary", "canary-less"};
    flags.reflection_headers = {"x-team: again"};
    flags.proxy = "http://user:canary@proxy.test:3128";
  });
  CHECK(key.text ==
        "target 15 server.test:443\nTLS\nproxy 15 proxy.test:3128\n"
        "header 13 authorization\nheader 11 canary-less\nheader 6 x-team\n");
}

TEST_CASE("cache place: files and sockets are the same from every folder") {
  const TemporaryDirectory folder;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.Path("."));
  ConnectionFlags flags;
  flags.target = "unix:run/../x.sock";
  flags.ca_file = "ca.pem";
  const CacheKey relative = KeyOf(flags);
  flags.target = "unix:" + (std::filesystem::current_path() / "x.sock").string();
  flags.ca_file = std::filesystem::current_path() / "ca.pem";
  CHECK(KeyOf(flags).text == relative.text);
  std::filesystem::current_path(before);
}

TEST_CASE("cache place: newlines in what was typed do not make one key into another") {
  const CacheKey one = KeyWith([](ConnectionFlags& flags) { flags.ca_file = "/a\nserver name 1 b"; });
  const CacheKey two = KeyWith([](ConnectionFlags& flags) {
    flags.ca_file = "/a";
    flags.server_name = "b";
  });
  CHECK(one.text != two.text);
}

TEST_CASE("cache place: where a connection leads begins the key, and no other place begins so") {
  const CacheKey plain = KeyWith([](ConnectionFlags& flags) { flags.plaintext = true; });
  CHECK(plain.place == "target 15 server.test:443\nplaintext\ndirectly\n");
  CHECK(KeyWith([](ConnectionFlags& flags) { flags.authority = "a"; }).place == KeyWith([](auto&) {}).place);
  const CacheKey proxied = KeyWith([](ConnectionFlags& flags) { flags.proxy = "proxy.test:3128"; });
  const CacheKey unverified = KeyWith([](ConnectionFlags& flags) { flags.insecure = true; });
  for (const CacheKey* other : {&plain, &proxied, &unverified})
    CHECK_FALSE(other->text.starts_with(KeyWith([](auto&) {}).place));
}

TEST_CASE("cache place: a target that is none has no key") {
  ConnectionFlags flags;
  flags.target = "host:99999";
  Environment environment;
  CHECK(MakeCacheKey(flags, environment.around()).error().kind == ErrorKind::kUsage);
}

TEST_CASE("cache place: the folder is the one of the XDG specification, and needs a root") {
  const TemporaryDirectory folder;
  SchemaRecord record;
  record.services = {"a.A"};
  const auto feed = [&](std::map<std::string, std::string> variables) {
    Environment environment(std::move(variables));
    FeedCache(record, {}, environment.around());
  };
  std::filesystem::create_directory(folder.Path("home"));
  std::filesystem::create_directory(folder.Path("third"));
  feed({{"HOME", folder.Path("home")}});
  CHECK(std::filesystem::exists(folder.Path("home/.cache/rpcctl")));
  feed({{"HOME", folder.Path("other")}, {"XDG_CACHE_HOME", folder.Path("caches")}});
  CHECK(std::filesystem::exists(folder.Path("caches/rpcctl")));
  feed({{"HOME", folder.Path("third")}, {"XDG_CACHE_HOME", "relative"}});
  CHECK(std::filesystem::exists(folder.Path("third/.cache/rpcctl")));
  CHECK_FALSE(std::filesystem::exists("relative"));
  Environment nowhere;
  CHECK_FALSE(CacheOf(nowhere.around()));
  feed({{"HOME", folder.Path("missing")}});
  CHECK_FALSE(std::filesystem::exists(folder.Path("missing")));
}

}  // namespace
}  // namespace rpcctl
