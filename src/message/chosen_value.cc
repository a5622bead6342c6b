#include "message/chosen_value.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "message/map_entries.h"

namespace rpcctl {

std::optional<FieldValue> ChosenValue(const google::protobuf::Message& message, const FormatStep& step) {
  const google::protobuf::FieldDescriptor& field = *step.field;
  switch (step.choice) {
    case FormatStep::Choice::kWhole:
      return FieldValue{message, field};
    case FormatStep::Choice::kElement:
      if (step.index >= message.GetReflection()->FieldSize(message, &field)) return std::nullopt;
      return FieldValue{message, field, step.index};
    case FormatStep::Choice::kMapValue:
    case FormatStep::Choice::kContent:
      break;
  }
  for (const google::protobuf::Message* entry : SortedMapEntries(message, field)) {
    if (MapKeyText(*entry) == step.key) return FieldValue{*entry, *field.message_type()->map_value()};
  }
  return std::nullopt;
}

}  // namespace rpcctl
