#include "reference_server/flags.h"

#include <doctest/doctest.h>

namespace rpcctl::reference {
namespace {

using Read = std::variant<ServerOptions, Refusal>;

Read ReadWords(std::vector<const char*> words) {
  words.insert(words.begin(), "rpcctl-reference-server");
  return ReadFlags(static_cast<int>(words.size()), words.data());
}

ServerOptions Options(const std::vector<const char*>& words) {
  const Read read = ReadWords(words);
  if (const Refusal* refusal = std::get_if<Refusal>(&read)) FAIL(refusal->text);
  return std::get<ServerOptions>(read);
}

Refusal Refused(const std::vector<const char*>& words) {
  return std::get<Refusal>(ReadWords(words));
}

TEST_CASE("flags: without any, everything is served on the well-known port of this machine") {
  const ServerOptions options = Options({});
  CHECK(options.listen == std::vector<std::string>{"127.0.0.1:50051"});
  CHECK(options.unix_path == "");
  CHECK_FALSE(options.allow_remote);
  CHECK_FALSE(options.made_up_features);
  CHECK(options.reflection == Reflection::kBoth);
  CHECK(options.health);
  CHECK_FALSE(options.faults.die_after);
}

TEST_CASE("flags: addresses replace the well-known port, and so does a Unix socket") {
  CHECK(Options({"--listen", "127.0.0.1:0", "--listen", "[::1]:1"}).listen ==
        std::vector<std::string>{"127.0.0.1:0", "[::1]:1"});
  CHECK(Options({"--unix", "/tmp/s"}).listen.empty());
  CHECK(Options({"--unix", "/tmp/s"}).unix_path == "/tmp/s");
  CHECK(Options({"--unix", "/tmp/s", "--listen", "127.0.0.1:0"}).listen ==
        std::vector<std::string>{"127.0.0.1:0"});
}

TEST_CASE("flags: what is served") {
  CHECK(Options({"--allow-remote"}).allow_remote);
  CHECK(Options({"--data", "f.json"}).data_file == "f.json");
  CHECK(Options({"--features", "1000000"}).made_up_features == 1'000'000);
  CHECK(Options({"--features", "0"}).made_up_features == 0);
  CHECK_FALSE(Options({"--no-health"}).health);
}

TEST_CASE("flags: the versions of reflection") {
  CHECK(Options({"--reflection", "none"}).reflection == Reflection::kNone);
  CHECK(Options({"--reflection", "v1"}).reflection == Reflection::kV1);
  CHECK(Options({"--reflection", "v1alpha"}).reflection == Reflection::kV1Alpha);
  CHECK(Options({"--reflection", "both"}).reflection == Reflection::kBoth);
}

TEST_CASE("flags: what tests of clients need") {
  const ServerOptions options = Options({"--call-log", "log", "--delay", "300", "--reflection-delay", "40",
                                         "--die-after", "0", "--not-serving", "a.A", "--not-serving", ""});
  CHECK(options.call_log == "log");
  CHECK(options.faults.delay == std::chrono::milliseconds(300));
  CHECK(options.faults.reflection_delay == std::chrono::milliseconds(40));
  CHECK(options.faults.die_after == 0);
  CHECK(options.not_serving == std::vector<std::string>{"a.A", ""});
}

TEST_CASE("flags: help and version go to stdout") {
  CHECK(Refused({"--version"}).code == 0);
  CHECK(Refused({"--version"}).text.starts_with("rpcctl-reference-server "));
  CHECK(Refused({"--help"}).code == 0);
  CHECK(Refused({"--help"}).text.find("--listen HOST:PORT") != std::string::npos);
}

TEST_CASE("flags: what is wrong is named, with exit code 2") {
  CHECK(Refused({"--features", "-1"}).code == 2);
  CHECK(Refused({"--features", "-1"}).text.starts_with("--features: Value -1 not in range"));
  for (const std::vector<const char*>& words :
       std::vector<std::vector<const char*>>{{"--nothing"},
                                             {"word"},
                                             {"--listen"},
                                             {"--listen", "a", "b"},
                                             {"--reflection", "v2"},
                                             {"--delay", "1s"},
                                             {"--die-after", "-1"},
                                             {"--features", "1e6"},
                                             {"--features", "1", "--data", "f"}}) {
    CAPTURE(words[0]);
    CHECK(Refused(words).code == 2);
  }
}

}  // namespace
}  // namespace rpcctl::reference
