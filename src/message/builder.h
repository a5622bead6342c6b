// Lays items over a message.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <span>

#include "base/result.h"
#include "message/any_contents.h"
#include "message/item.h"
#include "message/json_fields.h"
#include "message/message_maker.h"

namespace google::protobuf {
class Descriptor;
class Message;
}  // namespace google::protobuf

namespace rpcctl {

// The time of day, for the text forms of Timestamp.
using WallClock = std::function<std::chrono::system_clock::time_point()>;

struct BuildOptions {
  WallClock now = std::chrono::system_clock::now;
  ReadOptions reading = {};  // for values behind ":="; the types known to it are for Any in paths too
};

// Holds what is worth keeping from message to message. Not for several threads at once.
class Builder final {
 public:
  explicit Builder(BuildOptions options);

  // Lays `items` (assignments, files loaded) over what `message` holds, left to right. Errors are kInput,
  // with the path, what was expected and the nearest names; then `message` is good for nothing.
  Result<void> Apply(std::span<const Item> items, google::protobuf::Message& message);

  // Tells of `items` what Apply would about any message of `type`: unknown fields and values that do not fit.
  Result<void> Check(std::span<const Item> items, const google::protobuf::Descriptor& type);

 private:
  class Run;

  // What can be named in messages of `type`.
  KnownTypes KnownFor(const google::protobuf::Descriptor& type);
  Result<void> CheckItem(const Item& item, const google::protobuf::Descriptor& type);

  const BuildOptions options_;
  MessageMaker maker_;  // of messages inside Any
  JsonFields json_;
};

}  // namespace rpcctl
