#include "schema/builtin_files.h"

#include <google/protobuf/any.pb.h>
#include <google/protobuf/api.pb.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/empty.pb.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/source_context.pb.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/type.pb.h>
#include <google/protobuf/wrappers.pb.h>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "schema/newer_descriptor.h"

namespace rpcctl {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorProto;

// Naming a type of each file also makes the linker keep that file.
template <typename Message>
const FileDescriptor* FileOf() {
  return Message::descriptor()->file();
}

struct Builtin {
  std::string_view name;
  const FileDescriptor* (*file)();
};

constexpr Builtin kBuiltins[] = {
    {"google/protobuf/any.proto", FileOf<google::protobuf::Any>},
    {"google/protobuf/api.proto", FileOf<google::protobuf::Api>},
    {"google/protobuf/descriptor.proto", FileOf<google::protobuf::FileDescriptorProto>},
    {"google/protobuf/duration.proto", FileOf<google::protobuf::Duration>},
    {"google/protobuf/empty.proto", FileOf<google::protobuf::Empty>},
    {"google/protobuf/field_mask.proto", FileOf<google::protobuf::FieldMask>},
    {"google/protobuf/source_context.proto", FileOf<google::protobuf::SourceContext>},
    {"google/protobuf/struct.proto", FileOf<google::protobuf::Struct>},
    {"google/protobuf/timestamp.proto", FileOf<google::protobuf::Timestamp>},
    {"google/protobuf/type.proto", FileOf<google::protobuf::Type>},
    {"google/protobuf/wrappers.proto", FileOf<google::protobuf::StringValue>},
    {"google/rpc/error_details.proto", FileOf<google::rpc::BadRequest>},
    {"google/rpc/status.proto", FileOf<google::rpc::Status>},
};

const Builtin* Find(std::string_view file_name) {
  for (const Builtin& builtin : kBuiltins) {
    if (builtin.name == file_name) return &builtin;
  }
  return nullptr;
}

FileDescriptorProto ReadBuiltin(const Builtin& builtin) {
  FileDescriptorProto proto;
  builtin.file()->CopyTo(&proto);
  if (builtin.name == "google/protobuf/descriptor.proto") AddEditions(proto);
  return proto;
}

}  // namespace

BuiltinFiles::BuiltinFiles() : pool_(std::make_unique<DescriptorPool>()) {}
BuiltinFiles::~BuiltinFiles() = default;

bool BuiltinFiles::Has(std::string_view file_name) {
  return Find(file_name) != nullptr;
}

bool BuiltinFiles::IsPreferred(std::string_view file_name) {
  return file_name.starts_with("google/protobuf/") && Has(file_name);
}

std::optional<std::string> BuiltinFiles::FileWithSymbol(const std::string& full_name) {
  const bool possible = full_name.starts_with("google.protobuf.") || full_name.starts_with("google.rpc.");
  if (!possible) return std::nullopt;
  if (IsNewInDescriptor(full_name)) return "google/protobuf/descriptor.proto";
  // The generated pool knows an enum's values only once their file was asked for; and it holds other files
  // too.
  for (const Builtin& builtin : kBuiltins) builtin.file();
  const FileDescriptor* file = DescriptorPool::generated_pool()->FindFileContainingSymbol(full_name);
  if (file == nullptr || !Has(file->name())) return std::nullopt;
  return file->name();
}

FileDescriptorProto BuiltinFiles::Read(std::string_view file_name) {
  const Builtin* builtin = Find(file_name);
  return builtin == nullptr ? FileDescriptorProto() : ReadBuiltin(*builtin);
}

void BuiltinFiles::Build(std::string_view file_name) {
  const Builtin* builtin = Find(file_name);
  if (builtin == nullptr || pool_->FindFileByName(std::string(file_name)) != nullptr) return;
  const FileDescriptor* file = builtin->file();
  for (int i = 0; i < file->dependency_count(); ++i) Build(file->dependency(i)->name());
  pool_->BuildFile(ReadBuiltin(*builtin));
}

}  // namespace rpcctl
