// Finds the fields that a path names, starting from a message type.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "message/field_path.h"
#include "message/known_types.h"
#include "message/scalar.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace rpcctl {

// One field of a path, with the element that the path chooses where the field is repeated or a map.
struct ResolvedStep {
  const google::protobuf::FieldDescriptor* field = nullptr;
  std::optional<int> index;        // of an element of a repeated field
  std::optional<ScalarValue> key;  // of a map
  size_t last = 0;                 // the last of the path's steps that belongs to it

  // Whether it is one value and not a list or a map of them.
  bool IsSingle() const;
};

struct ResolvedPath {
  std::vector<ResolvedStep> steps;
  // The first step inside a google.protobuf.Any, whose fields its type alone does not tell; behind the last
  // step when the path ends before.
  size_t rest = 0;
};

// Resolves the steps of `path` from `first` on against `type`. Every step but the last chooses one message. A
// name is a field's own or its JSON name, or "[pkg.extension]", which `find_extension` knows. Errors are
// kInput: they name the place and what is there, and their hint has the nearest names.
Result<ResolvedPath> ResolveFields(const google::protobuf::Descriptor& type, const FieldPath& path,
                                   const NamedExtensionFinder& find_extension, size_t first = 0);

// The error for a field that `type` does not have, as it is told at the path's step `index`.
Error NoSuchField(const google::protobuf::Descriptor& type, const FieldPath& path, size_t index);

}  // namespace rpcctl
