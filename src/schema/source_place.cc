#include "schema/source_place.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <vector>

namespace rpcctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptorProto;
using google::protobuf::Message;
using google::protobuf::SourceCodeInfo;

using Path = std::vector<int>;  // as in SourceCodeInfo.Location: field numbers and indexes

// Appends the way from `from` down to `wanted`, when there is one. Recursive, as deep as the file is nested.
bool AppendPath(const Message& from, const Message& wanted, Path& path) {
  if (&from == &wanted) return true;
  std::vector<const FieldDescriptor*> fields;
  from.GetReflection()->ListFields(from, &fields);
  for (const FieldDescriptor* field : fields) {
    if (!field->is_repeated() || field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    const int count = from.GetReflection()->FieldSize(from, field);
    for (int i = 0; i < count; ++i) {
      path.insert(path.end(), {field->number(), i});
      if (AppendPath(from.GetReflection()->GetRepeatedMessage(from, field, i), wanted, path)) return true;
      path.resize(path.size() - 2);
    }
  }
  return false;
}

std::optional<SourcePlace> PlaceOf(const SourceCodeInfo& info, const Path& path) {
  for (const SourceCodeInfo::Location& location : info.location()) {
    if (location.span_size() < 3) continue;
    const bool same = std::equal(path.begin(), path.end(), location.path().begin(), location.path().end());
    if (same) return SourcePlace{location.span(0) + 1, location.span(1) + 1};
  }
  return std::nullopt;
}

}  // namespace

std::optional<SourcePlace> FindSourcePlace(const FileDescriptorProto& file, const Message& declaration,
                                           int detail) {
  if (!file.has_source_code_info()) return std::nullopt;
  Path path;
  if (!AppendPath(file, declaration, path)) return std::nullopt;
  Path detailed = path;
  detailed.push_back(detail);
  if (std::optional<SourcePlace> place = PlaceOf(file.source_code_info(), detailed)) return place;
  return PlaceOf(file.source_code_info(), path);
}

std::optional<SourcePlace> FindOptionPlace(const FileDescriptorProto& file, const Message& declaration,
                                           int option, int detail) {
  Path path;
  if (!AppendPath(file, declaration, path)) return std::nullopt;
  const FieldDescriptor* options = declaration.GetDescriptor()->FindFieldByName("options");
  if (options == nullptr) return std::nullopt;
  constexpr int kUninterpreted = google::protobuf::FieldOptions::kUninterpretedOptionFieldNumber;
  path.insert(path.end(), {options->number(), kUninterpreted, option});
  Path detailed = path;
  detailed.push_back(detail);
  if (std::optional<SourcePlace> place = PlaceOf(file.source_code_info(), detailed)) return place;
  return PlaceOf(file.source_code_info(), path);
}

std::optional<SourcePlace> FindImportPlace(const FileDescriptorProto& file, int import) {
  return PlaceOf(file.source_code_info(), {FileDescriptorProto::kDependencyFieldNumber, import});
}

}  // namespace rpcctl
