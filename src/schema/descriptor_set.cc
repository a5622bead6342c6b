#include "schema/descriptor_set.h"

#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/wire_format_lite.h>

#include <cstdint>

namespace rpcctl {
namespace {

using google::protobuf::FileDescriptorSet;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;
using google::protobuf::io::CodedOutputStream;

constexpr uint32_t kFileTag =
    WireFormatLite::MakeTag(FileDescriptorSet::kFileFieldNumber, WireFormatLite::WIRETYPE_LENGTH_DELIMITED);

}  // namespace

std::optional<std::vector<std::string_view>> SplitDescriptorSet(std::string_view bytes) {
  CodedInputStream input(reinterpret_cast<const uint8_t*>(bytes.data()), static_cast<int>(bytes.size()));
  std::vector<std::string_view> files;
  while (const uint32_t tag = input.ReadTag()) {
    if (tag != kFileTag) {
      if (!WireFormatLite::SkipField(&input, tag)) return std::nullopt;
      continue;
    }
    int length = 0;
    if (!input.ReadVarintSizeAsInt(&length)) return std::nullopt;
    const auto begin = static_cast<size_t>(input.CurrentPosition());
    if (!input.Skip(length)) return std::nullopt;
    files.push_back(bytes.substr(begin, static_cast<size_t>(length)));
  }
  if (!input.ConsumedEntireMessage()) return std::nullopt;
  return files;
}

std::string JoinDescriptorSet(std::span<const SchemaFile> files) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  CodedOutputStream output(&stream);
  for (const SchemaFile& file : files) {
    output.WriteTag(kFileTag);
    output.WriteVarint32(static_cast<uint32_t>(file.bytes.size()));
    output.WriteString(file.bytes);
  }
  output.Trim();
  return bytes;
}

}  // namespace rpcctl
