#include "transport/waiting.h"

#include <doctest/doctest.h>
#include <pthread.h>

#include <csignal>
#include <thread>

#include "tests/support/pipe.h"

namespace rpcctl {
namespace {

TEST_CASE("waiting: what is ready is told, and which of them it is") {
  Pipe quiet, loud;
  REQUIRE(loud.Write("x"));
  pollfd asked[] = {{quiet.reader(), POLLIN, 0}, {loud.reader(), POLLIN, 0}};
  CHECK(WaitForAny(asked, TimePoint::max()));
  CHECK(asked[0].revents == 0);
  CHECK(asked[1].revents == POLLIN);
}

TEST_CASE("waiting: a time that is over does not wait, but still looks") {
  Pipe pipe;
  pollfd asked{pipe.reader(), POLLIN, 0};
  CHECK_FALSE(WaitForAny({&asked, 1}, TimePoint::min()));
  CHECK_FALSE(WaitForAny({&asked, 1}, std::chrono::steady_clock::now() - std::chrono::hours(1)));
  REQUIRE(pipe.Write("x"));
  CHECK(WaitForAny({&asked, 1}, TimePoint::min()));
}

TEST_CASE("waiting: it ends when the time is over, not before") {
  Pipe pipe;
  pollfd asked{pipe.reader(), POLLIN, 0};
  const TimePoint until = std::chrono::steady_clock::now() + std::chrono::microseconds(1500);
  CHECK_FALSE(WaitForAny({&asked, 1}, until));
  CHECK(std::chrono::steady_clock::now() >= until);
}

TEST_CASE("waiting: a descriptor of -1 is left out") {
  Pipe pipe;
  REQUIRE(pipe.Write("x"));
  pollfd asked[] = {{-1, POLLIN, 0}, {pipe.reader(), POLLIN, 0}};
  CHECK(WaitForAny(asked, TimePoint::max()));
  CHECK(asked[0].revents == 0);
}

TEST_CASE("waiting: the end of a pipe is something to read") {
  Pipe pipe;
  pipe.CloseWriter();
  pollfd asked{pipe.reader(), POLLIN, 0};
  CHECK(WaitForAny({&asked, 1}, TimePoint::max()));
  CHECK(asked.revents == POLLHUP);
}

volatile std::sig_atomic_t signals_seen = 0;

TEST_CASE("waiting: a signal does not end it") {
  struct sigaction counted {};
  counted.sa_handler = [](int) { signals_seen = signals_seen + 1; };
  struct sigaction before {};
  REQUIRE(sigaction(SIGUSR1, &counted, &before) == 0);
  Pipe pipe;
  signals_seen = 0;
  const pthread_t waiter = pthread_self();
  // Signals come again and again, and the byte only after some were taken, so that one surely fell into the
  // wait; the loop ends by itself.
  std::thread disturber([&] {
    while (signals_seen < 50) {
      pthread_kill(waiter, SIGUSR1);
      std::this_thread::yield();
    }
    CHECK(pipe.Write("x"));
  });
  pollfd asked{pipe.reader(), POLLIN, 0};
  CHECK(WaitForAny({&asked, 1}, TimePoint::max()));
  CHECK(asked.revents == POLLIN);
  disturber.join();
  sigaction(SIGUSR1, &before, nullptr);
}

}  // namespace
}  // namespace rpcctl
