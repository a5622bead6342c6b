#include "completion/endings.h"

#include <google/protobuf/descriptor.h>

#include "completion/request_so_far.h"
#include "message/json_form.h"
#include "message/well_known.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// How a value of a field is written.
enum class Written {
  kAsText,      // name=VALUE
  kByFields,    // name.field=VALUE
  kAsJsonOnly,  // name:=JSON
};

Written HowWritten(const FieldDescriptor& field) {
  const Descriptor* message = MessageTypeOf(field);
  if (message == nullptr || HasTextForm(*message)) return Written::kAsText;
  const JsonForm form = JsonFormOf(*message);
  const bool has_fields = message->field_count() > 0 || message->extension_range_count() > 0;
  const bool only_json = form == JsonForm::kStruct || form == JsonForm::kListValue || !has_fields;
  return only_json ? Written::kAsJsonOnly : Written::kByFields;
}

}  // namespace

Endings EndingsOfElement(const FieldDescriptor& field) {
  switch (HowWritten(field)) {
    case Written::kAsText:
      return {"=", ":="};
    case Written::kByFields:
      return {".", ":="};
    case Written::kAsJsonOnly:
      return {":="};
  }
  return {};
}

Endings EndingsOf(const FieldDescriptor& field, bool has_elements) {
  if (!field.is_repeated()) return EndingsOfElement(field);
  if (field.is_map()) return {".", "[", ":="};
  switch (HowWritten(field)) {
    case Written::kAsText:
      return has_elements ? Endings{"+=", "=", ":=", "+:="} : Endings{"=", "+=", ":=", "+:="};
    case Written::kByFields:
      return {".", "[", "+:=", ":="};
    case Written::kAsJsonOnly:
      return {"+:=", ":="};
  }
  return {};
}

}  // namespace rpcctl
