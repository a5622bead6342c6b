#include "message/message_parser.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/stubs/logging.h>

#include <limits>

#include "message/type_links.h"
#include "message/wire_check.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::DynamicMessageFactory;
using google::protobuf::LogSilencer;
using google::protobuf::Message;

// A cleared message keeps the memory of the largest one it held; beyond this size a new one is made.
constexpr size_t kLargestReused = 65'536;

// Reads `wire`, which CheckWire has passed, into the empty `message`.
MaybeFault Fill(Message& message, std::string_view wire) {
  if (wire.size() > std::numeric_limits<int>::max()) return MessageFault{"more than 2 GiB"};
  // protobuf says on stderr that a proto2 string is not UTF-8; the document shows it.
  const LogSilencer silencer;
  if (message.ParsePartialFromArray(wire.data(), static_cast<int>(wire.size()))) return std::nullopt;
  return MessageFault{"malformed data"};
}

}  // namespace

// The factory is given the pool: a type of a pool underneath would not find the extensions in this one by
// itself.
MessageParser::MessageParser(const Descriptor& type, const DescriptorPool& pool)
    : type_(type), pool_(pool), factory_(std::make_unique<DynamicMessageFactory>(&pool)) {}

MessageParser::~MessageParser() = default;

MaybeFault MessageParser::Parse(std::string_view wire) {
  if (outgrown_) message_ = New(type_);
  if (message_ == nullptr)
    return MessageFault{fmt::format("types linked more than {} deep", kDeepestTypeLinks)};
  outgrown_ = wire.size() > kLargestReused;
  message_->Clear();
  if (MaybeFault fault = CheckWire(type_, pool_, wire)) return fault;
  return Fill(*message_, wire);
}

std::unique_ptr<Message> MessageParser::ParseNested(const Descriptor& type, std::string_view wire,
                                                    int depth) {
  if (CheckWire(type, pool_, wire, depth)) return nullptr;
  std::unique_ptr<Message> message = New(type);
  if (message == nullptr || Fill(*message, wire)) return nullptr;
  return message;
}

std::unique_ptr<Message> MessageParser::New(const Descriptor& type) {
  const auto [known, is_new] = can_make_.try_emplace(&type, false);
  if (is_new) known->second = CanMake(type);
  if (!known->second) return nullptr;
  return std::unique_ptr<Message>(factory_->GetPrototype(&type)->New());
}

bool MessageParser::CanMake(const Descriptor& type) {
  const std::optional<std::vector<const Descriptor*>> order = PrototypeOrder(type, pool_);
  if (!order) return false;
  for (const Descriptor* next : *order) factory_->GetPrototype(next);
  return true;
}

}  // namespace rpcctl
