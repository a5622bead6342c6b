// Message types that hang on each other, as many as a test wants.
#pragma once

#include <fmt/format.h>
#include <google/protobuf/descriptor.pb.h>

namespace rpcctl::testing {

// M0 to M<count - 1>, each with one field f of the next; the last has one of `back_to`, or none when that is
// -1.
inline google::protobuf::FileDescriptorProto TypeChain(
    int count, int back_to,
    google::protobuf::FieldDescriptorProto::Label label =
        google::protobuf::FieldDescriptorProto::LABEL_OPTIONAL) {
  google::protobuf::FileDescriptorProto file;
  file.set_name("chain.proto");
  for (int i = 0; i < count; ++i) {
    google::protobuf::DescriptorProto& type = *file.add_message_type();
    type.set_name(fmt::format("M{}", i));
    const int next = i + 1 < count ? i + 1 : back_to;
    if (next < 0) break;
    google::protobuf::FieldDescriptorProto& field = *type.add_field();
    field.set_name("f");
    field.set_number(1);
    field.set_label(label);
    field.set_type_name(fmt::format(".M{}", next));
  }
  return file;
}

}  // namespace rpcctl::testing
