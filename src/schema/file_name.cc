#include "schema/file_name.h"

#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

namespace rpcctl {

using google::protobuf::FileDescriptorProto;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

Result<std::string> FileNameOf(std::string_view bytes) {
  constexpr uint32_t kNameTag = WireFormatLite::MakeTag(FileDescriptorProto::kNameFieldNumber,
                                                        WireFormatLite::WIRETYPE_LENGTH_DELIMITED);
  CodedInputStream input(reinterpret_cast<const uint8_t*>(bytes.data()), static_cast<int>(bytes.size()));
  std::string name;
  while (const uint32_t tag = input.ReadTag()) {
    uint32_t length = 0;
    const bool read = tag == kNameTag
                          ? input.ReadVarint32(&length) && input.ReadString(&name, static_cast<int>(length))
                          : WireFormatLite::SkipField(&input, tag);
    if (!read) return Error{ErrorKind::kSchema, "a file descriptor does not parse"};
    if (tag == kNameTag) return name;
  }
  if (!input.ConsumedEntireMessage()) return Error{ErrorKind::kSchema, "a file descriptor does not parse"};
  return name;
}

}  // namespace rpcctl
