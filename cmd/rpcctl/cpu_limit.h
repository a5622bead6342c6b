// A bound on the processor time that a hidden command may take.
#pragma once

#include <chrono>

namespace rpcctl {

// Ends the process, in silence and by SIGPROF, once it has used this much processor time since; the wait for
// a server does not count. For what runs behind a key that was pressed, where nobody looks after it: whatever
// a server or a line may hold, it does not keep a processor busy. One at a time; the end of its life lifts
// it.
class CpuLimit final {
 public:
  explicit CpuLimit(std::chrono::milliseconds most);
  ~CpuLimit();

  CpuLimit(const CpuLimit&) = delete;
  CpuLimit& operator=(const CpuLimit&) = delete;
};

}  // namespace rpcctl
