#include "reference_server/address.h"

#include <doctest/doctest.h>

namespace rpcctl::reference {
namespace {

TEST_CASE("address: names, IPv4 and bracketed IPv6 with a port") {
  CHECK(ParseAddress("localhost:0")->host == "localhost");
  CHECK(ParseAddress("localhost:0")->port == 0);
  CHECK(ParseAddress("127.0.0.1:50051")->host == "127.0.0.1");
  CHECK(ParseAddress("127.0.0.1:65535")->port == 65535);
  CHECK(ParseAddress("[::1]:50051")->host == "::1");
  CHECK(ParseAddress("[::1]:50051")->port == 50051);
}

TEST_CASE("address: what is not one is told with an example") {
  for (const std::string text : {"", ":", "localhost", "localhost:", ":50051", "50051", "localhost:x",
                                 "localhost:1x", "localhost:-1", "localhost:65536", "::1:50051", "[]:50051",
                                 "[::1]", "[localhost]:1", "localhost: 1", "localhost:99999999999"}) {
    CAPTURE(text);
    Outcome<Address> address = ParseAddress(text);
    REQUIRE_FALSE(address);
    CHECK(address.failure().text == "'" + text + "' is not HOST:PORT, for example 127.0.0.1:50051");
  }
}

TEST_CASE("address: written as it is typed") {
  for (const std::string text : {"localhost:0", "127.0.0.1:50051", "[::1]:50051"})
    CHECK(FormatAddress(*ParseAddress(text)) == text);
}

TEST_CASE("address: loopback is what this machine alone reaches") {
  for (const char* host : {"localhost", "127.0.0.1", "127.8.9.10", "::1", "0:0:0:0:0:0:0:1"}) {
    CAPTURE(host);
    CHECK(IsLoopback(host));
  }
  for (const char* host : {"0.0.0.0", "128.0.0.1", "10.0.0.1", "::", "::2", "::ffff:10.0.0.1", "example.com",
                           "localhost.example.com", "127.0.0.1.example.com", "127.1", "2130706433", ""}) {
    CAPTURE(host);
    CHECK_FALSE(IsLoopback(host));
  }
}

TEST_CASE("address: the reason why it cannot be bound is the system's") {
  CHECK(WhyNotBound(Address{"127.0.0.1", 0}) == "");
  CHECK(WhyNotBound(Address{"192.0.2.1", 0}) == "Cannot assign requested address");
  CHECK(WhyNotBound("/nowhere/socket") == "No such file or directory");
}

}  // namespace
}  // namespace rpcctl::reference
