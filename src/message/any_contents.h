// The messages inside the google.protobuf.Any fields that items reach into, while the items are laid.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "message/known_types.h"
#include "message/message_maker.h"

namespace google::protobuf {
class DynamicMessageFactory;
class Message;
}  // namespace google::protobuf

namespace rpcctl {

// Holds each Any unpacked from the first item that looks inside until Pack. Errors are kInput without saying
// where.
class AnyContents final {
 public:
  // Borrows both for life; the content's messages are made by `maker`. `known` is complete.
  AnyContents(MessageMaker& maker, const KnownTypes& known);
  ~AnyContents();

  const KnownTypes& known() const { return known_; }

  // Gives `any` the type called `name`: "pkg.T", or a whole URL, "example.com/pkg.T". What it held stays if
  // it was of that type.
  Result<void> SetType(google::protobuf::Message& any, std::string_view name);

  // The message inside `any`, of the type that SetType or its own data gave it; an error when neither did.
  Result<google::protobuf::Message*> Open(google::protobuf::Message& any);

  // Puts the contents back where they belong. To be called once, last. An unset required field is an error.
  Result<void> Pack();

 private:
  struct Content {
    google::protobuf::Message* any = nullptr;  // borrowed
    std::string type_url;
    std::unique_ptr<google::protobuf::Message> message;
  };

  Result<google::protobuf::Message*> Unpack(google::protobuf::Message& any, std::string_view type_url,
                                            std::string_view bytes);
  Result<std::unique_ptr<google::protobuf::Message>> NewMessage(std::string_view type_name);

  MessageMaker& maker_;
  const KnownTypes& known_;
  std::vector<Content> contents_;  // an outer one before those inside it
};

}  // namespace rpcctl
