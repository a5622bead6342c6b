#include "transport/h2/received_messages.h"

#include <doctest/doctest.h>

#include <vector>

namespace rpcctl {
namespace {

using State = ReceivedMessages::Taken::State;

std::string Framed(const std::string& message, char flag = '\0') {
  const auto size = static_cast<uint32_t>(message.size());
  const char prefix[] = {flag, static_cast<char>(size >> 24), static_cast<char>(size >> 16),
                         static_cast<char>(size >> 8), static_cast<char>(size)};
  return std::string(prefix, sizeof prefix) + message;
}

std::vector<std::string> TakeAll(ReceivedMessages& received) {
  std::vector<std::string> messages;
  for (;;) {
    const bool has_next = received.HasNext(1000);
    const ReceivedMessages::Taken taken = received.Take(1000);
    CHECK(has_next == (taken.state != State::kNone));
    if (taken.state != State::kMessage) return messages;
    messages.emplace_back(taken.bytes);
  }
}

TEST_CASE("received messages: whole messages come out, however the bytes are cut") {
  const std::vector<std::string> messages = {"one", "", std::string(300, 'x'), "four"};
  std::string bytes;
  for (const std::string& message : messages) bytes += Framed(message);
  for (size_t cut = 0; cut <= bytes.size(); ++cut) {
    for (const size_t second : {cut, cut + 1, cut + 7, bytes.size()}) {
      ReceivedMessages received;
      const size_t end = std::min(second, bytes.size());
      std::vector<std::string> taken;
      for (const std::string& piece :
           {bytes.substr(0, cut), bytes.substr(cut, end - cut), bytes.substr(end)}) {
        received.Add(piece);
        for (std::string& message : TakeAll(received)) taken.push_back(std::move(message));
      }
      CHECK(taken == messages);
      CHECK(received.SizeOfRest() == 0);
    }
  }
}

TEST_CASE("received messages: what is compressed says so") {
  ReceivedMessages received;
  received.Add(Framed("a", '\1') + Framed("b"));
  CHECK(received.Take(10).is_compressed);
  CHECK_FALSE(received.Take(10).is_compressed);
}

TEST_CASE("received messages: one above the limit is told before it has come") {
  ReceivedMessages received;
  received.Add(Framed("12345"));
  CHECK(received.Take(5).state == State::kMessage);
  received.Add(std::string("\0\xff\xff\xff", 4));
  CHECK(received.Take(5).state == State::kNone);
  received.Add("\xf0");
  CHECK(received.HasNext(5));
  const ReceivedMessages::Taken taken = received.Take(5);
  CHECK(taken.state == State::kTooLarge);
  CHECK(taken.size == 0xfffffff0);
}

TEST_CASE("received messages: a message that is cut is told by its bytes") {
  ReceivedMessages received;
  uint64_t expected = 99;
  received.Add(Framed("whole") + std::string("\0\0", 2));
  CHECK(received.SizeOfRest(&expected) == 2);
  CHECK(expected == 0);
  CHECK(received.Take(10).bytes == "whole");
  received.Add(std::string("\0\0\7abc", 6));
  CHECK(received.SizeOfRest(&expected) == 8);
  CHECK(expected == 12);
  received.Clear();
  CHECK(received.SizeOfRest() == 0);
}

}  // namespace
}  // namespace rpcctl
