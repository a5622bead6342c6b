#include "message/field_path.h"

#include <fmt/format.h>

#include "message/input_error.h"

namespace rpcctl {
namespace {

// Takes one path apart from left to right.
class Splitter final {
 public:
  explicit Splitter(std::string_view typed) { path_.typed = typed; }

  Result<FieldPath> Split() {
    for (bool first = true; at_ < path_.typed.size(); first = false) {
      Result<void> step = TakeStep(first);
      if (!step) return step.error();
    }
    if (path_.steps.empty() || path_.typed.back() == '.') return Empty();
    return std::move(path_);
  }

 private:
  Result<void> TakeStep(bool first) {
    if (path_.typed[at_] == '[') return TakeBracketed();
    if (!first && path_.typed[at_] != '.') {
      return InputError(path_.Upto(path_.steps.size() - 1),
                        fmt::format("expected '.' or '[' here, found {}", Quoted(Rest())),
                        "a key that holds ']' goes into JSON: map:='{\"a]\": ...}'");
    }
    if (!first) ++at_;
    if (Rest().starts_with('[')) return TakeBracketed();
    return TakeName();
  }

  Result<void> TakeName() {
    const size_t length = std::min(Rest().find_first_of(".["), Rest().size());
    if (length == 0) return Empty();
    Add(Rest().substr(0, length), false, at_ + length);
    return {};
  }

  Result<void> TakeBracketed() {
    const size_t length = Rest().find(']');
    if (length == std::string_view::npos) {
      return InputError(path_.typed, "the bracket '[' is not closed by ']'");
    }
    Add(Rest().substr(1, length - 1), true, at_ + length + 1);
    return {};
  }

  void Add(std::string_view text, bool bracketed, size_t end) {
    path_.steps.push_back({std::string(text), bracketed, end});
    at_ = end;
  }

  std::string_view Rest() const { return std::string_view(path_.typed).substr(at_); }

  Error Empty() const {
    return InputError(path_.typed, "a name is missing beside a dot", "a path is a.b, a.0.c or a[key].c");
  }

  FieldPath path_;
  size_t at_ = 0;  // the first byte not yet taken
};

}  // namespace

Result<FieldPath> ParseFieldPath(std::string_view typed) {
  return Splitter(typed).Split();
}

}  // namespace rpcctl
