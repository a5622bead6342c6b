#include "tests/fuzz/fuzz_types.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/util/json_util.h>

#include <iterator>
#include <string>

#include "tests/support/writer_types.h"

namespace rpcctl::fuzz {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

// The place is what committed inputs begin with: add at the end.
constexpr const char* kTypes[] = {"out.Scalars", "out.Lists",
                                  "out.Maps",    "out.Choice",
                                  "out.Tree",    "out.Names",
                                  "out.Deep",    "out.WellKnown",
                                  "old.Order",   "old.Member",
                                  "old.Set",     "google.protobuf.Any",
                                  "out.Nothing", "google.protobuf.Value"};

google::protobuf::DynamicMessageFactory& Factory() {
  static google::protobuf::DynamicMessageFactory factory(&WriterTypes::Get().pool());
  return factory;
}

}  // namespace

const Descriptor& TypeOf(uint8_t choice) {
  return WriterTypes::Get().Type(kTypes[choice % std::size(kTypes)]);
}

KnownTypes FuzzKnownTypes() {
  return {&WriterTypes::Get().pool()};
}

std::unique_ptr<Message> ParseByProtobuf(const Descriptor& type, std::string_view wire, int depth) {
  // It tells stderr of every proto2 string that is not UTF-8.
  const google::protobuf::LogSilencer silencer;
  std::unique_ptr<Message> message(Factory().GetPrototype(&type)->New());
  google::protobuf::io::CodedInputStream input(reinterpret_cast<const uint8_t*>(wire.data()),
                                               static_cast<int>(wire.size()));
  input.SetRecursionLimit(depth);
  input.SetExtensionRegistry(&WriterTypes::Get().pool(), &Factory());
  const bool parsed = message->ParsePartialFromCodedStream(&input) && input.ConsumedEntireMessage();
  return parsed ? std::move(message) : nullptr;
}

std::optional<std::string> PrintByProtobuf(const Message& message) {
  if (!message.GetDescriptor()->full_name().starts_with("out.")) return std::nullopt;
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(message, &json).ok()) return std::nullopt;
  return json;
}

}  // namespace rpcctl::fuzz
