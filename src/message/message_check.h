// Whether wire bytes can be read as a message: asked before protobuf's parser takes them in.
#pragma once

#include <string_view>

#include "message/known_types.h"
#include "message/message_fault.h"
#include "message/wire_check.h"

namespace rpcctl {

class MessageMaker;

// As CheckWire. Extensions that are not known yet become so on the way, and the parser then finds them in the
// pool; one whose type `maker` cannot make is a fault. `known` is complete.
MaybeFault CheckMessage(const google::protobuf::Descriptor& type, const KnownTypes& known,
                        MessageMaker& maker, std::string_view wire, int depth = kDeepestNesting);

}  // namespace rpcctl
