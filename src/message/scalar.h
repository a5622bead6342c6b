// The value of a scalar or enum field, read from text by the field's type.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"

namespace google::protobuf {
class FieldDescriptor;
}

namespace rpcctl {

struct EnumNumber {
  int number = 0;
  friend bool operator==(EnumNumber, EnumNumber) = default;
};

// Which alternative it is follows from the field's C++ type; std::string is for string and bytes.
using ScalarValue =
    std::variant<bool, int32_t, int64_t, uint32_t, uint64_t, float, double, EnumNumber, std::string>;

// Where text comes from. The content of a file is taken as it is into bytes and string fields; for every
// other type the line break at its end is left off.
enum class TextOrigin { kTyped, kFile };

// The one value of `field` (or of one element, where it is repeated) that `text` means; `field` holds no
// message. Errors are kInput and say what was expected, without saying where.
Result<ScalarValue> ParseScalar(const google::protobuf::FieldDescriptor& field, std::string_view text,
                                TextOrigin origin = TextOrigin::kTyped);

// `text` as TextOrigin has it, for types that are neither string nor bytes.
std::string_view WithoutFinalNewline(std::string_view text, TextOrigin origin);

}  // namespace rpcctl
