#include "base/files.h"

#include <doctest/doctest.h>

#include "base/output.h"

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
