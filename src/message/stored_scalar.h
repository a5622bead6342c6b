// The value of a scalar or enum field as a message holds it.
#pragma once

#include "message/scalar.h"
#include "message/scalar_text.h"

namespace rpcctl {

// What `value`, which is no message, holds: its default where it is absent. The same alternative that
// ParseScalar gives for the field.
ScalarValue StoredScalar(const FieldValue& value);

}  // namespace rpcctl
