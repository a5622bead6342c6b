// What sort of value a subject has: what may be said of it, and how a value is written that it is compared
// with.
#pragma once

#include <string>

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace rpcctl {

struct ValueShape {
  enum class Kind {
    kScalar,   // of `field`, or of one element of it; also what is in a wrapper
    kTime,     // google.protobuf.Timestamp
    kLength,   // google.protobuf.Duration, and how long something took
    kMessage,  // any other message, of `type`
    kList,     // all of the repeated `field`
    kMap,      // all of the map `field`
    kText,     // a header, a status message
    kCount,    // a number of messages
  };
  Kind kind = Kind::kText;
  const google::protobuf::FieldDescriptor* field = nullptr;  // with kScalar, kList and kMap
  const google::protobuf::Descriptor* type = nullptr;        // with kMessage
};

// Of one value of `field`, or of one element of it.
ValueShape ShapeOfElement(const google::protobuf::FieldDescriptor& field);
// Of all that `field` holds.
ValueShape ShapeOfField(const google::protobuf::FieldDescriptor& field);
ValueShape ShapeOfMessage(const google::protobuf::Descriptor& type);

// "string", "enum pkg.State", "repeated string", "a number of messages".
std::string ShapeName(const ValueShape& shape);

}  // namespace rpcctl
