// The text that a template shows for one place in a message.
#pragma once

#include <span>
#include <string>

#include "message/format_path.h"
#include "message/message_fault.h"

namespace google::protobuf {
class Message;
}

namespace rpcctl {

class MessageJson;

// Appends what stands at `path` in `message`: a scalar as plain text, safe on a terminal, or its default when
// it is absent; nothing for an absent message, element or map value; messages, lists and maps as `json`
// writes them; well-known types that are strings in JSON without the quotes. A fault is the writer's; `out`
// then ends in the middle.
MaybeFault AppendValueAt(const google::protobuf::Message& message, std::span<const FormatStep> path,
                         MessageJson& json, std::string& out);

}  // namespace rpcctl
