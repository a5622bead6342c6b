#include "completion/description.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include "message/field_type.h"
#include "message/well_known.h"

namespace rpcctl {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;
using google::protobuf::SourceLocation;

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// What stands above a declaration, or else behind it.
template <typename Descriptor>
std::string Comment(const Descriptor& declared) {
  SourceLocation location;
  if (!declared.GetSourceLocation(&location)) return "";
  const std::string leading = FirstSentence(location.leading_comments);
  return leading.empty() ? FirstSentence(location.trailing_comments) : leading;
}

std::string Signature(const MethodDescriptor& method) {
  return fmt::format("({}{}) returns ({}{})", method.client_streaming() ? "stream " : "",
                     ShortTypeName(*method.input_type()), method.server_streaming() ? "stream " : "",
                     ShortTypeName(*method.output_type()));
}

}  // namespace

std::string FirstSentence(std::string_view comment) {
  std::string sentence;
  size_t newlines = 0;
  bool blank = false;
  for (const char c : comment) {
    if (IsBlank(c)) {
      newlines += c == '\n' ? 1 : 0;
      blank = true;
      if (!sentence.empty() && (newlines > 1 || sentence.back() == '.')) break;
      continue;
    }
    if (blank && !sentence.empty()) sentence += ' ';
    blank = false;
    newlines = 0;
    sentence += c;
  }
  return sentence;
}

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
