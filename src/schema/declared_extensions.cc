#include "schema/declared_extensions.h"

#include <google/protobuf/descriptor.pb.h>

#include "base/text.h"

namespace rpcctl {
namespace {

using google::protobuf::DescriptorProto;

template <typename Parent>
void Append(const Parent& parent, std::vector<DeclaredExtension>& extensions) {
  for (const auto& extension : parent.extension()) {
    extensions.push_back({extension.extendee(), extension.number()});
  }
}

// Recursive, as deep as protobuf reads nested messages from bytes (100).
void AppendNested(const DescriptorProto& message, std::vector<DeclaredExtension>& extensions) {
  Append(message, extensions);
  for (const DescriptorProto& nested : message.nested_type()) AppendNested(nested, extensions);
}

}  // namespace

std::vector<DeclaredExtension> DeclaredExtensions(const google::protobuf::FileDescriptorProto& file) {
  std::vector<DeclaredExtension> extensions;
  Append(file, extensions);
  for (const DescriptorProto& message : file.message_type()) AppendNested(message, extensions);
  return extensions;
}

bool CanMeanType(std::string_view written, std::string_view full_name) {
  if (written.starts_with('.')) return written.substr(1) == full_name;
  return EndsAtDot(full_name, written);
}

}  // namespace rpcctl
