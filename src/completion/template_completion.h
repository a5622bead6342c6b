// Completes the paths in a template of the output: '{name} at {location.latitude}'.
#pragma once

#include "completion/answer.h"
#include "completion/cursor.h"

namespace rpcctl {

class Schema;

// Behind a brace that is open, the fields of the response of the method that the line names, which is there.
// A hint elsewhere.
void OfferTemplate(Schema& schema, const Cursor& cursor, Answer& answer);

}  // namespace rpcctl
