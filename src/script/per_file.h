// What a reporter keeps of each file of a run.
#pragma once

#include <cstddef>
#include <vector>

namespace rpcctl {

// By the file's number, made when it is first asked for.
template <typename T>
class PerFile final {
 public:
  T& operator[](size_t file) {
    if (all_.size() <= file) all_.resize(file + 1);
    return all_[file];
  }
  auto begin() const { return all_.begin(); }
  auto end() const { return all_.end(); }
  auto begin() { return all_.begin(); }
  auto end() { return all_.end(); }

 private:
  std::vector<T> all_;
};

}  // namespace rpcctl
