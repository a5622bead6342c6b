// Writes single values of JSON as the values of fields.
#pragma once

#include <cstdint>
#include <string_view>

#include "message/plan.h"
#include "message/wire_writer.h"

namespace rpcctl {

enum class JsonToken : uint8_t { kNull, kFalse, kTrue, kNumber, kString };

// A value of JSON that is neither object nor array.
struct JsonScalar {
  JsonToken token = JsonToken::kNull;
  std::string_view text;  // of a number as it is written; of a string what it means
};

enum class ValueFault : uint8_t {
  kNone,
  kWrongType,  // or a text that the type does not take
  kOutOfRange,
  kUnknownEnumValue,
};

// Writes `scalar` as one element of `field`, with its tag unless the field is packed. `field` is no message.
// Nothing is written on a fault, nor for a default value where the field does not keep it.
ValueFault WriteScalar(FieldPlan& field, const JsonScalar& scalar, PlanTable& types, WireWriter& writer);

}  // namespace rpcctl
