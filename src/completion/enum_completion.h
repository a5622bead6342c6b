// Completes the names of an enum's values.
#pragma once

#include <string_view>

#include "completion/answer.h"

namespace google::protobuf {
class EnumDescriptor;
}

namespace rpcctl {

// `typed` is the word, in which the value follows `before`. Names as the file has them; where none begins so,
// those without the prefix that all share, in small letters where small letters were typed. Only what means
// one value.
void OfferEnumValues(const google::protobuf::EnumDescriptor& type, std::string_view typed,
                     std::string_view before, Answer& answer);

}  // namespace rpcctl
