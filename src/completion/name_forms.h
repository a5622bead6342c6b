// The ways to say a full name: as a whole, or any end of it that nothing else has.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rpcctl {

struct NameForm {
  size_t name = 0;  // the place of the full name
  std::string text;
};

// For each of `names`, which are different and sorted, the first of these forms that begins with `typed` and
// that no other name ends in: its last `parts` parts between dots, the whole, its ends from the shortest that
// is longer than `parts` on, and its shorter ends. What has no such form is left out. Looks at each name a
// few times, whatever their number; stops when there are as many forms as an answer takes.
std::vector<NameForm> ChooseForms(std::string_view typed, std::span<const std::string> names, size_t parts);

}  // namespace rpcctl
