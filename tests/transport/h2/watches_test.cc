#include "transport/h2/watches.h"

#include <doctest/doctest.h>
#include <unistd.h>

namespace rpcctl {
namespace {

struct Pipe {
  Pipe() { REQUIRE(pipe(ends) == 0); }
  ~Pipe() {
    close(ends[0]);
    close(ends[1]);
  }
  int ends[2];
};

std::vector<pollfd> Polled(const Watches& watches) {
  std::vector<pollfd> polled;
  watches.AppendTo(polled);
  poll(polled.data(), polled.size(), 0);
  return polled;
}

TEST_CASE("watches: those that can be read are told, also at their end") {
  Pipe one, two;
  Watches watches;
  int told_one = 0, told_two = 0;
  watches.Add(one.ends[0], [&] { ++told_one; });
  watches.Add(two.ends[0], [&] { ++told_two; });
  CHECK_FALSE(watches.Tell(Polled(watches)));
  REQUIRE(write(one.ends[1], "x", 1) == 1);
  CHECK(watches.Tell(Polled(watches)));
  CHECK(told_one == 1);
  CHECK(told_two == 0);
  close(two.ends[1]);
  two.ends[1] = -1;
  CHECK(watches.Tell(Polled(watches)));
  CHECK(told_one == 2);
  CHECK(told_two == 1);
}

TEST_CASE("watches: one that is told may remove itself and others") {
  Pipe one, two;
  Watches watches;
  int told = 0;
  const auto remove_both = [&] {
    ++told;
    watches.Remove(one.ends[0]);
    watches.Remove(two.ends[0]);
  };
  watches.Add(one.ends[0], remove_both);
  watches.Add(two.ends[0], remove_both);
  REQUIRE(write(one.ends[1], "x", 1) == 1);
  REQUIRE(write(two.ends[1], "x", 1) == 1);
  CHECK(watches.Tell(Polled(watches)));
  CHECK(told == 1);
  CHECK(watches.IsEmpty());
}

}  // namespace
}  // namespace rpcctl
