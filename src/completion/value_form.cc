#include "completion/value_form.h"

#include <algorithm>
#include <utility>

namespace rpcctl {
namespace {

constexpr std::pair<std::string_view, Takes> kWhole[] = {{"METHOD|MESSAGE", Takes::kMethodOrMessage},
                                                         {"JSON|@FILE|@-", Takes::kData}};

constexpr std::pair<std::string_view, Takes> kKinds[] = {
    {"FILE", Takes::kFile},     {"DIR", Takes::kFile},         {"ADDR", Takes::kTarget},
    {"DUR", Takes::kDuration},  {"SIZE", Takes::kSize},        {"N", Takes::kNumber},
    {"METHOD", Takes::kMethod}, {"SERVICE", Takes::kService},  {"SYMBOL", Takes::kSymbol},
    {"ITEM", Takes::kItem},     {"TEMPLATE", Takes::kTemplate}};

bool IsLiteral(std::string_view part) {
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  return !part.empty() && std::none_of(part.begin(), part.end(), is_upper);
}

}  // namespace

ValueForm ReadValueName(std::string_view name) {
  ValueForm form;
  form.only_literals = !name.empty();
  for (const auto& [whole, takes] : kWhole) {
    if (whole == name) return {takes, {}, false};
  }
  while (true) {
    const size_t end = name.find('|');
    const std::string_view part = name.substr(0, end);
    if (IsLiteral(part)) {
      form.literals.emplace_back(part);
    } else {
      form.only_literals = false;
    }
    const auto kind = std::ranges::find(kKinds, part, [](const auto& known) { return known.first; });
    if (kind != std::end(kKinds)) form.takes = kind->second;
    if (end == std::string_view::npos) return form;
    name.remove_prefix(end + 1);
  }
}

}  // namespace rpcctl
