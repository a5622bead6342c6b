// What stands in a template where a value is to be filled in.
#pragma once

#include <string>

#include "message/item.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace rpcctl {

// One value, as JSON and as an item takes it behind its operator; both mean the same.
struct Placeholder {
  std::string json;
  ItemValue item_kind = ItemValue::kText;  // kText or kJson
  std::string item;

  bool operator==(const Placeholder&) const = default;
};

// The default of `field` (of one element, where it is repeated), which holds no message: 0, "", false, the
// first name of an enum, or what a proto2 file declares. Safe to show.
Placeholder DefaultPlaceholder(const google::protobuf::FieldDescriptor& field);

// A value of the well-known `type`, which has a JSON form of its own and is not Any:
// "2026-01-01T00:00:00Z", "0s", {}.
Placeholder WellKnownPlaceholder(const google::protobuf::Descriptor& type);

// A key of a map whose keys are `key`: "key", "0", "false". As a path names it, which is also what stands
// between the quotes in JSON.
std::string KeyPlaceholder(const google::protobuf::FieldDescriptor& key);

// The type that a template's Any holds, since it has to hold one.
constexpr std::string_view kAnyPlaceholderType = "google.protobuf.Empty";

}  // namespace rpcctl
