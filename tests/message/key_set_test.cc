#include "message/key_set.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

namespace rpcctl {
namespace {

// Keys that lie one behind the other in a buffer.
class Keys {
 public:
  bool Add(uint32_t map, const std::string& key) {
    const size_t begin = buffer_.size();
    buffer_ += key;
    return set_.Add(map, {begin, buffer_.size()}, buffer_.data());
  }
  void RemoveLast() { set_.RemoveLast(); }
  void Clear() {
    set_.Clear();
    buffer_.clear();
  }

 private:
  std::string buffer_;
  KeySet set_;
};

TEST_CASE("key_set: a key is there once in each map") {
  Keys keys;
  CHECK(keys.Add(1, "a"));
  CHECK(keys.Add(1, "b"));
  CHECK(keys.Add(2, "a"));
  CHECK_FALSE(keys.Add(1, "a"));
  CHECK_FALSE(keys.Add(2, "a"));
  CHECK(keys.Add(2, "b"));
}

TEST_CASE("key_set: the empty key is one, too") {
  Keys keys;
  CHECK(keys.Add(0, ""));
  CHECK_FALSE(keys.Add(0, ""));
  CHECK(keys.Add(1, ""));
}

TEST_CASE("key_set: it grows and still finds every key") {
  Keys keys;
  for (int i = 0; i < 10'000; ++i) REQUIRE(keys.Add(i % 3 == 0 ? 1 : 2, std::to_string(i)));
  for (int i = 0; i < 10'000; ++i) REQUIRE_FALSE(keys.Add(i % 3 == 0 ? 1 : 2, std::to_string(i)));
}

TEST_CASE("key_set: a key that was taken back may come again, and the others stay") {
  Keys keys;
  for (int i = 0; i < 1'000; ++i) keys.Add(1, std::to_string(i));
  for (int i = 0; i < 1'000; ++i) {
    REQUIRE(keys.Add(1, fmt::format("x{}", i)));
    keys.RemoveLast();
  }
  CHECK(keys.Add(1, "x1"));
  for (int i = 0; i < 1'000; ++i) REQUIRE_FALSE(keys.Add(1, std::to_string(i)));
}

TEST_CASE("key_set: cleared, it has no key") {
  Keys keys;
  for (int i = 0; i < 1'000; ++i) keys.Add(1, std::to_string(i));
  keys.Clear();
  for (int i = 0; i < 1'000; ++i) REQUIRE(keys.Add(1, std::to_string(i)));
}

}  // namespace
}  // namespace rpcctl
