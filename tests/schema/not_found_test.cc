#include "schema/not_found.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "schema/file_fetcher.h"
#include "schema/file_store.h"
#include "tests/support/fake_source.h"

namespace rpcctl {
namespace {

Error NotFoundIn(FakeServer& server, std::string_view words = "X", std::string nearest = "") {
  std::vector<std::unique_ptr<SchemaSource>> sources;
  sources.push_back(std::make_unique<FakeSource>(server));
  FileStore store;
  return NotFound("service", words, FileFetcher(sources, store), std::move(nearest));
}

TEST_CASE("not_found: the error says what was looked for, and where") {
  FakeServer server;
  const Error error = NotFoundIn(server, "X", "did you mean 'Y'?");
  CHECK(error.kind == ErrorKind::kSchema);
  CHECK(error.message == "no service 'X' is known to the server at h:1");
  CHECK(error.hint == "did you mean 'Y'?");
}

TEST_CASE("not_found: the words are shown without harm, and not at any length") {
  FakeServer server;
  CHECK(NotFoundIn(server, "a\x1b").message == "no service 'a\\x1b' is known to the server at h:1");
  CHECK(NotFoundIn(server, std::string(10000, 'x')).message.size() < 300);
}

TEST_CASE("not_found: what could not be read is told below the nearest name, a few of it") {
  FakeServer server;
  for (int i = 1; i <= 5; ++i)
    server.problems.push_back({ErrorKind::kSchema, fmt::format("f{}.proto:1:1: bad", i)});
  CHECK(NotFoundIn(server, "X", "did you mean 'Y'?").hint ==
        "did you mean 'Y'?\nnot read: f1.proto:1:1: bad\nnot read: f2.proto:1:1: bad\nnot read: "
        "f3.proto:1:1: bad\n"
        "and 2 more were not read");
}

}  // namespace
}  // namespace rpcctl
