#include "message/byte_source.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "tests/support/pipe.h"
#include "tests/support/temporary_directory.h"

namespace rpcctl {
namespace {

Result<ByteSource> OpenFile(const std::string& path) {
  return ByteSource::Open({SourceKind::kFile, path}, -1);
}

TEST_CASE("byte_source: text comes at once and then ends") {
  Result<ByteSource> source = ByteSource::Open({SourceKind::kText, "{}"}, -1);
  REQUIRE(source);
  std::string bytes;
  CHECK(*source->Read(bytes) == Arrival::kBytes);
  CHECK(bytes == "{}");
  CHECK(*source->Read(bytes) == Arrival::kEnd);
  CHECK(source->descriptor() == -1);
}

TEST_CASE("byte_source: a file is read to its end") {
  const TemporaryDirectory folder;
  Result<ByteSource> source = OpenFile(folder.Write("a.json", "{}"));
  REQUIRE(source);
  std::string bytes;
  CHECK(*source->Read(bytes) == Arrival::kBytes);
  CHECK(bytes == "{}");
  CHECK(*source->Read(bytes) == Arrival::kEnd);
}

TEST_CASE("byte_source: a file that cannot be read is told with its cause") {
  const Error error = OpenFile("/nonexistent/a.json").error();
  CHECK(error.kind == ErrorKind::kInput);
  CHECK(error.message == "cannot read '/nonexistent/a.json': No such file or directory");
  CHECK(OpenFile("/").error().message == "cannot read '/': it is a folder");
  CHECK(OpenFile("").error().message == "cannot read '': No such file or directory");
}

TEST_CASE("byte_source: a file can be checked without opening it") {
  const TemporaryDirectory folder;
  CHECK(ByteSource::Check({SourceKind::kText, "/nonexistent"}));
  CHECK(ByteSource::Check({SourceKind::kFile, folder.Write("a", "")}));
  CHECK(ByteSource::Check({SourceKind::kFile, "/nonexistent"}).error().message ==
        "cannot read '/nonexistent': No such file or directory");
  CHECK(ByteSource::Check({SourceKind::kFile, "/"}).error().message == "cannot read '/': it is a folder");
}

TEST_CASE("byte_source: an empty pipe is waited for, and its descriptor told") {
  Pipe pipe;
  Result<ByteSource> source = ByteSource::Open({SourceKind::kStandardInput, ""}, pipe.reader());
  REQUIRE(source);
  std::string bytes;
  CHECK(*source->Read(bytes) == Arrival::kWaiting);
  CHECK(source->descriptor() == pipe.reader());
  REQUIRE(pipe.Write("ab"));
  CHECK(*source->Read(bytes) == Arrival::kBytes);
  CHECK(bytes == "ab");
  CHECK(*source->Read(bytes) == Arrival::kWaiting);
  pipe.CloseWriter();
  CHECK(*source->Read(bytes) == Arrival::kEnd);
}

TEST_CASE("byte_source: standard input stays open and as it was") {
  Pipe pipe;
  const int flags = fcntl(pipe.reader(), F_GETFL);
  {
    Result<ByteSource> source = ByteSource::Open({SourceKind::kStandardInput, ""}, pipe.reader());
    std::string bytes;
    CHECK(*source->Read(bytes) == Arrival::kWaiting);
    CHECK(fcntl(pipe.reader(), F_GETFL) == flags);
  }
  CHECK(fcntl(pipe.reader(), F_GETFL) == flags);
}

TEST_CASE("byte_source: a standard input that was closed is empty") {
  Result<ByteSource> source = ByteSource::Open({SourceKind::kStandardInput, ""}, 1'000'000);
  std::string bytes;
  CHECK(*source->Read(bytes) == Arrival::kEnd);
}

TEST_CASE("byte_source: a folder on standard input is an error") {
  const int folder = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  Result<ByteSource> source = ByteSource::Open({SourceKind::kStandardInput, ""}, folder);
  std::string bytes;
  CHECK(source->Read(bytes).error().message == "cannot read standard input: it is a folder");
  close(folder);
}

TEST_CASE("byte_source: a named pipe is waited for before and after its writer comes") {
  const TemporaryDirectory folder;
  const std::string path = folder.Path("pipe");
  REQUIRE(mkfifo(path.c_str(), 0600) == 0);
  Result<ByteSource> source = OpenFile(path);
  REQUIRE(source);
  std::string bytes;
  CHECK(*source->Read(bytes) == Arrival::kWaiting);
  const int writer = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  CHECK(*source->Read(bytes) == Arrival::kWaiting);
  REQUIRE(write(writer, "x", 1) == 1);
  CHECK(*source->Read(bytes) == Arrival::kBytes);
  close(writer);
  CHECK(*source->Read(bytes) == Arrival::kEnd);
}

TEST_CASE("byte_source: a source can be moved and closes its file once") {
  const TemporaryDirectory folder;
  Result<ByteSource> opened = OpenFile(folder.Write("a", "x"));
  REQUIRE(opened);
  const int descriptor = opened->descriptor();
  {
    ByteSource moved = std::move(*opened);
    CHECK(moved.descriptor() == descriptor);
    CHECK(opened->descriptor() == -1);
  }
  CHECK(fcntl(descriptor, F_GETFD) == -1);
}

}  // namespace
}  // namespace rpcctl
