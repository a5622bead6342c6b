// Which message types ProtoJSON writes in a form of their own, and what stands in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "message/message_fault.h"

namespace google::protobuf {
class Descriptor;
}

namespace rpcctl {

// How a message of some type looks in JSON.
enum class JsonForm {
  kObject,  // every type that is not below
  kTimestamp,
  kDuration,
  kFieldMask,
  kWrapper,
  kStruct,
  kValue,
  kListValue,
  kAny,
};

// Goes by the full name, and by the fields too: a server may call anything google.protobuf.Timestamp. For
// other forms than kObject the type has exactly the fields of the well-known one, in the order of their
// numbers.
JsonForm JsonFormOf(const google::protobuf::Descriptor& type);

// Append "2024-02-29T12:00:00.500Z" and "-1.500s", with 0, 3, 6 or 9 digits of a second, without quotes. A
// value out of ProtoJSON's range is a fault, and nothing is appended.
MaybeFault AppendTimestamp(int64_t seconds, int32_t nanos, std::string& out);
MaybeFault AppendDuration(int64_t seconds, int32_t nanos, std::string& out);

// Appends one path of a field mask in lowerCamelCase: "a.foo_bar" as "a.fooBar". A path that would not read
// back as the same is a fault.
MaybeFault AppendMaskPath(std::string_view path, std::string& out);

}  // namespace rpcctl
