// Follows the path of an item into a message, making the messages on its way.
#pragma once

#include <string>

#include "base/result.h"
#include "message/any_contents.h"
#include "message/field_path.h"
#include "message/field_resolver.h"
#include "message/item_history.h"
#include "message/slot.h"

namespace rpcctl {

// Where a path leads.
struct Destination {
  google::protobuf::Message* message = nullptr;  // the one that has the field
  std::string message_place;                     // as Setting::place has it
  ResolvedStep step;                             // the field; none when the path ends in "@type" of an Any
  std::string place;                             // of what is set
};

// Follows `path`, of the item `word`, from `root`. Errors are kInput: an unknown field, a gap in a list, a
// oneof of which another item has set another member, and an Any of unknown type.
Result<Destination> WalkTo(google::protobuf::Message& root, const FieldPath& path, std::string_view word,
                           ItemHistory& history, AnyContents& anys);

// The slot that `destination`, a single value, stands for; made if it is a map's. A gap is a kInput error
// without a place.
Result<Slot> SlotAt(const Destination& destination);

// Notes that the destination's field, if a oneof has it, holds a value now.
Result<void> NoteOneof(const Destination& destination, const Setting& setting, ItemHistory& history);

}  // namespace rpcctl
