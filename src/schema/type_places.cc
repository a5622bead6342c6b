#include "schema/type_places.h"

#include <google/protobuf/descriptor.pb.h>

#include <algorithm>

namespace rpcctl {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::FileDescriptorProto;
using google::protobuf::SourceCodeInfo;

constexpr int kFileMessages = FileDescriptorProto::kMessageTypeFieldNumber;
constexpr int kFileEnums = FileDescriptorProto::kEnumTypeFieldNumber;
constexpr int kNestedMessages = DescriptorProto::kNestedTypeFieldNumber;
constexpr int kNestedEnums = DescriptorProto::kEnumTypeFieldNumber;

// What `path`, as SourceCodeInfo has it, leads to.
TypeAt TypeOf(const google::protobuf::RepeatedField<int>& path, FileDescriptorProto& file) {
  TypeAt type;
  if (path.size() % 2 != 0) return type;
  for (int i = 0; i < path.size(); i += 2) {
    const bool outermost = i == 0;
    const int index = path[i + 1];
    if (type.enumeration != nullptr) return {};
    DescriptorProto* outer = type.message;
    type = {};
    if (path[i] == (outermost ? kFileEnums : kNestedEnums)) {
      auto* all = outermost ? file.mutable_enum_type() : outer->mutable_enum_type();
      if (index < all->size()) type.enumeration = all->Mutable(index);
    } else if (path[i] == (outermost ? kFileMessages : kNestedMessages)) {
      auto* all = outermost ? file.mutable_message_type() : outer->mutable_nested_type();
      if (index < all->size()) type.message = all->Mutable(index);
    }
    if (type.message == nullptr && type.enumeration == nullptr) return {};
  }
  return type;
}

}  // namespace

TypePlaces::TypePlaces(FileDescriptorProto& file) {
  for (const SourceCodeInfo::Location& location : file.source_code_info().location()) {
    const auto& span = location.span();
    const TypeAt type = TypeOf(location.path(), file);
    if (span.size() < 3 || (type.message == nullptr && type.enumeration == nullptr)) continue;
    const Place end = span.size() == 3 ? Place(span[0], span[2]) : Place(span[2], span[3]);
    extents_.push_back({{span[0], span[1]}, end, type});
  }
  std::ranges::stable_sort(extents_, {}, &Extent::begin);
}

TypeAt TypePlaces::Around(int line, int column) {
  const Place place(line, column);
  const auto leave = [&](const Place& at) {
    while (!open_.empty() && open_.back()->end <= at) open_.pop_back();
  };
  for (; next_ < extents_.size() && extents_[next_].begin <= place; ++next_) {
    leave(extents_[next_].begin);
    open_.push_back(&extents_[next_]);
  }
  leave(place);
  return open_.empty() ? TypeAt() : open_.back()->type;
}

}  // namespace rpcctl
