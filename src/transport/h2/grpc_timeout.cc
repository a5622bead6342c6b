#include "transport/h2/grpc_timeout.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace rpcctl {
namespace {

constexpr int64_t kMost = 99'999'999;

struct Unit {
  int64_t nanoseconds;
  char letter;
};
constexpr Unit kUnits[] = {{1, 'n'},
                           {1'000, 'u'},
                           {1'000'000, 'm'},
                           {1'000'000'000, 'S'},
                           {60'000'000'000, 'M'},
                           {3'600'000'000'000, 'H'}};

}  // namespace

std::string FormatGrpcTimeout(Duration left) {
  const int64_t nanoseconds = std::max<int64_t>(left.count(), 1);
  for (const Unit& unit : kUnits) {
    const int64_t count = nanoseconds / unit.nanoseconds + (nanoseconds % unit.nanoseconds > 0 ? 1 : 0);
    if (count <= kMost) return fmt::format("{}{}", count, unit.letter);
  }
  return fmt::format("{}H", kMost);
}

}  // namespace rpcctl
