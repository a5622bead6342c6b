// The one value that a step of a path chooses in a message.
#pragma once

#include <optional>

#include "message/format_path.h"
#include "message/scalar_text.h"

namespace google::protobuf {
class Message;
}

namespace rpcctl {

// What `step`, which is not one into an Any, chooses in `message`, which it borrows: a field, an element of a
// list, or the value of a map's entry; nothing when the list is too short or the map has no such key.
std::optional<FieldValue> ChosenValue(const google::protobuf::Message& message, const FormatStep& step);

}  // namespace rpcctl
