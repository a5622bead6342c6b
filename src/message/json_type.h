// What printing JSON needs to know of a message type, worked out once.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "message/json_form.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace rpcctl {

struct JsonField {
  const google::protobuf::FieldDescriptor* field;
  std::string quoted_name;  // a finished JSON string
};

struct JsonType {
  JsonForm form;
  bool extendable;
  std::vector<JsonField> fields;  // by number, without extensions
};

// The quoted name of a field, or of an extension: "[pkg.ext]".
JsonField MakeJsonField(const google::protobuf::FieldDescriptor& field, bool proto_names);

class JsonTypeTable {
 public:
  explicit JsonTypeTable(bool proto_names) : proto_names_(proto_names) {}
  // The entry of `type`, made when it is asked for first; it lives as long as the table.
  const JsonType& Of(const google::protobuf::Descriptor& type);

 private:
  const bool proto_names_;
  std::unordered_map<const google::protobuf::Descriptor*, JsonType> types_;
};

}  // namespace rpcctl
