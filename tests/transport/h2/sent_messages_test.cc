#include "transport/h2/sent_messages.h"

#include <doctest/doctest.h>

#include "transport/h2/received_messages.h"
#include "transport/inflate.h"

namespace rpcctl {
namespace {

std::string TakeAll(SentMessages& sent, size_t step) {
  std::string bytes;
  std::string piece(step, '\0');
  while (!sent.IsEmpty()) bytes += piece.substr(0, sent.Take(piece));
  return bytes;
}

TEST_CASE("sent messages: each has its length before it, in pieces of any size") {
  for (const size_t step : {1, 3, 100}) {
    SentMessages sent(Compression::kNone);
    CHECK(sent.IsEmpty());
    REQUIRE(sent.Add("abc"));
    REQUIRE(sent.Add(""));
    CHECK(TakeAll(sent, step) == std::string("\0\0\0\0\3abc\0\0\0\0\0", 13));
    REQUIRE(sent.Add("d"));
    CHECK(TakeAll(sent, step) == std::string("\0\0\0\0\1d", 6));
  }
}

TEST_CASE("sent messages: what is taken while more is added stays in order") {
  SentMessages sent(Compression::kNone);
  std::string expected, taken;
  std::string piece(7, '\0');
  for (int i = 0; i < 1000; ++i) {
    const std::string message = std::to_string(i);
    REQUIRE(sent.Add(message));
    expected += std::string("\0\0\0\0", 4) + static_cast<char>(message.size()) + message;
    taken += piece.substr(0, sent.Take(piece));
  }
  CHECK(taken + TakeAll(sent, 7) == expected);
}

TEST_CASE("sent messages: it is full with 64 KiB") {
  SentMessages sent(Compression::kNone);
  REQUIRE(sent.Add(std::string(64 * 1024 - 6, 'x')));
  CHECK_FALSE(sent.IsFull());
  REQUIRE(sent.Add(""));
  CHECK(sent.IsFull());
}

TEST_CASE("sent messages: a message is compressed where that makes it smaller") {
  SentMessages sent(Compression::kGzip);
  const std::string large(1000, 'x');
  REQUIRE(sent.Add(large));
  REQUIRE(sent.Add("tiny"));
  ReceivedMessages received;
  received.Add(TakeAll(sent, 1000));
  const ReceivedMessages::Taken first = received.Take(1000);
  CHECK(first.is_compressed);
  CHECK(first.size < 100);
  std::string inflated;
  REQUIRE(Inflate(Compression::kGzip, first.bytes, 1000, inflated).ok());
  CHECK(inflated == large);
  const ReceivedMessages::Taken second = received.Take(1000);
  CHECK_FALSE(second.is_compressed);
  CHECK(second.bytes == "tiny");
}

}  // namespace
}  // namespace rpcctl
