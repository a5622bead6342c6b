#include "message/json_type.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

#include "message/json_string.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

JsonType MakeJsonType(const Descriptor& type, bool proto_names) {
  JsonType made{JsonFormOf(type), type.extension_range_count() > 0, {}};
  made.fields.reserve(static_cast<size_t>(type.field_count()));
  for (int i = 0; i < type.field_count(); ++i) {
    made.fields.push_back(MakeJsonField(*type.field(i), proto_names));
  }
  std::sort(made.fields.begin(), made.fields.end(),
            [](const JsonField& a, const JsonField& b) { return a.field->number() < b.field->number(); });
  return made;
}

}  // namespace

JsonField MakeJsonField(const FieldDescriptor& field, bool proto_names) {
  JsonField made{&field, {}};
  if (field.is_extension()) {
    AppendJsonString("[" + field.full_name() + "]", made.quoted_name);
  } else {
    AppendJsonString(proto_names ? field.name() : field.json_name(), made.quoted_name);
  }
  return made;
}

const JsonType& JsonTypeTable::Of(const Descriptor& type) {
  const auto found = types_.find(&type);
  if (found != types_.end()) return found->second;
  return types_.emplace(&type, MakeJsonType(type, proto_names_)).first->second;
}

}  // namespace rpcctl
