#include "reference_server/cancellation.h"

#include <grpcpp/server_context.h>

#include <algorithm>
#include <thread>

namespace rpcctl::reference {
namespace {

// The synchronous API tells of a cancellation only when asked.
constexpr std::chrono::milliseconds kLongestNap{10};
constexpr std::chrono::microseconds kFirstNap{50};

}  // namespace

bool CancelledWithin(const grpc::ServerContextBase& context, std::chrono::steady_clock::duration span) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point begin = Clock::now();
  Clock::duration nap = kFirstNap;
  while (!context.IsCancelled()) {
    const Clock::duration left = span - (Clock::now() - begin);
    if (left <= Clock::duration::zero()) return false;
    std::this_thread::sleep_for(std::min(nap, left));
    nap = std::min<Clock::duration>(2 * nap, kLongestNap);
  }
  return true;
}

}  // namespace rpcctl::reference
