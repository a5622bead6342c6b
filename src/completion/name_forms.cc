#include "completion/name_forms.h"

#include <unordered_map>

#include "completion/answer.h"

namespace rpcctl {
namespace {

// Names of more parts are offered as a whole.
constexpr size_t kMostParts = 12;

// The last `parts` parts of `name`, which may be all of it; "" where it has fewer.
std::string_view End(std::string_view name, size_t parts) {
  size_t at = name.size();
  for (size_t i = 0; i < parts; ++i) {
    const size_t dot = at == 0 ? std::string_view::npos : name.rfind('.', at - 1);
    if (dot == std::string_view::npos) return i + 1 == parts ? name : "";
    at = dot;
  }
  return name.substr(at + 1);
}

class Choice final {
 public:
  Choice(std::string_view typed, std::span<const std::string> names)
      : typed_(typed), names_(names), chosen_(names.size()) {}

  // Gives the form that `form_of` makes of a name to each that has none yet, unless another has it too.
  template <typename FormOf>
  void Try(FormOf form_of) {
    std::unordered_map<std::string_view, size_t> uses;
    for (const std::string& name : names_) {
      if (const std::string_view form = form_of(name); Fits(form)) ++uses[form];
    }
    if (uses.empty()) return;
    for (size_t i = 0; i < names_.size(); ++i) {
      if (!chosen_[i].empty()) continue;
      if (const std::string_view form = form_of(names_[i]); Fits(form) && uses[form] == 1) chosen_[i] = form;
    }
  }

  std::vector<NameForm> Take() const {
    std::vector<NameForm> forms;
    for (size_t i = 0; i < chosen_.size() && forms.size() < kMostCandidates; ++i) {
      if (!chosen_[i].empty()) forms.push_back({i, std::string(chosen_[i])});
    }
    return forms;
  }

 private:
  bool Fits(std::string_view form) const { return !form.empty() && form.starts_with(typed_); }

  const std::string_view typed_;
  const std::span<const std::string> names_;
  std::vector<std::string_view> chosen_;  // by the place of the name; empty for none yet
};

}  // namespace

std::vector<NameForm> ChooseForms(std::string_view typed, std::span<const std::string> names, size_t parts) {
  Choice choice(typed, names);
  choice.Try([&](std::string_view name) { return End(name, parts); });
  choice.Try([](std::string_view name) { return name; });
  for (size_t more = parts + 1; more < kMostParts; ++more)
    choice.Try([&](std::string_view name) { return End(name, more); });
  for (size_t fewer = parts - 1; fewer > 0; --fewer)
    choice.Try([&](std::string_view name) { return End(name, fewer); });
  return choice.Take();
}

}  // namespace rpcctl
