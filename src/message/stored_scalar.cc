#include "message/stored_scalar.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

namespace rpcctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Reflection;

// The value behind one of Reflection's pairs of getters, for a singular and for a repeated field.
template <typename One, typename Element>
auto Get(const FieldValue& value, One one, Element element) {
  const Reflection& from = *value.message.GetReflection();
  return value.index < 0 ? (from.*one)(value.message, &value.field)
                         : (from.*element)(value.message, &value.field, value.index);
}

}  // namespace

ScalarValue StoredScalar(const FieldValue& value) {
  using From = Reflection;
  std::string scratch;
  switch (value.field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return Get(value, &From::GetInt32, &From::GetRepeatedInt32);
    case FieldDescriptor::CPPTYPE_UINT32:
      return Get(value, &From::GetUInt32, &From::GetRepeatedUInt32);
    case FieldDescriptor::CPPTYPE_INT64:
      return Get(value, &From::GetInt64, &From::GetRepeatedInt64);
    case FieldDescriptor::CPPTYPE_UINT64:
      return Get(value, &From::GetUInt64, &From::GetRepeatedUInt64);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return Get(value, &From::GetDouble, &From::GetRepeatedDouble);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return Get(value, &From::GetFloat, &From::GetRepeatedFloat);
    case FieldDescriptor::CPPTYPE_BOOL:
      return Get(value, &From::GetBool, &From::GetRepeatedBool);
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumNumber{Get(value, &From::GetEnumValue, &From::GetRepeatedEnumValue)};
    case FieldDescriptor::CPPTYPE_STRING:
      return StringIn(value, scratch);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      break;  // not to be asked of
  }
  return false;
}

}  // namespace rpcctl
