// From what was typed of a call to a call that can be made: what "call" and a script's steps have in common.
#pragma once

#include <memory>

#include "base/result.h"
#include "call/prepared_call.h"
#include "cmd/rpcctl/request_supply.h"
#include "message/known_types.h"
#include "message/request_words.h"

namespace google::protobuf {
class MethodDescriptor;
}

namespace rpcctl {

MethodKind KindOf(const google::protobuf::MethodDescriptor& method);

// "/package.Service/Method".
std::string PathOf(const google::protobuf::MethodDescriptor& method);

// What the words of a request are read with.
struct RequestReading {
  KnownTypes known = {};
  bool allow_unknown = false;
  int standard_input = 0;
  TimePoint deadline = TimePoint::max();  // until when standard input is waited for
};

// The messages of `typed` for `method`, everything checked that can be before the call. Where nothing was
// typed that is one empty message for a method that takes one, and none for one that takes a stream. Borrows
// the method's types.
Result<std::unique_ptr<RequestSupply>> OpenRequests(RequestPlan typed,
                                                    const google::protobuf::MethodDescriptor& method,
                                                    const RequestReading& reading);

}  // namespace rpcctl
