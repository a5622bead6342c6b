#include "schema/file_fetcher.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "schema/file_store.h"
#include "tests/support/fake_source.h"

namespace rpcctl {
namespace {

using Names = std::vector<std::string>;

// A fetcher over these servers, with its store.
struct Fetching {
  template <typename... Servers>
  explicit Fetching(Servers&... servers) : fetcher(sources, store) {
    (sources.push_back(std::make_unique<FakeSource>(servers)), ...);
  }

  std::vector<std::unique_ptr<SchemaSource>> sources;
  FileStore store;
  FileFetcher fetcher;
};

FakeServer Chain() {
  return FakeServer{
      {"a.proto", "package a; import \"b.proto\"; message M {} service S { rpc Do(M) returns (M); }"},
      {"b.proto", "package b; import \"c.proto\"; message M {}"},
      {"c.proto", "package c; message M {}"}};
}

TEST_CASE("file_fetcher: a symbol is asked for once") {
  FakeServer server = Chain();
  Fetching fetching(server);
  CHECK((*fetching.fetcher.Locate("a.M"))->name == "a.proto");
  CHECK((*fetching.fetcher.Locate("a.M.whatever"))->name == "a.proto");
  CHECK((*fetching.fetcher.Locate("a.S"))->name == "a.proto");
  CHECK(server.asked == Names{"symbol a.M"});
}

TEST_CASE("file_fetcher: a symbol that nobody knows is null, not an error") {
  FakeServer server = Chain();
  Fetching fetching(server);
  const Result<StoredFile*> file = fetching.fetcher.Locate("x.M");
  REQUIRE(file);
  CHECK(*file == nullptr);
}

TEST_CASE("file_fetcher: sources are asked in their order, until one knows") {
  FakeServer first, second = Chain(), third = Chain();
  Fetching fetching(first, second, third);
  CHECK((*fetching.fetcher.Locate("a.M"))->source == 1);
  CHECK(first.asked == Names{"symbol a.M", "file a.proto"});
  CHECK(third.asked.empty());
}

TEST_CASE("file_fetcher: of a file that a later source sends, an earlier one's copy is taken") {
  FakeServer files{{"b.proto", "package mine; message Mine {}"}};
  FakeServer server = Chain();
  server.sends_imports = true;
  Fetching fetching(files, server);
  REQUIRE(fetching.fetcher.Locate("a.M"));
  CHECK(fetching.store.Find("a.proto")->source == 1);
  CHECK(fetching.store.Find("b.proto")->source == 0);
  CHECK(fetching.store.Find("b.proto")->proto->package() == "mine");
}

TEST_CASE("file_fetcher: an error is told only when no source knows the symbol") {
  FakeServer broken, server = Chain();
  broken.failure = Error{ErrorKind::kConnect, "refused"};
  Fetching fetching(broken, server);
  CHECK((*fetching.fetcher.Locate("a.M"))->name == "a.proto");
  REQUIRE_FALSE(fetching.fetcher.Locate("x.M"));
  CHECK(fetching.fetcher.Locate("x.M").error().message == "refused");
}

TEST_CASE("file_fetcher: an answer that cannot be read explains why the symbol is not there") {
  FakeServer server;
  server.on_symbol = [](const std::string&) { return std::vector{SchemaFile{"a.proto", "\xff"}}; };
  Fetching fetching(server);
  CHECK(fetching.fetcher.Locate("a.M").error().message == "a.proto: the bytes are not a file descriptor");
}

TEST_CASE("file_fetcher: imports are fetched, and theirs") {
  FakeServer server = Chain();
  Fetching fetching(server);
  CHECK(fetching.fetcher.FetchImports(**fetching.fetcher.Locate("a.M")));
  CHECK(server.asked == Names{"symbol a.M", "file b.proto", "file c.proto"});
  CHECK(fetching.store.Find("c.proto") != nullptr);
}

TEST_CASE("file_fetcher: built-in imports are not asked for") {
  FakeServer server{{"a.proto", "package a; import \"google/protobuf/any.proto\"; message M {}"}};
  Fetching fetching(server);
  CHECK(fetching.fetcher.FetchImports(**fetching.fetcher.Locate("a.M")));
  CHECK(server.asked == Names{"symbol a.M"});
}

TEST_CASE("file_fetcher: a missing import is remembered with its reason") {
  FakeServer server = Chain();
  server.files.erase("c.proto");
  Fetching fetching(server);
  CHECK(fetching.fetcher.FetchImports(**fetching.fetcher.Locate("a.M")));
  CHECK(fetching.fetcher.Missing("b.proto") == nullptr);
  REQUIRE(fetching.fetcher.Missing("c.proto") != nullptr);
  CHECK(fetching.fetcher.Missing("c.proto")->message == "c.proto, which is not known to the server at h:1");
}

TEST_CASE("file_fetcher: a file with endless missing imports is not followed for ever") {
  google::protobuf::FileDescriptorProto file = ParseText("a.proto", "package a; message M {}");
  for (int i = 0; i < 10000; ++i) file.add_dependency(fmt::format("x{}", i));
  FakeServer server;
  server.Add(file);
  Fetching fetching(server);
  CHECK(fetching.fetcher.FetchImports(**fetching.fetcher.Locate("a.M")));
  CHECK(server.asked.size() == 4097);
  CHECK(fetching.fetcher.Missing("x9999")->message == "x9999: schema limit: more than 4096 files");
}

TEST_CASE("file_fetcher: once a limit is reached nothing more is asked for") {
  FakeServer server = Chain();
  server.on_symbol = [](const std::string&) {
    return std::vector{SchemaFile{"big.proto", std::string(33u << 20, '\0')}};
  };
  Fetching fetching(server);
  CHECK(fetching.fetcher.Locate("a.M").error().message == "schema limit: more than 32 MiB of descriptors");
  CHECK_FALSE(fetching.fetcher.Locate("a.S"));
  CHECK(server.asked == Names{"symbol a.M"});
}

TEST_CASE("file_fetcher: the services of a source are asked for once, and come sorted") {
  FakeServer server;
  server.services = {"b.S", "a.S", "b.S"};
  Fetching fetching(server);
  CHECK(*fetching.fetcher.ServiceNames(0) == Names{"a.S", "b.S"});
  CHECK(*fetching.fetcher.ServiceNames(0) == Names{"a.S", "b.S"});
  CHECK(server.asked == Names{"services"});
}

TEST_CASE("file_fetcher: a failure to tell the services is not remembered") {
  FakeServer server = Chain();
  server.failure = Error{ErrorKind::kConnect, "refused"};
  Fetching fetching(server);
  CHECK_FALSE(fetching.fetcher.ServiceNames(0));
  server.failure.reset();
  CHECK(*fetching.fetcher.ServiceNames(0) == Names{"a.S"});
}

TEST_CASE("file_fetcher: everything is what services need, and what a source has at hand") {
  FakeServer server = Chain();
  server.files["lonely.proto"] = ParseText("lonely.proto", "package lonely;");
  Fetching fetching(server);
  fetching.fetcher.FetchAll();
  CHECK(fetching.store.Find("c.proto") != nullptr);
  CHECK(fetching.store.Find("lonely.proto") == nullptr);
  server.tells_all_files = true;
  Fetching all(server);
  all.fetcher.FetchAll();
  CHECK(all.store.Find("lonely.proto") != nullptr);
}

TEST_CASE("file_fetcher: a service whose name is none is not asked for") {
  FakeServer server = Chain();
  for (const std::string& name : {std::string(500'000, '.'), std::string("a.$(x)"), std::string()})
    server.services.push_back(name);
  Fetching fetching(server);
  fetching.fetcher.FetchAll();
  CHECK(server.asked == Names{"all", "services", "symbol a.S", "file b.proto", "file c.proto"});
}

}  // namespace
}  // namespace rpcctl
