// A place in messages of a type, and what stands there in one of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "message/format_path.h"
#include "script/actual_value.h"
#include "script/value_shape.h"

namespace google::protobuf {
class Message;
}

namespace rpcctl {

class MessageJson;

class MessagePlace final {
 public:
  // `path` is ".a.b[0]", or "." for the message itself; an extension is ".[pkg.ext]". Borrows `type` for
  // life. Errors are kUsage: a path that the type does not have, with the nearest names.
  static Result<MessagePlace> Parse(std::string_view path, const google::protobuf::Descriptor& type,
                                    const NamedExtensionFinder& find_extension);

  const ValueShape& shape() const { return shape_; }

  // What stands there in `message`. The JSON of messages, lists and maps is left out where it is not wanted.
  ActualValue Look(const google::protobuf::Message& message, MessageJson* json) const;

 private:
  MessagePlace(std::vector<FormatStep> steps, ValueShape shape) : steps_(std::move(steps)), shape_(shape) {}

  std::vector<FormatStep> steps_;  // none for the message itself
  ValueShape shape_;
};

}  // namespace rpcctl
