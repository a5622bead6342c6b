// Completes the value of a field, behind the operator of an item.
#pragma once

#include <cstddef>
#include <string_view>

#include "completion/answer.h"
#include "completion/request_so_far.h"
#include "message/item.h"

namespace rpcctl {

// The value that is being typed: not that of a file.
struct ValueSpot {
  const RequestSoFar& request;
  const ReachedPlace& reached;  // what the item's path leads to
  const Item& item;
  size_t value_at = 0;  // where in the item's word the value begins
};

// The values of an enum and a bool, forms of bytes and times, paths of a mask, types of an Any; and what the
// field takes as a hint where that cannot be listed.
void OfferFieldValues(const ValueSpot& spot, Answer& answer);

}  // namespace rpcctl
