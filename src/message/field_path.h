// The path of an item, "routes.0.stops[a.b/c].name", taken apart by its punctuation alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rpcctl {

// One name, index or key of a path.
struct PathStep {
  std::string text;        // without dot and brackets
  bool bracketed = false;  // written [text]
  size_t end = 0;          // where it ends in the path as typed
};

struct FieldPath {
  std::string typed;
  std::vector<PathStep> steps;  // at least one

  // The path up to and including step `index`, as typed: where an error is.
  std::string_view Upto(size_t index) const { return std::string_view(typed).substr(0, steps[index].end); }
};

// Reads
//
//   path = step { "." step | "[" key-or-index "]" }     step = name | index | key | "[" extension "]"
//
// A key in brackets runs to the next ']' and may be empty; what stands between dots may not. Errors are
// kInput and name the place.
Result<FieldPath> ParseFieldPath(std::string_view typed);

}  // namespace rpcctl
