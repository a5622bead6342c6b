// What a subject turned out to be, ready to be compared and shown.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "script/typed_value.h"

namespace rpcctl {

struct ActualValue {
  // Whether there is such a place: an element past the end of a list has none, and neither has a header that
  // did not come. Nothing holds of it but that it is absent.
  bool there = false;
  bool present = false;  // it was set; a field without presence: it holds no default
  // How it is shown, and how it is captured: a string as it is, everything else as ProtoJSON has it without
  // the quotes. Not safe to show.
  std::string text;
  // Its JSON; canonical, so that equal values have equal texts. Empty where it was not asked for.
  std::string json;
  std::optional<TypedValue> typed;   // of scalars, times and texts
  size_t size = 0;                   // bytes of a text, elements of a list or map, fields of a message
  std::vector<TypedValue> elements;  // of a list of scalars or times; keys of a map
  std::vector<std::string> element_documents;  // JSON of each element of a list of messages
  // Why nobody can say what stands there, such as "does not parse as t.Inside"; then it is not there, and not
  // even absent.
  std::string fault;
};

}  // namespace rpcctl
