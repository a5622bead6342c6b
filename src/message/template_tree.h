// The fields that a template of a message type shows, opened as far as that serves a person.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "message/placeholder.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace rpcctl {

// How much a template may hold: types that lead to each other would make it grow without an end.
struct TemplateLimits {
  size_t fields = 1000;
  size_t levels = 32;
  size_t bytes = 1 << 20;  // of the paths and the values together
};

// One field with the one value it has in the template: that of an element, where it is repeated or a map.
struct TemplateNode {
  enum class Kind {
    kValue,    // `value`
    kAny,      // a google.protobuf.Any
    kMessage,  // of `type`, with `fields`
  };
  // Why a message shows less than its type has.
  enum class Closed { kNot, kRecursive, kCut };

  const google::protobuf::FieldDescriptor* field = nullptr;  // null at the root
  Kind kind = Kind::kValue;
  Placeholder value;
  const google::protobuf::Descriptor* type = nullptr;  // with kMessage, and at the root
  std::vector<TemplateNode> fields;
  Closed closed = Closed::kNot;
  bool json_name_shared = false;  // another field of the message has its JSON name: it is called by its own
};

struct TemplateTree {
  TemplateNode root;
  bool cut = false;  // a limit left something out
};

// Every field of `type`, in declared order, with the known extensions behind them; of a oneof the first
// member. A type inside itself is shown with no fields. Outer fields come first where a limit cuts. Required
// fields are always shown, up to twice the limits, since a message without them is refused. Borrows the
// types.
TemplateTree GrowTemplate(const google::protobuf::Descriptor& type, const TemplateLimits& limits = {});

}  // namespace rpcctl
