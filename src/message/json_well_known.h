// Writes single values of JSON as the well-known messages that they stand for.
#pragma once

#include "message/json_scalar.h"
#include "message/plan.h"
#include "message/wire_writer.h"

namespace rpcctl {

// Writes what is in a message of `type` (Timestamp, Duration, FieldMask, Value or a wrapper) for which JSON
// has `scalar`. The other types are kWrongType. On a fault a part of it may be written.
ValueFault WriteWellKnown(MessagePlan& type, const JsonScalar& scalar, PlanTable& types, WireWriter& writer);

}  // namespace rpcctl
