#include "message/wire.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/message.h>

#include <cstdint>

#include "message/lowered_wire.h"

namespace rpcctl {
namespace {

// JSON of 100 levels may take three times as many on the wire: a Struct is a map of messages.
constexpr int kDeepest = 1000;

void AppendAsBuilt(const google::protobuf::Message& message, std::string& wire) {
  google::protobuf::io::StringOutputStream stream(&wire);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializePartialToCodedStream(&coded);
}

bool MergeAsBuilt(std::string_view wire, google::protobuf::Message& message) {
  google::protobuf::io::CodedInputStream coded(reinterpret_cast<const uint8_t*>(wire.data()),
                                               static_cast<int>(wire.size()));
  coded.SetRecursionLimit(kDeepest);
  return message.MergePartialFromCodedStream(&coded) && coded.ConsumedEntireMessage();
}

}  // namespace

void AppendWire(const google::protobuf::Message& message, std::string& wire) {
  if (!MeetsLowered(message)) return AppendAsBuilt(message, wire);
  std::string built;
  AppendAsBuilt(message, built);
  wire += FromLowered(*message.GetDescriptor(), built);
}

bool MergeWire(std::string_view wire, google::protobuf::Message& message) {
  const google::protobuf::Descriptor& type = *message.GetDescriptor();
  if (!MeetsLowered(type, wire)) return MergeAsBuilt(wire, message);
  if (!MergeAsBuilt(ToLowered(type, wire), message)) return false;
  ClearImplicitZeros(message);
  return true;
}

}  // namespace rpcctl
