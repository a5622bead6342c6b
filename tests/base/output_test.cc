#include "base/output.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <thread>

#include "tests/support/pipe.h"

namespace rpcctl {
namespace {

// Everything that can be read until the writer is gone.
std::string ReadToEnd(int descriptor) {
  std::string all;
  char buffer[4096];
  for (;;) {
    const ssize_t count = read(descriptor, buffer, sizeof buffer);
    if (count <= 0) return all;
    all.append(buffer, static_cast<size_t>(count));
  }
}

bool IsReadable(int descriptor) {
  pollfd asked{descriptor, POLLIN, 0};
  return poll(&asked, 1, 0) > 0;
}

// Fills a pipe until it takes nothing more; returns how much it took.
size_t Fill(int descriptor) {
  fcntl(descriptor, F_SETFL, O_NONBLOCK);
  const std::string block(4096, 'f');
  size_t taken = 0;
  for (ssize_t count; (count = write(descriptor, block.data(), block.size())) > 0;)
    taken += static_cast<size_t>(count);
  return taken;
}

// SIGPIPE is the program's business (it dies of it); here the errno is looked at.
class IgnoringSigpipe {
 public:
  IgnoringSigpipe() { before_ = std::signal(SIGPIPE, SIG_IGN); }
  ~IgnoringSigpipe() { std::signal(SIGPIPE, before_); }

 private:
  void (*before_)(int);
};

TEST_CASE("output: what is written arrives with the flush, in order") {
  Pipe pipe;
  DescriptorOutput out(pipe.writer(), "standard output");
  REQUIRE(out.Write("one "));
  REQUIRE(out.Write("two"));
  CHECK_FALSE(IsReadable(pipe.reader()));
  REQUIRE(out.Flush());
  REQUIRE(out.Flush());
  pipe.CloseWriter();
  CHECK(ReadToEnd(pipe.reader()) == "one two");
}

TEST_CASE("output: a full buffer is handed on without a flush") {
  Pipe pipe;
  DescriptorOutput out(pipe.writer(), "standard output");
  const std::string most(65'535, 'x');
  REQUIRE(out.Write(most));
  CHECK_FALSE(IsReadable(pipe.reader()));
  REQUIRE(out.Write("y"));
  CHECK(IsReadable(pipe.reader()));
  pipe.CloseWriter();
  CHECK(ReadToEnd(pipe.reader()) == most + "y");
}

TEST_CASE("output: a slow reader gets every byte, also where the descriptor is non-blocking") {
  for (const bool blocking : {true, false}) {
    CAPTURE(blocking);
    Pipe pipe;
    if (!blocking) fcntl(pipe.writer(), F_SETFL, O_NONBLOCK);
    std::string seen;
    std::thread reader([&] { seen = ReadToEnd(pipe.reader()); });
    DescriptorOutput out(pipe.writer(), "standard output");
    std::string sent;
    for (int i = 0; i < 300; ++i) {
      const std::string piece(997 + static_cast<size_t>(i), static_cast<char>('a' + i % 26));
      sent += piece;
      REQUIRE(out.Write(piece));
    }
    REQUIRE(out.Flush());
    pipe.CloseWriter();
    reader.join();
    CHECK(seen == sent);
  }
}

TEST_CASE("output: a full disk is an error, and stays one") {
  const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
  REQUIRE(full >= 0);
  DescriptorOutput out(full, "standard output");
  REQUIRE(out.Write("lost"));
  for (int i = 0; i < 2; ++i) {
    const Result<void> flushed = out.Flush();
    REQUIRE_FALSE(flushed);
    CHECK(flushed.error().kind == ErrorKind::kOutput);
    CHECK(flushed.error().message == "cannot write to standard output: No space left on device");
  }
  close(full);
}

TEST_CASE("output: a failed sink takes nothing more, not even when it would work again") {
  const IgnoringSigpipe ignoring;
  int ends[2];
  REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
  close(ends[0]);
  DescriptorOutput out(ends[1], "the pipe");
  REQUIRE(out.Write("a"));
  CHECK(out.Flush().error().message == "cannot write to the pipe: Broken pipe");
  Pipe pipe;
  REQUIRE(dup2(pipe.writer(), ends[1]) == ends[1]);
  REQUIRE(out.Write("b"));
  CHECK_FALSE(out.Flush());
  CHECK_FALSE(IsReadable(pipe.reader()));
  close(ends[1]);
}

TEST_CASE("output: a closed descriptor is told") {
  DescriptorOutput out(-1, "standard output");
  REQUIRE(out.Write("x"));
  CHECK(out.Flush().error().message == "cannot write to standard output: Bad file descriptor");
}

TEST_CASE("output: nothing written is nothing to flush") {
  DescriptorOutput out(-1, "standard output");
  CHECK(out.Flush());
}

TEST_CASE("output: when giving up, what the reader takes at once is still written") {
  Pipe pipe;
  DescriptorOutput out(pipe.writer(), "standard output",
                       [] { return std::optional<Duration>(Duration::zero()); });
  const std::string text(20'000, 'x');
  REQUIRE(out.Write(text));
  REQUIRE(out.Flush());
  pipe.CloseWriter();
  CHECK(ReadToEnd(pipe.reader()) == text);
}

TEST_CASE("output: when giving up, a reader that takes nothing is not waited for") {
  Pipe pipe;
  const size_t taken = Fill(pipe.writer());
  fcntl(pipe.writer(), F_SETFL, 0);  // blocking again: a write would wait for ever
  DescriptorOutput out(pipe.writer(), "standard output",
                       [] { return std::optional<Duration>(Duration::zero()); });
  REQUIRE(out.Write("late"));
  CHECK_FALSE(out.Flush());
  pipe.CloseWriter();
  CHECK(ReadToEnd(pipe.reader()).size() == taken);
}

TEST_CASE("output: with some patience left, a reader that comes back in time gets everything") {
  Pipe pipe;
  Fill(pipe.writer());
  fcntl(pipe.writer(), F_SETFL, 0);
  std::string seen;
  std::thread reader([&] { seen = ReadToEnd(pipe.reader()); });
  DescriptorOutput out(pipe.writer(), "standard output",
                       [] { return std::optional<Duration>(std::chrono::hours(1)); });
  REQUIRE(out.Write("the end"));
  REQUIRE(out.Flush());
  pipe.CloseWriter();
  reader.join();
  CHECK(seen.ends_with("the end"));
}

TEST_CASE("output: a string keeps everything") {
  StringOutput out;
  REQUIRE(out.Write("a"));
  REQUIRE(out.Write("b"));
  REQUIRE(out.Flush());
  CHECK(out.text() == "ab");
}

}  // namespace
}  // namespace rpcctl
