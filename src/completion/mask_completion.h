// Completes the paths of a google.protobuf.FieldMask.
#pragma once

#include <string_view>

#include "completion/answer.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace rpcctl {

// The message that `mask` is about, as far as its place tells: the one message that the request has beside
// it, as in UpdateBook(book, update_mask). Null where there is none, or several.
const google::protobuf::Descriptor* MaskedType(const google::protobuf::FieldDescriptor& mask);

// The last of the paths in `typed`, which follow `before` and are joined by commas: fields of `type` to any
// depth, but those that were named already.
void OfferMaskPaths(const google::protobuf::Descriptor& type, std::string_view typed, std::string_view before,
                    Answer& answer);

}  // namespace rpcctl
