// A file descriptor that is closed with its owner.
#pragma once

#include <unistd.h>

#include <utility>

namespace rpcctl {

class OwnedDescriptor final {
 public:
  // Takes `value` over; negative for none.
  explicit OwnedDescriptor(int value) : value_(value) {}
  OwnedDescriptor(OwnedDescriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  OwnedDescriptor& operator=(OwnedDescriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~OwnedDescriptor() {
    if (value_ >= 0) close(value_);
  }

  int value() const { return value_; }

 private:
  int value_;
};

}  // namespace rpcctl
