// Reads the values of a predicate by the type of what they are compared with.
#pragma once

#include <string>

#include "base/result.h"
#include "script/matcher.h"
#include "script/typed_value.h"
#include "script/value_shape.h"

namespace rpcctl {

// `operand` as a value of `shape`, which is that of a scalar, a time, a text or a count. Errors are kInput
// and say what was expected, without saying where.
Result<TypedValue> ReadTyped(const Operand& operand, const ValueShape& shape, const OperandReading& reading);

// The canonical JSON of `operand`, which is the JSON of a message, a list or a map of `shape`: the text that
// ActualValue has for an equal value. Errors are kInput.
Result<std::string> ReadDocument(const Operand& operand, const ValueShape& shape,
                                 const OperandReading& reading);

}  // namespace rpcctl
