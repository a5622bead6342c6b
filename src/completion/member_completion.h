// Completes what stands in a message, for who names it: fields, and the values of its enums.
#pragma once

#include <span>
#include <string_view>

#include "completion/answer.h"
#include "schema/declarations.h"

namespace rpcctl {

class Schema;

// Behind `typed` up to its last dot, where that is the name of one message of `declarations`, or the end of
// one name alone: offers nothing else, and asks `schema` for that message only.
void OfferMembers(Schema& schema, std::span<const Declaration> declarations, std::string_view typed,
                  Answer& answer);

}  // namespace rpcctl
