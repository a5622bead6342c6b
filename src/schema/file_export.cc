#include "schema/file_export.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include "base/safe_text.h"
#include "schema/declared_names.h"
#include "schema/descriptor_builder.h"
#include "schema/edition_raising.h"
#include "schema/file_fetcher.h"
#include "schema/file_store.h"
#include "schema/reflection_source.h"

namespace rpcctl {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorProto;

constexpr size_t kShownNameBytes = 200;

constexpr std::string_view kWayOut = "symbols that are named are exported without what they do not need";

// The types within `message`, itself too, that may be extended. Recursive, as deep as protobuf reads nested
// messages from bytes (100).
void AppendExtendable(const DescriptorProto& message, std::string_view scope,
                      std::vector<std::string>& types) {
  const std::string full_name = Qualified(scope, message.name());
  if (message.extension_range_size() > 0) types.push_back(full_name);
  for (const DescriptorProto& nested : message.nested_type()) AppendExtendable(nested, full_name, types);
}

std::vector<std::string> ExtendableTypes(const FileDescriptorProto& file) {
  std::vector<std::string> types;
  for (const DescriptorProto& message : file.message_type()) AppendExtendable(message, file.package(), types);
  return types;
}

// As the pool has it: every name and option resolved.
std::string Resolved(const FileDescriptor& file) {
  FileDescriptorProto proto;
  file.CopyTo(&proto);
  file.CopyJsonNameTo(&proto);
  file.CopySourceCodeInfoTo(&proto);
  Raise(LoweredFrom(file), proto);
  return proto.SerializeAsString();
}

Error WithWayOut(Error error) {
  if (!error.hint.empty()) error.hint += '\n';
  error.hint += kWayOut;
  return error;
}

}  // namespace

std::vector<ExportedFile> FileExport::Holding(std::span<const Symbol> symbols) {
  std::unordered_set<const FileDescriptor*> wanted;
  for (const Symbol& symbol : symbols) wanted.insert(symbol.File());
  for (const Symbol& symbol : symbols) Add(*symbol.File());
  for (ExportedFile& file : files_) file.is_needed_only = !wanted.contains(file.descriptor);
  return std::move(files_);
}

Result<std::vector<ExportedFile>> FileExport::Everything() {
  if (Result<void> fetched = FetchServices(); !fetched) return fetched.error();
  FetchExtensions();
  for (const auto& source : fetcher_.sources()) {
    if (const std::vector<Error> problems = source->Problems(); !problems.empty())
      return WithWayOut(problems.front());
  }
  if (store_.limit_reached()) return *store_.limit_reached();
  for (StoredFile* file : store_.All()) {
    const Result<const FileDescriptor*> built = builder_.Build(*file);
    if (!built) return WithWayOut(built.error());
    Add(**built);
  }
  for (ExportedFile& file : files_) file.is_needed_only = store_.Find(file.name) == nullptr;
  return std::move(files_);
}

// Notes what FetchAll passes over: here nothing may be missing.
Result<void> FileExport::FetchServices() {
  fetcher_.FetchAll();
  for (size_t i = 0; i < fetcher_.sources().size(); ++i) {
    const Result<std::vector<std::string>> services = fetcher_.ServiceNames(i);
    if (!services) return services.error();
    for (const std::string& service : *services) {
      const Result<StoredFile*> file = fetcher_.Locate(service);
      if (!file) return file.error();
      if (*file != nullptr || IsReflectionService(service)) continue;
      return Error{ErrorKind::kSchema,
                   fmt::format("{} names the service '{}' and does not have its file",
                               fetcher_.sources()[i]->Name(), SafeExcerpt(service, kShownNameBytes)),
                   std::string(kWayOut)};
    }
  }
  return {};
}

// What extends a type may bring along types that are extended themselves.
void FileExport::FetchExtensions() {
  std::unordered_set<std::string> asked;
  std::unordered_set<const StoredFile*> seen;
  for (bool is_new = true; is_new;) {
    is_new = false;
    for (StoredFile* file : store_.All()) {
      if (!seen.insert(file).second) continue;
      is_new = true;
      (void)fetcher_.FetchImports(*file);  // a file that lacks an import it needs is not built later on
      for (const std::string& type : ExtendableTypes(*file->proto)) {
        if (!asked.insert(type).second) continue;
        for (size_t i = 0; i < fetcher_.sources().size(); ++i) {
          (void)fetcher_.FetchExtending(i, type, std::nullopt);
        }
      }
    }
  }
}

// Recursive, as deep as imports may go (512).
void FileExport::Add(const FileDescriptor& file) {
  if (!added_.insert(&file).second) return;
  for (int i = 0; i < file.dependency_count(); ++i) Add(*file.dependency(i));
  files_.push_back({file.name(), BytesOf(file), &file});
}

std::string FileExport::BytesOf(const FileDescriptor& file) {
  const StoredFile* stored = store_.Find(file.name());
  const bool as_sent = stored != nullptr && stored->built == &file && stored->path.empty() &&
                       !stored->repaired && stored->proto->dependency_size() == file.dependency_count();
  return as_sent ? stored->bytes : Resolved(file);
}

}  // namespace rpcctl
