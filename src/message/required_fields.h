// Required fields (proto2) that a message leaves unset.
#pragma once

#include "base/result.h"

namespace google::protobuf {
class Message;
}

namespace rpcctl {

// A kInput error that names the paths of the required fields that `message` lacks, at any depth.
Result<void> CheckRequiredFields(const google::protobuf::Message& message);

}  // namespace rpcctl
