// What a step sent, for the command line that makes its call again.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "call/call_engine.h"

namespace rpcctl {

// As many messages as a command line may hold. One that is fuller is no command anybody would type.
class MadeRequests final {
 public:
  static constexpr size_t kMostBytes = 16 << 10;  // of all of them, or of the words that make them

  void Add(std::string_view wire) {
    bytes_ += wire.size();
    overflowed_ = overflowed_ || messages_.size() == kMost || bytes_ > kMostBytes;
    if (!overflowed_) messages_.emplace_back(wire);
  }
  // Takes what `source` still has: a call that ended early did not ask for all of it.
  void AddRest(RequestSource& source) {
    std::string message;
    while (!overflowed_) {
      const Result<RequestStep> step = source.Next(message);
      if (!step || *step != RequestStep::kMessage) return;
      Add(message);
    }
  }
  // Whether there were more than are kept.
  bool overflowed() const { return overflowed_; }
  std::vector<std::string> Take() { return std::move(messages_); }

 private:
  static constexpr size_t kMost = 64;
  std::vector<std::string> messages_;
  size_t bytes_ = 0;
  bool overflowed_ = false;
};

}  // namespace rpcctl
