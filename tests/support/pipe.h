// A pipe whose two ends a test holds.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <string_view>

namespace rpcctl {

class Pipe final {
 public:
  Pipe() {
    if (pipe2(ends_, O_CLOEXEC) != 0) ends_[0] = ends_[1] = -1;
  }
  ~Pipe() {
    if (ends_[0] >= 0) close(ends_[0]);
    CloseWriter();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int reader() const { return ends_[0]; }
  int writer() const { return ends_[1]; }
  // Writes what fits into the pipe's own buffer; false when not all did.
  bool Write(std::string_view bytes) const {
    return write(ends_[1], bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
  }
  void CloseWriter() {
    if (ends_[1] >= 0) close(ends_[1]);
    ends_[1] = -1;
  }

 private:
  int ends_[2] = {-1, -1};
};

}  // namespace rpcctl
