#include "transport/resolve.h"

#include <doctest/doctest.h>

#include "tests/support/pipe.h"

namespace rpcctl {
namespace {

using Names = std::vector<std::string>;

Names NamesOf(const std::string& text) {
  const Result<Target> target = ParseTarget(text);
  REQUIRE(target);
  const Result<std::vector<SocketAddress>> addresses = Resolve(*target, LookUpName, TimePoint::max(), -1);
  if (!addresses) return {"error: " + addresses.error().message};
  Names names;
  for (const SocketAddress& address : *addresses) names.push_back(address.Name());
  return names;
}

TEST_CASE("resolve: a literal address is itself") {
  CHECK(NamesOf("127.0.0.1:50051") == Names{"127.0.0.1:50051"});
  CHECK(NamesOf("192.0.2.7:443") == Names{"192.0.2.7:443"});
  CHECK(NamesOf("[::1]:8080") == Names{"[::1]:8080"});
  CHECK(NamesOf("[2001:db8::1]:65535") == Names{"[2001:db8::1]:65535"});
}

TEST_CASE("resolve: a literal in an unusual spelling is one too") {
  CHECK(NamesOf("127.1:7") == Names{"127.0.0.1:7"});
  CHECK(NamesOf("0x7f000001:7") == Names{"127.0.0.1:7"});
  CHECK(NamesOf("[::ffff:127.0.0.1]:7") == Names{"[::ffff:127.0.0.1]:7"});
}

TEST_CASE("resolve: localhost and what lies below it is loopback, the newer family first") {
  for (const char* name : {"localhost:7", "api.localhost:7", "LOCALHOST:7", "a.b.localhost:7"}) {
    CAPTURE(name);
    CHECK(NamesOf(name) == Names{"[::1]:7", "127.0.0.1:7"});
  }
}

TEST_CASE("resolve: a unix socket is its path, an abstract one its name, to the last byte") {
  CHECK(NamesOf("unix:/run/api.sock") == Names{"unix:/run/api.sock"});
  CHECK(NamesOf("unix-abstract:rpcctl") == Names{"unix-abstract:rpcctl"});
  const std::string longest = "/" + std::string(106, 'x');  // sun_path has room for 107 and a NUL
  CHECK(NamesOf("unix:" + longest) == Names{"unix:" + longest});
}

TEST_CASE("resolve: the address of a unix socket has the length that the kernel wants") {
  const auto length = [](const std::string& text) {
    return Resolve(*ParseTarget(text), LookUpName, TimePoint::max(), -1)->front().length;
  };
  // Two bytes of family; a path ends in a NUL, an abstract name begins with one.
  CHECK(length("unix:/a") == 2 + 3);
  CHECK(length("unix-abstract:ab") == 2 + 3);
}

// ".invalid" never resolves (RFC 6761), whether a resolver answers so or there is none.
TEST_CASE("resolve: an unknown name is an error that names it") {
  const Result<std::vector<SocketAddress>> addresses =
      Resolve(*ParseTarget("no-such-host.invalid:1"), LookUpName, TimePoint::max(), -1);
  REQUIRE_FALSE(addresses);
  CHECK(addresses.error().kind == ErrorKind::kConnect);
  CHECK(addresses.error().message.starts_with("cannot resolve host 'no-such-host.invalid': "));
  CHECK(addresses.error().hint == "check the name, or give an address");
}

TEST_CASE("resolve: an interrupt that came before the answer ends the wait") {
  Pipe interrupt;
  REQUIRE(interrupt.Write("x"));
  const Result<std::vector<SocketAddress>> addresses =
      Resolve(*ParseTarget("no-such-host.invalid:1"), LookUpName, TimePoint::max(), interrupt.reader());
  REQUIRE_FALSE(addresses);
  CHECK(addresses.error().kind == ErrorKind::kConnect);
  // The answer may be there too: then it is told.
  const bool told = addresses.error().message == "cannot resolve host 'no-such-host.invalid': interrupted" ||
                    addresses.error().hint == "check the name, or give an address";
  CHECK(told);
}

TEST_CASE("resolve: only a name has to be looked up") {
  for (const char* known :
       {"127.0.0.1:1", "[2001:db8::1]:1", "localhost:1", "a.localhost:1", "unix:/x", "unix-abstract:x"}) {
    CAPTURE(known);
    CHECK_FALSE(NeedsLookUp(*ParseTarget(known)));
    CHECK(Resolve(*ParseTarget(known), nullptr, TimePoint::max(), -1));
  }
  for (const char* name : {"api.test:1", "127.1:1", "[fe80::1%lo]:1", "localhost.test:1"}) {
    CAPTURE(name);
    CHECK(NeedsLookUp(*ParseTarget(name)));
    const Result<std::vector<SocketAddress>> none =
        Resolve(*ParseTarget(name), nullptr, TimePoint::max(), -1);
    REQUIRE_FALSE(none);
    CHECK(none.error().kind == ErrorKind::kConnect);
    CHECK(none.error().message.ends_with("': there is no name service"));
  }
}

TEST_CASE("resolve: an address needs no time and heeds no interrupt") {
  Pipe interrupt;
  REQUIRE(interrupt.Write("x"));
  CHECK(Resolve(*ParseTarget("127.0.0.1:1"), LookUpName, TimePoint::min(), interrupt.reader()));
  CHECK(Resolve(*ParseTarget("localhost:1"), LookUpName, TimePoint::min(), interrupt.reader()));
  CHECK(Resolve(*ParseTarget("unix:/x"), LookUpName, TimePoint::min(), interrupt.reader()));
}

}  // namespace
}  // namespace rpcctl
