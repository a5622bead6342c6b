#include "transport/peer_state.h"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/dial_target.h"
#include "tests/support/listener.h"
#include "transport/waiting.h"

namespace rpcctl {
namespace {

// A connection on loopback with both its ends.
struct Connection {
  testing::Listener listener;
  Socket client;
  Socket server;

  Connection() {
    Target target;
    target.host = "127.0.0.1";
    target.port = listener.port();
    Result<Socket> dialled = testing::DialTarget(target, TimePoint::max(), -1);
    REQUIRE(dialled);
    client = std::move(*dialled);
    server = listener.Accept();
  }
};

void WaitForBytes(int descriptor) {
  pollfd asked{descriptor, POLLIN, 0};
  REQUIRE(WaitForAny({&asked, 1}, TimePoint::max()));
}

TEST_CASE("peer state: nothing was heard until the first byte, read or not") {
  Connection connection;
  CHECK(HasHeardNothing(connection.client.descriptor()));
  REQUIRE(write(connection.client.descriptor(), "hello", 5) == 5);
  CHECK(HasHeardNothing(connection.client.descriptor()));
  REQUIRE(write(connection.server.descriptor(), "x", 1) == 1);
  WaitForBytes(connection.client.descriptor());
  CHECK_FALSE(HasHeardNothing(connection.client.descriptor()));
}

TEST_CASE("peer state: where the kernel does not tell, something may have been heard") {
  int ends[2];
  REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
  const Socket one(ends[0]), other(ends[1]);
  CHECK_FALSE(HasHeardNothing(one.descriptor()));
  CHECK_FALSE(HasHeardNothing(-1));
}

TEST_CASE("peer state: a peer that closed is seen, one that only stopped writing too") {
  Connection connection;
  CHECK_FALSE(IsClosedByPeer(connection.client.descriptor()));
  REQUIRE(shutdown(connection.server.descriptor(), SHUT_WR) == 0);
  WaitForBytes(connection.client.descriptor());
  CHECK(IsClosedByPeer(connection.client.descriptor()));
}

TEST_CASE("peer state: bytes that wait are no close") {
  Connection connection;
  REQUIRE(write(connection.server.descriptor(), "x", 1) == 1);
  WaitForBytes(connection.client.descriptor());
  CHECK_FALSE(IsClosedByPeer(connection.client.descriptor()));
}

TEST_CASE("peer state: a connection that was reset counts as closed") {
  Connection connection;
  const linger at_once{1, 0};
  setsockopt(connection.server.descriptor(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  connection.server = Socket();
  WaitForBytes(connection.client.descriptor());
  CHECK(IsClosedByPeer(connection.client.descriptor()));
}

}  // namespace
}  // namespace rpcctl
