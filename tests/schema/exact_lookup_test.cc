#include "schema/exact_lookup.h"

#include <doctest/doctest.h>

#include "schema/descriptor_builder.h"
#include "schema/file_fetcher.h"
#include "schema/file_store.h"
#include "tests/support/fake_source.h"

namespace rpcctl {
namespace {

using Names = std::vector<std::string>;

struct Lookup {
  explicit Lookup(FakeServer& server)
      : fetcher(sources, store), builder(fetcher, store), exact(fetcher, builder) {
    sources.push_back(std::make_unique<FakeSource>(server));
  }

  std::vector<std::unique_ptr<SchemaSource>> sources;
  FileStore store;
  FileFetcher fetcher;
  DescriptorBuilder builder;
  ExactLookup exact;
};

FakeServer SomeServer() {
  return FakeServer{
      {"a.proto", "package a; message M { int32 i = 1; } service S { rpc Do(M) returns (M); }"}};
}

TEST_CASE("exact_lookup: a symbol is found under its full name only") {
  FakeServer server = SomeServer();
  Lookup lookup(server);
  CHECK(lookup.exact.Find("a.M")->message != nullptr);
  CHECK(lookup.exact.Find("a.M.i")->field != nullptr);
  CHECK_FALSE(lookup.exact.Find("M")->Found());
  CHECK_FALSE(lookup.exact.Find("a.m")->Found());
  CHECK_FALSE(lookup.exact.Find("a.M.nothing")->Found());
}

TEST_CASE("exact_lookup: a method is found without being asked for") {
  FakeServer server = SomeServer();
  Lookup lookup(server);
  CHECK(lookup.exact.Find("a.S.Do", "a.S")->method != nullptr);
  CHECK(server.asked == Names{"symbol a.S"});
}

TEST_CASE("exact_lookup: well-known types are found without a question") {
  FakeServer server = SomeServer();
  Lookup lookup(server);
  CHECK(lookup.exact.Find("google.protobuf.Duration")->message != nullptr);
  CHECK(lookup.exact.Find("google.protobuf.Duration.seconds")->field != nullptr);
  CHECK(server.asked.empty());
}

TEST_CASE("exact_lookup: google.rpc is the source's, where it has it, and ours otherwise") {
  FakeServer without = SomeServer();
  CHECK(Lookup(without).exact.Find("google.rpc.Status")->message != nullptr);
  FakeServer with{{"google/rpc/status.proto", "package google.rpc; message Status { int32 theirs = 1; }"}};
  CHECK(Lookup(with).exact.Find("google.rpc.Status.theirs")->field != nullptr);
  FakeServer broken{{"google/rpc/status.proto", "package google.rpc; message Status { Nothing n = 1; }"}};
  CHECK(Lookup(broken).exact.Find("google.rpc.Status.code")->field != nullptr);
}

TEST_CASE("exact_lookup: a file that cannot be built is an error") {
  FakeServer server{{"a.proto", "package a; message M { Nothing n = 1; }"}};
  const Result<Symbol> symbol = Lookup(server).exact.Find("a.M");
  REQUIRE_FALSE(symbol);
  CHECK(symbol.error().message == "a.proto: a.M.n: \"Nothing\" is not defined");
}

}  // namespace
}  // namespace rpcctl
