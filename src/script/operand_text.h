// How the value of a predicate is shown.
#pragma once

#include <string>

#include "script/matcher.h"
#include "script/typed_value.h"
#include "script/value_shape.h"

namespace rpcctl {

// `value`, which `operand` was read as by `shape`: as the JSON of what it is compared with has it, so that
// the two differ only where the values do. What was filled in stays as it was, but for the quotes of texts:
// in another form a secret would not be known. Not safe to show.
std::string OperandText(const Operand& operand, const ValueShape& shape, const TypedValue& value);

}  // namespace rpcctl
