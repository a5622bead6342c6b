// Takes the messages of a stream out of its bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rpcctl {

// Bytes in, however they are cut; messages out. Each has a byte that says whether it is compressed and four
// bytes of length before it (grpc's doc/PROTOCOL-HTTP2.md, "Length-Prefixed-Message"). It holds what was not
// taken yet, and grows with what came, not with what was announced.
class ReceivedMessages final {
 public:
  struct Taken {
    enum class State {
      kNone,      // no whole message is there
      kMessage,   // `bytes`, borrowed until the next call
      kTooLarge,  // one of `size` bytes begins, which is more than allowed: nothing more is to be had
    };
    State state = State::kNone;
    std::string_view bytes = {};
    bool is_compressed = false;
    uint64_t size = 0;
  };

  void Add(std::string_view bytes);
  // The next message, of at most `limit` bytes.
  Taken Take(uint64_t limit);
  // Whether Take(limit) would give something.
  bool HasNext(uint64_t limit) const;
  // How many bytes there would be of a message that is cut at the end, once all whole ones are taken; 0 for
  // none. `expected`, where not null, is how many it announces; 0 while that is not there itself.
  uint64_t SizeOfRest(uint64_t* expected = nullptr) const;
  void Clear();

 private:
  std::string held_;
  size_t at_ = 0;  // where in it the next message begins
};

}  // namespace rpcctl
