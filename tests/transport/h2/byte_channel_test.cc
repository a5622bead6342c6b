#include "transport/h2/byte_channel.h"

#include <doctest/doctest.h>
#include <poll.h>

#include <cerrno>

#include "tests/support/tls_client.h"

namespace rpcctl {
namespace {

using testing::Authority;
using testing::TlsPeer;
using testing::TlsPeerOptions;

ByteChannel ChannelTo(const TlsPeer& peer, const Authority& authority) {
  Result<std::unique_ptr<TlsConnection>> connection = testing::Connect(peer, {authority.certificate()});
  REQUIRE(connection);
  return ByteChannel(std::move(*connection));
}

void WaitFor(const ByteChannel& channel, bool wants_write) {
  pollfd waiting{channel.descriptor(), channel.Events(wants_write), 0};
  REQUIRE(poll(&waiting, 1, -1) == 1);
}

// All that is sent back until the channel ends, or `size` bytes came.
std::string ReadUpTo(ByteChannel& channel, size_t size) {
  std::string all;
  std::string buffer(64 * 1024, '\0');
  while (all.size() < size && !channel.HasEnded()) {
    const size_t count = channel.Read(buffer);
    all.append(buffer, 0, count);
    if (count == 0 && !channel.HasEnded()) WaitFor(channel, false);
  }
  return all;
}

TEST_CASE("byte channel: over TLS, what is written comes there and back") {
  const Authority authority;
  const TlsPeer peer({authority.Issue()});
  ByteChannel channel = ChannelTo(peer, authority);
  CHECK(channel.Write("hello") == 5);
  CHECK(ReadUpTo(channel, 5) == "hello");
  CHECK_FALSE(channel.HasEnded());
  CHECK(channel.error_number() == 0);
}

TEST_CASE("byte channel: over TLS, more than a record and more than a socket holds comes whole") {
  const Authority authority;
  const TlsPeer peer({authority.Issue()});
  ByteChannel channel = ChannelTo(peer, authority);
  const std::string sent(300'000, 'x');
  std::string back;
  for (size_t written = 0; written < sent.size();) {
    const size_t count = channel.Write(std::string_view(sent).substr(written));
    written += count;
    back += ReadUpTo(channel, count == 0 ? 1 : 0);
  }
  back += ReadUpTo(channel, sent.size() - back.size());
  CHECK(back == sent);
}

TEST_CASE("byte channel: a TLS connection that is broken off says so") {
  const Authority authority;
  TlsPeerOptions options{authority.Issue()};
  options.resets = true;
  const TlsPeer peer(options);
  ByteChannel channel = ChannelTo(peer, authority);
  CHECK(channel.Write("x") == 1);
  CHECK(ReadUpTo(channel, 1).empty());
  CHECK(channel.HasEnded());
  CHECK(channel.error_number() == ECONNRESET);
}

}  // namespace
}  // namespace rpcctl
