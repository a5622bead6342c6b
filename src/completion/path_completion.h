// Completes what stands before the operator of an item: the path to a field.
#pragma once

#include <string_view>

#include "completion/answer.h"
#include "completion/request_so_far.h"

namespace rpcctl {

// What `typed` breaks off in.
struct PartialPath {
  enum class Break { kName, kOpenBracket, kClosedBracket };
  std::string_view head;    // the whole steps before; "" at the root
  std::string_view before;  // all that stands before `step`: the head and a dot or a bracket
  std::string_view step;    // what there is of the last step, without brackets
  Break at = Break::kName;
};

// "a.b[c].d" breaks off in "d" behind "a.b[c]", "a[x" in "x" behind "a".
PartialPath BreakPath(std::string_view typed);

// Fields that may still be set, in the order of their declaration, each with the operator that most values
// take
// ("name=", "location.", "tags+="); another operator where it was begun. Elements of lists and keys of maps
// that are there already, and the next index. Extensions behind "[". Hints where nothing can be listed.
void OfferPaths(const RequestSoFar& request, std::string_view typed, Answer& answer);

}  // namespace rpcctl
