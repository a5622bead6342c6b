#include "message/message_maker.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>

#include <optional>
#include <vector>

#include "message/type_links.h"

namespace rpcctl {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::DynamicMessageFactory;
using google::protobuf::Message;

// The factory is given the pool: a type of a pool underneath would not find the extensions in this one by
// itself.
MessageMaker::MessageMaker(const DescriptorPool* pool)
    : pool_(pool), factory_(std::make_unique<DynamicMessageFactory>(pool)) {}

MessageMaker::~MessageMaker() = default;

bool MessageMaker::CanMake(const Descriptor& type) {
  const auto [known, is_new] = can_make_.try_emplace(&type, false);
  if (is_new) known->second = MakePrototype(type);
  return known->second;
}

std::unique_ptr<Message> MessageMaker::New(const Descriptor& type) {
  if (!CanMake(type)) return nullptr;
  return std::unique_ptr<Message>(factory_->GetPrototype(&type)->New());
}

bool MessageMaker::MakePrototype(const Descriptor& type) {
  const DescriptorPool& extensions = pool_ == nullptr ? *type.file()->pool() : *pool_;
  const std::optional<std::vector<const Descriptor*>> order = PrototypeOrder(type, extensions);
  if (!order) return false;
  for (const Descriptor* next : *order) factory_->GetPrototype(next);
  return true;
}

KnownTypes Makeable(KnownTypes known, MessageMaker& maker) {
  if (!known.find_named_extension) return known;
  known.find_named_extension = [find = std::move(known.find_named_extension), &maker](
                                   const Descriptor& type,
                                   std::string_view name) -> const google::protobuf::FieldDescriptor* {
    const auto* extension = find(type, name);
    const bool is_message = extension != nullptr && extension->message_type() != nullptr;
    return is_message && !maker.CanMake(*extension->message_type()) ? nullptr : extension;
  };
  return known;
}

std::string TooDeep(const Descriptor& type) {
  return fmt::format("types linked more than {} deep in {}", kDeepestTypeLinks, type.full_name());
}

}  // namespace rpcctl
