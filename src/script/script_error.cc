#include "script/script_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/safe_text.h"

namespace rpcctl {

void ScriptErrors::Sort() {
  std::ranges::stable_sort(
      errors_, {}, [](const ScriptError& error) { return std::tuple(error.place.line, error.place.column); });
}

std::string PlaceText(std::string_view file, TextPosition place) {
  return fmt::format("{}:{}:{}", SafeText(file), place.line, place.column);
}

}  // namespace rpcctl
