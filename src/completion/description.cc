#include "completion/description.h"

#include <google/protobuf/descriptor.h>

#include "message/field_type.h"
#include "schema/method_text.h"

namespace rpcctl {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;
using google::protobuf::SourceLocation;

// What stands above a declaration, or else behind it.
template <typename Descriptor>
std::string Comment(const Descriptor& declared) {
  SourceLocation location;
  if (!declared.GetSourceLocation(&location)) return "";
  return FirstSentenceOf(location.leading_comments, location.trailing_comments);
}

std::string Signature(const MethodDescriptor& method) {
  return SignatureText({method.input_type()->full_name(), method.client_streaming()},
                       {method.output_type()->full_name(), method.server_streaming()});
}

}  // namespace

std::string CommentOf(const FieldDescriptor& field) {
  return Comment(field);
}

std::string DescriptionOf(const FieldDescriptor& field) {
  std::string text = FieldTypeName(field);
  if (field.is_required()) text += ", required";
  const std::string comment = Comment(field);
  return comment.empty() ? text : text + ": " + comment;
}

std::string DescriptionOf(const MethodDescriptor& method) {
  const std::string comment = Comment(method);
  return comment.empty() ? Signature(method) : comment;
}

std::string DescriptionOf(const ServiceDescriptor& service) {
  const std::string comment = Comment(service);
  return comment.empty() ? "service " + service.full_name() : comment;
}

std::string DescriptionOf(const EnumValueDescriptor& value) {
  return Comment(value);
}

}  // namespace rpcctl
