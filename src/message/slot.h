// Reads and writes single values of a message by reflection.
#pragma once

#include "message/scalar.h"

namespace google::protobuf {
class FieldDescriptor;
class Message;
}  // namespace google::protobuf

namespace rpcctl {

// One place for one value: a field, or an element of a repeated field. Borrows both.
struct Slot {
  google::protobuf::Message* message = nullptr;
  const google::protobuf::FieldDescriptor* field = nullptr;  // of `message`, or an extension of it
  int index = -1;  // of a repeated field's element; its size adds one. -1: the field is not repeated
};

// How many elements the repeated field `field` has.
int ListSize(const google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field);

// The slot of the value with key `key` in the map field `field`, whose entry is made if it is not there.
Slot MapValueSlot(google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field,
                  const ScalarValue& key);

// `value` must be the alternative that the field's type asks for.
void StoreScalar(const Slot& slot, const ScalarValue& value);

// The message in `slot`, made if it is not there.
google::protobuf::Message& MessageIn(const Slot& slot);

}  // namespace rpcctl
