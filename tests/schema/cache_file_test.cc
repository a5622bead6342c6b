#include "schema/cache_file.h"

#include <doctest/doctest.h>

#include "schema/cache_format.h"
#include "schema/cache_writer.h"
#include "schema/limits.h"
#include "tests/support/cached_schema.h"

namespace rpcctl {
namespace {

// `bytes` as the entry of kCacheKey, opened.
std::optional<CacheFile> Opened(const CacheFolder& folder, std::string_view bytes) {
  folder.Plant(kCacheKey, bytes);
  return folder.cache().Find(kCacheKey);
}

std::string Serialized(const SchemaRecord& record) {
  Result<std::string> bytes = SerializeCacheFile(kCacheKey, record);
  REQUIRE(bytes);
  return *bytes;
}

TEST_CASE("cache file: what was written is read back") {
  const SchemaRecord record = RecordOf(TwoServices());
  const CacheFolder folder;
  const std::optional<CacheFile> file = Opened(folder, Serialized(record));
  REQUIRE(file);
  const Result<SchemaRecord> read = file->ReadAll();
  REQUIRE(read);
  CHECK(read->services == record.services);
  REQUIRE(read->files.size() == 3);
  for (size_t i = 0; i < 3; ++i) {
    CHECK(read->files[i].name == record.files[i].name);
    CHECK(read->files[i].bytes == record.files[i].bytes);
    CHECK(file->Holds(record.files[i]));
  }
}

TEST_CASE("cache file: methods and the places of names are known without a descriptor being read") {
  const CacheFolder folder;
  const std::optional<CacheFile> file = Opened(folder, Serialized(RecordOf(TwoServices())));
  REQUIRE(file);
  const std::vector<CachedMethod> methods = file->Methods();
  REQUIRE(methods.size() == 2);
  CHECK(methods[0].service == "a.Greeter");
  CHECK(methods[0].method == "Greet");
  CHECK(methods[1].service == "b.Other");
  CHECK(file->FileDeclaring("a.Greeter") == 0);
  CHECK(file->FileDeclaring("a.Name.first") == 1);
  CHECK(file->FileDeclaring("a.Nobody") == std::nullopt);
  CHECK(file->FileDeclaring("") == std::nullopt);
  CHECK(file->FileNamed("other.proto") == 2);
  CHECK(file->FileNamed("none.proto") == std::nullopt);
}

TEST_CASE("cache file: nothing declares a name that is longer than any may be") {
  const CacheFolder folder;
  const std::optional<CacheFile> file = Opened(folder, Serialized(RecordOf(TwoServices())));
  REQUIRE(file);
  std::string name = "a.Name";
  while (name.size() + 2 <= kMaxQualifiedNameBytes) name += ".x";
  CHECK(file->FileDeclaring(name) == 1);
  for (int i = 0; i < 500'000; ++i) name += ".x";
  CHECK(file->FileDeclaring(name) == std::nullopt);
}

// One service, with a comment above a method and one behind another.
SchemaRecord Chat() {
  SchemaRecord record;
  const auto proto = ParseText("chat.proto",
                               "package p; message M {}\n"
                               "service S {\n"
                               "  // Talks.\n"
                               "  rpc Talk(stream M) returns (stream p.M);\n"
                               "  rpc Ask(M) returns (M);  // behind\n"
                               "}\n");
  record.files.push_back({"chat.proto", proto.SerializeAsString()});
  return record;
}

TEST_CASE("cache file: a method is told with what it takes and returns, and with its comment") {
  const CacheFolder folder;
  const std::optional<CacheFile> file = Opened(folder, Serialized(Chat()));
  REQUIRE(file);
  REQUIRE(file->Methods().size() == 2);
  CHECK(file->Methods()[0].signature == "(stream M) returns (stream M)");
  CHECK(file->Methods()[0].comment == " Talks.\n");
  CHECK(file->Methods()[1].signature == "(M) returns (M)");
  CHECK(file->Methods()[1].comment == " behind\n");
}

TEST_CASE("cache file: it is complete when every service has its file, and every file its imports") {
  FakeServer server = TwoServices();
  const CacheFolder folder;
  CHECK(Opened(folder, Serialized(RecordOf(server)))->IsComplete());
  SchemaRecord record = RecordOf(server);
  record.services = std::nullopt;
  CHECK_FALSE(Opened(folder, Serialized(record))->IsComplete());
  server.files.erase("name.proto");
  CHECK_FALSE(Opened(folder, Serialized(RecordOf(server)))->IsComplete());
  server = TwoServices();
  server.files.erase("other.proto");
  CHECK_FALSE(Opened(folder, Serialized(RecordOf(server)))->IsComplete());
}

TEST_CASE("cache file: what the server does not have is not missed, reflection's own file even unasked") {
  SchemaRecord record = RecordOf(TwoServices());
  std::erase_if(record.files, [](const SchemaFile& file) { return file.name != "greeter.proto"; });
  record.services->push_back("grpc.reflection.v1.ServerReflection");
  record.absent_symbols = {"b.Other", "mistyped"};
  record.absent_files = {"name.proto"};
  const CacheFolder folder;
  const std::optional<CacheFile> file = Opened(folder, Serialized(record));
  REQUIRE(file);
  CHECK(file->IsComplete());
  CHECK(file->IsAbsentSymbol("b.Other"));
  CHECK_FALSE(file->IsAbsentSymbol("mistyped"));
  CHECK(file->IsAbsentFile("name.proto"));
}

TEST_CASE("cache file: a service whose name is none is not missed") {
  FakeServer server = TwoServices();
  server.services.push_back("evil.$(touch x)");
  const CacheFolder folder;
  CHECK(Opened(folder, Serialized(RecordOf(server)))->IsComplete());
}

TEST_CASE("cache file: a file that extends others is told from one that does not") {
  FakeServer server{
      {"base.proto", "syntax = \"proto2\"; message M { extensions 5; }"},
      {"ext.proto", "syntax = \"proto2\"; import \"base.proto\"; extend M { optional int32 e = 5; }"}};
  const CacheFolder folder;
  const std::optional<CacheFile> file = Opened(folder, Serialized(RecordOf(server)));
  REQUIRE(file);
  CHECK(file->FilesExtending() == std::vector<size_t>{1});
}

TEST_CASE("cache file: a descriptor that does not parse is kept, and declares nothing") {
  SchemaRecord record;
  record.files.push_back({"broken.proto", "\x0a\xff"});
  const CacheFolder folder;
  const std::optional<CacheFile> file = Opened(folder, Serialized(record));
  REQUIRE(file);
  CHECK(file->Read(0)->bytes == "\x0a\xff");
  CHECK(file->Methods().empty());
}

TEST_CASE("cache file: the entry of another target is none, even under the same name") {
  const CacheFolder folder;
  const Result<std::string> bytes = SerializeCacheFile({"h:2", "target h:2\n"}, RecordOf(TwoServices()));
  REQUIRE(bytes);
  CHECK_FALSE(Opened(folder, *bytes));
}

TEST_CASE("cache file: another version is none") {
  std::string bytes = Serialized(RecordOf(TwoServices()));
  REQUIRE(bytes.starts_with(kCacheFileStart));
  bytes[kCacheFileStart.size() - 2] = '0';
  const CacheFolder folder;
  CHECK_FALSE(Opened(folder, bytes));
}

TEST_CASE("cache file: one that is cut anywhere, or has more behind it, is none") {
  const std::string bytes = Serialized(RecordOf(TwoServices()));
  const CacheFolder folder;
  for (size_t size = 0; size < bytes.size(); ++size) {
    CAPTURE(size);
    CHECK_FALSE(Opened(folder, bytes.substr(0, size)));
  }
  CHECK_FALSE(Opened(folder, bytes + "x"));
}

TEST_CASE("cache file: whichever bit is flipped, nothing wrong is read") {
  const SchemaRecord record = RecordOf(TwoServices());
  const std::string bytes = Serialized(record);
  const CacheFolder folder;
  for (size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    std::string flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ 1 << bit % 8);
    const std::optional<CacheFile> file = Opened(folder, flipped);
    CAPTURE(bit);
    CHECK((!file || !file->ReadAll()));
  }
}

TEST_CASE("cache file: sizes that do not fit the file are damage, not memory") {
  std::string bytes(kCacheFileStart);
  bytes += std::string("\xff\xff\xff\xff\0\0\0\0", 8);
  const CacheFolder folder;
  CHECK_FALSE(Opened(folder, bytes));
  CHECK_FALSE(Opened(folder, std::string(80u << 20, '\0')));
}

TEST_CASE("cache file: nothing is made of a record that contradicts itself") {
  SchemaRecord record = RecordOf(TwoServices());
  record.is_unusable = true;
  CHECK_FALSE(SerializeCacheFile(kCacheKey, record));
}

TEST_CASE("cache file: names that would break the index are left out of it") {
  google::protobuf::FileDescriptorProto proto;
  proto.set_name("x\ny.proto");
  proto.add_service()->set_name("A\nB");
  proto.mutable_service(0)->add_method()->set_name("Do");
  proto.add_message_type()->set_name("$(touch x)");
  SchemaRecord record;
  record.services = {"A\nB"};
  record.files.push_back(FileFrom(proto));
  const CacheFolder folder;
  const std::optional<CacheFile> file = Opened(folder, Serialized(record));
  REQUIRE(file);
  CHECK(file->FileDeclaring("B") == std::nullopt);
  CHECK(file->FileNamed("x\ny.proto") == 0);
}

}  // namespace
}  // namespace rpcctl
