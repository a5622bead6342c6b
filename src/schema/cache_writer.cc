#include "schema/cache_writer.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/stubs/logging.h>
#include <rpcctl/schema_cache.pb.h>

#include <algorithm>
#include <map>
#include <unordered_set>

#include "schema/builtin_files.h"
#include "schema/cache_format.h"
#include "schema/declared_extensions.h"
#include "schema/declared_names.h"
#include "schema/file_check.h"
#include "schema/limits.h"
#include "schema/reflection_source.h"

namespace rpcctl {
namespace {

using cache::Head;
using cache::Index;
using google::protobuf::FileDescriptorProto;
using google::protobuf::MethodDescriptorProto;
using google::protobuf::ServiceDescriptorProto;

// Of a comment a sentence is shown.
constexpr size_t kMostCommentBytes = 1000;

// A name that would break a line is no name: whoever asks for it is told that there is none.
void AppendLine(const std::string& name, std::string& lines) {
  if (name.find('\n') == std::string::npos) lines.append(name).append("\n");
}

// "HelloReply" for ".helloworld.HelloReply", with "stream " where there are many.
std::string ShortType(const std::string& type, bool is_stream) {
  return (is_stream ? "stream " : "") + type.substr(type.rfind('.') + 1);
}

// What stands above each thing in the source, or else behind it, by its path in the descriptor.
std::map<std::vector<int>, std::string> CommentsOf(const FileDescriptorProto& file) {
  std::map<std::vector<int>, std::string> comments;
  for (const auto& location : file.source_code_info().location()) {
    const std::string& text =
        location.leading_comments().empty() ? location.trailing_comments() : location.leading_comments();
    if (!text.empty())
      comments.emplace(std::vector<int>(location.path().begin(), location.path().end()),
                       text.substr(0, kMostCommentBytes));
  }
  return comments;
}

void AddMethods(const FileDescriptorProto& file, Index::File& entry) {
  if (file.service_size() == 0) return;
  const std::map<std::vector<int>, std::string> comments = CommentsOf(file);
  for (int i = 0; i < file.service_size(); ++i) {
    const std::string scope = Qualified(file.package(), file.service(i).name()) + "/";
    for (int j = 0; j < file.service(i).method_size(); ++j) {
      const MethodDescriptorProto& method = file.service(i).method(j);
      cache::Method& added = *entry.add_methods();
      added.set_path(scope + method.name());
      added.set_signature(fmt::format("({}) returns ({})",
                                      ShortType(method.input_type(), method.client_streaming()),
                                      ShortType(method.output_type(), method.server_streaming())));
      const auto comment = comments.find(
          {FileDescriptorProto::kServiceFieldNumber, i, ServiceDescriptorProto::kMethodFieldNumber, j});
      if (comment != comments.end()) added.set_comment(comment->second);
    }
  }
}

// What the files of a record declare and what they import.
class Contents final {
 public:
  void Add(const SchemaFile& file, Index& index) {
    Index::File& entry = *index.add_files();
    entry.set_name(file.name);
    entry.set_size(file.bytes.size());
    entry.set_checksum(Checksum(file.bytes));
    names_.insert(file.name);
    FileDescriptorProto proto;
    // One that does not parse is kept all the same: the schema tells what is wrong with it.
    if (!proto.ParsePartialFromString(file.bytes)) return;
    for (const std::string& name : PackageLevelNames(proto)) {
      AppendLine(name, *entry.mutable_declared());
      declared_.insert(name);
    }
    AddMethods(proto, entry);
    entry.set_extends(!DeclaredExtensions(proto).empty());
    imports_.insert(proto.dependency().begin(), proto.dependency().end());
  }

  bool Declares(const std::string& name) const { return declared_.contains(name); }
  bool HasFile(const std::string& name) const { return names_.contains(name); }
  const std::unordered_set<std::string>& imports() const { return imports_; }

 private:
  std::unordered_set<std::string> names_;
  std::unordered_set<std::string> declared_;
  std::unordered_set<std::string> imports_;
};

// Notes of what is lacking what the server was asked for already; tells whether that is all of it.
bool NoteAbsent(const SchemaRecord& record, const Contents& contents, Index& index) {
  bool complete = record.services.has_value();
  for (const std::string& service : record.services.value_or(std::vector<std::string>())) {
    if (contents.Declares(service) || !IsQualifiedName(service)) continue;
    const bool absent = record.absent_symbols.contains(service);
    if (absent) index.add_absent_symbols(service);
    complete = complete && (absent || IsReflectionService(service));
  }
  for (const std::string& import : contents.imports()) {
    if (contents.HasFile(import) || BuiltinFiles::IsPreferred(import)) continue;
    const bool absent = record.absent_files.contains(import);
    if (absent) index.add_absent_files(import);
    complete = complete && absent;
  }
  return complete;
}

void AppendFrame(uint32_t value, std::string& bytes) {
  for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(value >> shift & 0xff);
}

bool AppendSection(const google::protobuf::MessageLite& section, std::string& bytes) {
  const std::string content = section.SerializeAsString();
  if (content.size() > kMaxSectionBytes) return false;
  AppendFrame(static_cast<uint32_t>(content.size()), bytes);
  AppendFrame(Checksum(content), bytes);
  bytes += content;
  return true;
}

Index IndexOf(const SchemaRecord& record) {
  Index index;
  Contents contents;
  for (const SchemaFile& file : record.files) contents.Add(file, index);
  index.set_services_known(record.services.has_value());
  for (const std::string& service : record.services.value_or(std::vector<std::string>()))
    index.add_services(service);
  index.set_is_complete(NoteAbsent(record, contents, index));
  return index;
}

}  // namespace

Result<std::string> SerializeCacheFile(const CacheKey& key, const SchemaRecord& record) {
  // protobuf tells stderr of each string that is not UTF-8.
  const google::protobuf::LogSilencer silence;
  if (record.is_unusable)
    return Error{ErrorKind::kSchema, "the server contradicts itself, or is over a schema limit"};
  Head head;
  head.set_key(key.text);
  head.set_target(key.target);
  std::string bytes(kCacheFileStart);
  if (!AppendSection(head, bytes) || !AppendSection(IndexOf(record), bytes))
    return Error{ErrorKind::kSchema, std::string(kTooManyNames)};
  for (const SchemaFile& file : record.files) bytes += file.bytes;
  return bytes;
}

}  // namespace rpcctl
