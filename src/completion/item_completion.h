// Completes the words of a request: fields to any depth, their operators, their values.
#pragma once

#include "completion/answer.h"
#include "completion/cursor.h"
#include "completion/known_schema.h"

namespace rpcctl {

// The first of `cursor`'s words is the method, the others are the items given so far. The schema of `known`
// is there.
void OfferItems(const KnownSchema& known, const Cursor& cursor, Answer& answer);

}  // namespace rpcctl
