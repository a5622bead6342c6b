#include "schema/cached_source.h"

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.h>

#include "schema/cache_writer.h"
#include "tests/support/cached_schema.h"

namespace rpcctl {
namespace {

// A schema over the cache, which was filled with `record`, and over a server behind it.
struct Cached {
  explicit Cached(const SchemaRecord& record) {
    folder.cache().Learn(kCacheKey, record, SchemaCache::Extent::kWhole, CacheFolder::kNow);
  }

  std::unique_ptr<SchemaSource> Open(std::unique_ptr<SchemaSource> behind) const {
    std::optional<CacheFile> file = folder.cache().Find(kCacheKey);
    REQUIRE(file);
    return OpenCachedSchema(std::make_shared<CacheFile>(std::move(*file)), std::move(behind));
  }
  std::unique_ptr<SchemaSource> OpenBeforeServer() { return Open(std::make_unique<FakeSource>(server)); }
  Schema OpenSchema() {
    std::vector<std::unique_ptr<SchemaSource>> sources;
    sources.push_back(OpenBeforeServer());
    return Schema(std::move(sources));
  }

  CacheFolder folder;
  FakeServer server = TwoServices();
};

SchemaRecord Without(std::string_view file) {
  SchemaRecord record = RecordOf(TwoServices());
  std::erase_if(record.files, [&](const SchemaFile& one) { return one.name == file; });
  return record;
}

TEST_CASE("cached source: a complete entry answers everything, and nobody else is asked") {
  Cached cached(RecordOf(TwoServices()));
  Schema schema = cached.OpenSchema();
  CHECK(*schema.ServiceNames() == std::vector<std::string>{"a.Greeter", "b.Other"});
  const auto method = schema.FindMethod("Greet");
  REQUIRE(method);
  CHECK((*method)->input_type()->FindFieldByName("name")->message_type()->full_name() == "a.Name");
  CHECK_FALSE(schema.FindSymbol("c.None"));
  CHECK(cached.server.asked.empty());
}

TEST_CASE("cached source: what an entry lacks is asked of the server, and only that") {
  Cached cached(Without("name.proto"));
  Schema schema = cached.OpenSchema();
  REQUIRE(schema.FindMethod("a.Greeter/Greet"));
  CHECK(cached.server.asked == std::vector<std::string>{"file name.proto"});
}

TEST_CASE("cached source: services that are not known are asked for") {
  SchemaRecord record = RecordOf(TwoServices());
  record.services = std::nullopt;
  Cached cached(record);
  CHECK(cached.OpenBeforeServer()->ServiceNames()->size() == 2);
  CHECK(cached.server.asked == std::vector<std::string>{"services"});
}

TEST_CASE("cached source: where nobody tells the services, those are told whose files are there") {
  SchemaRecord record = Without("other.proto");
  record.services = std::nullopt;
  Cached cached(record);
  cached.server.failure = Error{ErrorKind::kConnect, "nobody there"};
  CHECK(*cached.OpenBeforeServer()->ServiceNames() == std::vector<std::string>{"a.Greeter"});
  CHECK(*cached.Open(nullptr)->ServiceNames() == std::vector<std::string>{"a.Greeter"});
}

TEST_CASE("cached source: where no file has a service either, the reason is told") {
  SchemaRecord record = Without("other.proto");
  std::erase_if(record.files, [](const SchemaFile& file) { return file.name == "greeter.proto"; });
  record.services = std::nullopt;
  Cached cached(record);
  CHECK(cached.Open(nullptr)->ServiceNames().error().message == "the services are not known");
}

TEST_CASE("cached source: without a server behind it, what it lacks is not there") {
  Cached cached(Without("other.proto"));
  const std::unique_ptr<SchemaSource> source = cached.Open(nullptr);
  CHECK(source->FilesWithSymbol("b.Other")->empty());
  CHECK(source->FilesNamed("other.proto")->empty());
  CHECK(source->FilesWithSymbol("a.Name.first")->front().name == "name.proto");
  CHECK(source->Name() == "the cached schema");
  source->Close();
}

TEST_CASE("cached source: what the server is known not to have is not asked for again") {
  SchemaRecord record = Without("other.proto");
  record.files.erase(record.files.begin() + 1);  // name.proto, which is not asked for here
  record.absent_symbols = {"b.Other"};
  Cached cached(record);
  CHECK(cached.OpenBeforeServer()->FilesWithSymbol("b.Other")->empty());
  CHECK(cached.server.asked.empty());
}

TEST_CASE("cached source: a descriptor that was damaged is asked for") {
  Cached cached(RecordOf(TwoServices()));
  std::string bytes = cached.folder.Read(kCacheKey);
  bytes.back() = static_cast<char>(bytes.back() ^ 1);  // of other.proto
  cached.folder.Plant(kCacheKey, bytes);
  CHECK(cached.OpenBeforeServer()->FilesWithSymbol("b.Other")->size() == 1);
  CHECK(cached.server.asked == std::vector<std::string>{"symbol b.Other"});
  CHECK(cached.Open(nullptr)->FilesNamed("other.proto")->empty());
}

TEST_CASE("cached source: extensions are found in it") {
  FakeServer server{
      {"base.proto", "syntax = \"proto2\"; message M { extensions 5; }"},
      {"ext.proto", "syntax = \"proto2\"; import \"base.proto\"; extend M { optional int32 e = 5; }"}};
  Cached cached(RecordOf(server));
  Schema schema = cached.OpenSchema();
  const google::protobuf::Descriptor* type = schema.FindMessage("M");
  REQUIRE(type);
  CHECK(schema.FindExtension(*type, 5)->full_name() == "e");
}

TEST_CASE("cached source: a planted entry is checked as a server's answer is") {
  SchemaRecord record;
  record.services = {"$(touch x)", "a.Greeter"};
  google::protobuf::FileDescriptorProto proto;
  proto.set_name("evil.proto");
  proto.set_package("a");
  proto.add_service()->set_name("Greeter");
  proto.mutable_service(0)->add_method()->set_name("`touch x`");
  record.files.push_back(FileFrom(proto));
  Cached cached(record);
  Schema schema = cached.OpenSchema();
  CHECK_FALSE(schema.FindService("a.Greeter"));
  CHECK_FALSE(schema.FindMethod("a.Greeter/`touch x`"));
}

}  // namespace
}  // namespace rpcctl
