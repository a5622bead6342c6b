// A schema cache in a folder of its own, and what is put into it.
#pragma once

#include <unistd.h>

#include <string>

#include "schema/schema_cache.h"
#include "tests/support/fake_source.h"
#include "tests/support/temporary_directory.h"

namespace rpcctl {

// What a server that serves all of `server` says to whoever asks for everything.
inline SchemaRecord RecordOf(const FakeServer& server) {
  SchemaRecord record;
  record.services = server.services;
  for (const auto& [name, file] : server.files) record.files.push_back(FileFrom(file));
  return record;
}

class CacheFolder final {
 public:
  static constexpr SystemTime kNow{std::chrono::hours(500'000)};

  const SchemaCache& cache() const { return cache_; }
  std::string path() const { return outer_.Path("rpcctl"); }
  // Where the entry of `key` lies.
  std::string FileOf(const CacheKey& key) const { return "rpcctl/" + key.FileName() + ".schema"; }
  std::string Read(const CacheKey& key) const { return outer_.Read(FileOf(key)); }
  // Puts these bytes there, as somebody who may.
  void Plant(const CacheKey& key, std::string_view bytes) const {
    const Result<PrivateFolder> folder =
        PrivateFolder::Open(path(), geteuid(), PrivateFolder::Missing::kMake);
    (void)folder->Replace(key.FileName() + ".schema", bytes, kNow);
  }

 private:
  const TemporaryDirectory outer_;
  const SchemaCache cache_{path(), geteuid()};
};

inline const CacheKey kCacheKey{"h:1", "target h:1\nplaintext\n"};

// Two services in files of their own, and an import of one.
inline FakeServer TwoServices() {
  return {{"greeter.proto",
           "syntax = \"proto3\"; package a; import \"name.proto\";"
           "message Hello { Name name = 1; } service Greeter { rpc Greet(Hello) returns (Hello); }"},
          {"name.proto", "syntax = \"proto3\"; package a; message Name { string first = 1; }"},
          {"other.proto",
           "syntax = \"proto3\"; package b; message E {} service Other { rpc Do(E) returns (E); }"}};
}

}  // namespace rpcctl
