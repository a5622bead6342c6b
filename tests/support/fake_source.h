// A source of descriptors that answers as told, remembers what it was asked, and misbehaves on demand.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/declared_names.h"
#include "schema/file_index.h"
#include "schema/schema.h"
#include "tests/support/schema_text.h"

namespace rpcctl {

// What stands behind a FakeSource; the test keeps it and looks at `asked` afterwards.
struct FakeServer {
  using Answer = Result<std::vector<SchemaFile>>;

  FakeServer() = default;
  // Files by name, as .proto text.
  FakeServer(std::initializer_list<std::pair<const char*, const char*>> texts) {
    for (const auto& [file, text] : texts) Add(ParseText(file, text));
  }

  void Add(google::protobuf::FileDescriptorProto file) {
    for (const auto& service : file.service()) services.push_back(Qualified(file.package(), service.name()));
    files[file.name()] = std::move(file);
  }

  std::string name = "the server at h:1";
  std::map<std::string, google::protobuf::FileDescriptorProto> files;
  std::vector<std::string> services;
  bool sends_imports = false;  // an answer brings the imports along, as in Python and Java
  bool knows_members = true;   // a field or an enum value may be asked for
  bool tells_all_files = false;
  std::optional<Error> failure;  // the answer to everything
  std::vector<Error> problems;
  std::function<std::optional<Answer>(const std::string&)> on_file;    // comes first, where it answers
  std::function<std::optional<Answer>(const std::string&)> on_symbol;  // likewise
  std::vector<std::string> asked;  // "services", "symbol a.B", "file a.proto", "all"
  int closed = 0;
};

class FakeSource final : public SchemaSource {
 public:
  explicit FakeSource(FakeServer& server) : server_(server) {}

  std::string Name() const override { return server_.name; }

  Result<std::vector<std::string>> ServiceNames() override {
    server_.asked.push_back("services");
    if (server_.failure) return *server_.failure;
    return server_.services;
  }

  FakeServer::Answer FilesWithSymbol(std::string_view symbol) override {
    server_.asked.push_back("symbol " + std::string(symbol));
    if (server_.failure) return *server_.failure;
    if (server_.on_symbol) {
      if (auto answer = server_.on_symbol(std::string(symbol))) return *answer;
    }
    for (const auto& [name, file] : server_.files) {
      if (Declares(file, symbol)) return Sent(file);
    }
    return std::vector<SchemaFile>();
  }

  FakeServer::Answer FilesNamed(std::string_view name) override {
    server_.asked.push_back("file " + std::string(name));
    if (server_.failure) return *server_.failure;
    if (server_.on_file) {
      if (auto answer = server_.on_file(std::string(name))) return *answer;
    }
    const auto found = server_.files.find(std::string(name));
    return found == server_.files.end() ? std::vector<SchemaFile>() : Sent(found->second);
  }

  FakeServer::Answer FilesExtending(std::string_view type, std::optional<int> number) override {
    const std::string which = number ? std::to_string(*number) : "all";
    server_.asked.push_back("extension " + which + " of " + std::string(type));
    if (server_.failure) return *server_.failure;
    FileIndex index;
    std::vector<const google::protobuf::FileDescriptorProto*> files;
    for (const auto& [name, file] : server_.files) {
      index.Add(name, &file);
      files.push_back(&file);
    }
    std::vector<SchemaFile> found;
    for (const size_t i : index.Extending(type, number)) found.push_back(FileFrom(*files[i]));
    return found;
  }

  FakeServer::Answer AllFiles() override {
    server_.asked.push_back("all");
    std::vector<SchemaFile> all;
    if (!server_.tells_all_files) return all;
    for (const auto& [name, file] : server_.files) all.push_back(FileFrom(file));
    return all;
  }

  std::vector<Error> Problems() const override { return server_.problems; }
  void Close() override { ++server_.closed; }

 private:
  bool Declares(const google::protobuf::FileDescriptorProto& file, std::string_view symbol) const {
    const auto names = server_.knows_members ? DeclaredNames(file) : PackageLevelNames(file);
    return std::find(names.begin(), names.end(), symbol) != names.end();
  }

  std::vector<SchemaFile> Sent(const google::protobuf::FileDescriptorProto& file) const {
    std::vector<SchemaFile> sent = {FileFrom(file)};
    if (!server_.sends_imports) return sent;
    for (const std::string& import : file.dependency()) {
      const auto found = server_.files.find(import);
      if (found == server_.files.end()) continue;
      for (SchemaFile& below : Sent(found->second)) sent.push_back(std::move(below));
    }
    return sent;
  }

  FakeServer& server_;
};

// A schema over these servers, the first of which has precedence.
template <typename... Servers>
std::unique_ptr<Schema> SchemaOver(Servers&... servers) {
  std::vector<std::unique_ptr<SchemaSource>> sources;
  (sources.push_back(std::make_unique<FakeSource>(servers)), ...);
  return std::make_unique<Schema>(std::move(sources));
}

}  // namespace rpcctl
