// Makes messages of types known only at run time.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "message/known_types.h"

namespace google::protobuf {
class Descriptor;
class DescriptorPool;
class DynamicMessageFactory;
class Message;
}  // namespace google::protobuf

namespace rpcctl {

// A message must not outlive its maker. Not for several threads at once.
class MessageMaker final {
 public:
  // Messages find extensions in `pool`, borrowed for life; nullptr: in the pool of their type.
  explicit MessageMaker(const google::protobuf::DescriptorPool* pool = nullptr);
  ~MessageMaker();
  MessageMaker(const MessageMaker&) = delete;
  MessageMaker& operator=(const MessageMaker&) = delete;

  // An empty message of `type`; null when the types that it may hold are linked too deep (type_links.h).
  std::unique_ptr<google::protobuf::Message> New(const google::protobuf::Descriptor& type);
  // Whether New can make one. To be asked of the type of an extension that became known late, before a
  // message takes it in: protobuf would make what it needs without looking how deep that goes.
  bool CanMake(const google::protobuf::Descriptor& type);

 private:
  bool MakePrototype(const google::protobuf::Descriptor& type);

  const google::protobuf::DescriptorPool* pool_;
  std::unique_ptr<google::protobuf::DynamicMessageFactory> factory_;
  std::unordered_map<const google::protobuf::Descriptor*, bool> can_make_;
};

// `known`, its finder of extensions by name, where it has one, narrowed to those whose type `maker` can make.
// Borrows `maker`.
KnownTypes Makeable(KnownTypes known, MessageMaker& maker);

// Why there is no message of `type`: "types linked more than 2000 deep in pkg.Type".
std::string TooDeep(const google::protobuf::Descriptor& type);

}  // namespace rpcctl
