#include "base/files.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "base/output.h"
#include "tests/support/temporary_directory.h"

namespace rpcctl {
namespace {

TEST_CASE("files: a missing file is told with its cause") {
  Result<std::string> content = ReadFile("/nonexistent/x.json", 100);
  REQUIRE_FALSE(content);
  CHECK(content.error().kind == ErrorKind::kInput);
  CHECK(content.error().message == "cannot read '/nonexistent/x.json': No such file or directory");
}

TEST_CASE("files: a folder is no file") {
  CHECK(ReadFile("/", 100).error().message == "cannot read '/': it is a folder");
}

TEST_CASE("files: an endless file ends at the limit") {
  CHECK(ReadFile("/dev/zero", 1000).error().message ==
        "cannot read '/dev/zero': it is larger than 1000 bytes");
}

TEST_CASE("files: of a regular file alone a pipe is refused at once, whether anybody writes or not") {
  const TemporaryDirectory folder;
  const std::string pipe = folder.Path("pipe");
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(ReadRegularFile(pipe, 100).error().message == "cannot read '" + pipe + "': it is not a regular file");
  CHECK(ReadRegularFile("/dev/zero", 100).error().message ==
        "cannot read '/dev/zero': it is not a regular file");
  CHECK(ReadRegularFile("/", 100).error().message == "cannot read '/': it is a folder");
}

TEST_CASE("files: a regular file is read whole, or is too large") {
  const TemporaryDirectory folder;
  const std::string path = folder.Write("file", "0123456789");
  CHECK(*ReadRegularFile(path, 10) == "0123456789");
  CHECK(ReadRegularFile(path, 9).error().message == "cannot read '" + path + "': it is larger than 9 bytes");
  CHECK(*ReadFile(path, 10) == "0123456789");
}

TEST_CASE("output: a full device is an error that stays") {
  FILE* full = fopen("/dev/full", "w");
  REQUIRE(full != nullptr);
  DescriptorOutput output(fileno(full), "standard output");
  CHECK(output.Write("x"));
  Result<void> flushed = output.Flush();
  REQUIRE_FALSE(flushed);
  CHECK(flushed.error().kind == ErrorKind::kOutput);
  CHECK(flushed.error().message == "cannot write to standard output: No space left on device");
  CHECK_FALSE(output.Flush());
  fclose(full);
}

}  // namespace
}  // namespace rpcctl
