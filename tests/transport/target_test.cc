#include "transport/target.h"

#include <doctest/doctest.h>

#include <string>

namespace rpcctl {
namespace {

std::string Fault(std::string_view text) {
  Result<Target> target = ParseTarget(text);
  if (target) return "";
  CHECK(target.error().kind == ErrorKind::kUsage);
  return target.error().message;
}

TEST_CASE("target: every form is read, and its name reads back as the same") {
  const std::pair<const char*, const char*> kForms[] = {{"localhost:50051", "localhost:50051"},
                                                        {"localhost", "localhost:50051"},
                                                        {":8080", "localhost:8080"},
                                                        {"api.test", "api.test:443"},
                                                        {"127.0.0.1", "127.0.0.1:50051"},
                                                        {"[::1]:7", "[::1]:7"},
                                                        {"[::1]", "[::1]:50051"},
                                                        {"[2001:db8::1]", "[2001:db8::1]:443"},
                                                        {"dns:///api.test:9", "api.test:9"},
                                                        {"unix:/run/x.sock", "unix:/run/x.sock"},
                                                        {"unix:///run/x.sock", "unix:/run/x.sock"},
                                                        {"unix-abstract:x", "unix-abstract:x"},
                                                        {"unix:x.sock", "unix:x.sock"}};
  for (const auto& [text, name] : kForms) {
    CAPTURE(text);
    Result<Target> target = ParseTarget(text);
    REQUIRE(target);
    CHECK(target->Name() == name);
    CHECK(ParseTarget(target->Name())->Name() == name);
  }
}

TEST_CASE("target: what is local is told by how it is written") {
  for (const char* text :
       {"localhost:1", "LOCALHOST:1", "a.localhost:1", "127.0.0.1:1", "127.9.9.9:1", "[::1]:1", "unix:/x"}) {
    CAPTURE(text);
    CHECK(ParseTarget(text)->is_local);
  }
  for (const char* text : {"localhost.test:1", "128.0.0.1:1", "[::2]:1", "127.0.0.1.test:1", "10.0.0.1:1"}) {
    CAPTURE(text);
    CHECK_FALSE(ParseTarget(text)->is_local);
  }
}

TEST_CASE("target: a malformed one is told with what is wrong") {
  CHECK(Fault("") == "target '': it is empty");
  CHECK(Fault("host:") == "target 'host:': the port must be a number from 1 to 65535");
  CHECK(Fault("host:99999") == "target 'host:99999': the port must be a number from 1 to 65535");
  CHECK(Fault("host:0") == "target 'host:0': the port must be a number from 1 to 65535");
  CHECK(Fault("host:1x") == "target 'host:1x': the port must be a number from 1 to 65535");
  CHECK(Fault("::1:50051") == "target '::1:50051': an IPv6 address stands in brackets: [::1]:50051");
  CHECK(Fault("[::1") == "target '[::1': '[' has no ']'");
  CHECK(Fault("[host]:1") == "target '[host]:1': between '[' and ']' an IPv6 address is expected");
  CHECK(Fault("a..b:1") == "target 'a..b:1': the host name has an empty part");
  CHECK(Fault("http://x") == "target 'http://x': it is a URL, not an address");
  CHECK(Fault("a b:1") == "target 'a b:1': the host has a character that host names do not have");
  CHECK(Fault(std::string(300, 'a')).ends_with("the host name is longer than 253 characters"));
  CHECK(Fault("unix:/" + std::string(200, 'a')).ends_with("a unix socket's name has at most 107 bytes"));
  CHECK(Fault("unix:") == "target 'unix:': the socket has no name");
}

TEST_CASE("target: control bytes in it are shown, not sent to the terminal") {
  CHECK(Fault("a\x1b[2J") == "target 'a\\x1b[2J': the host has a character that host names do not have");
}

TEST_CASE("target: a unix socket's authority is localhost") {
  CHECK(ParseTarget("unix:/x")->Authority() == "localhost");
  CHECK(ParseTarget("api.test:9")->Authority() == "api.test:9");
}

}  // namespace
}  // namespace rpcctl
