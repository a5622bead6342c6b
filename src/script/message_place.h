// A place in messages of a type, and what stands there in one of them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "message/format_path.h"
#include "message/known_types.h"
#include "script/actual_value.h"
#include "script/value_shape.h"

namespace google::protobuf {
class Descriptor;
class Message;
}  // namespace google::protobuf

namespace rpcctl {

class MessageJson;
class MessageParser;

// Of bytes that are to be a message of `type`, and are none.
ActualValue UnparsedValue(const google::protobuf::Descriptor& type);

class MessagePlace final {
 public:
  // `path` is ".a.b[0]", or "." for the message itself; an extension is ".[pkg.ext]", and what is in an Any
  // ".any[pkg.Type]", of a type that `find_content` finds. `known` is complete. Borrows the types and their
  // pool for life. Errors are kUsage: a path that the type does not have, with the nearest names.
  static Result<MessagePlace> Parse(std::string_view path, const google::protobuf::Descriptor& type,
                                    const KnownTypes& known, const TypeFinder& find_content);

  const ValueShape& shape() const { return shape_; }

  // What stands there in `message`. The JSON of messages, lists and maps is left out where it is not wanted.
  // In an Any that holds another type there is no such place; of one that holds the type, and bytes that are
  // no message of it, nobody can say. Not for several threads at once.
  ActualValue Look(const google::protobuf::Message& message, MessageJson* json) const;

 private:
  MessagePlace(std::vector<FormatStep> steps, ValueShape shape, const KnownTypes& known);
  bool HoldsContent(const google::protobuf::Message& any, size_t step) const;
  const google::protobuf::Message* ContentOf(const google::protobuf::Message& any, size_t step) const;

  std::vector<FormatStep> steps_;  // none for the message itself
  ValueShape shape_;
  // One for each step, and null but for those into an Any: it holds what was in there until the next look.
  std::vector<std::shared_ptr<MessageParser>> contents_;
};

}  // namespace rpcctl
