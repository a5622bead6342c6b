#include "completion/template_completion.h"

#include <google/protobuf/descriptor.h>

#include "completion/description.h"
#include "completion/dotted_path.h"
#include "completion/plain_name.h"
#include "schema/schema.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;

// Where the path begins that is being typed; npos outside braces. "{{" is a brace that is printed.
size_t OpenPath(std::string_view text, size_t from) {
  size_t open = std::string_view::npos;
  for (size_t i = from; i < text.size(); ++i) {
    const bool doubled = i + 1 < text.size() && text[i + 1] == text[i];
    if (text[i] == '{' && doubled && open == std::string_view::npos) {
      ++i;
    } else if (text[i] == '{') {
      open = i + 1;
    } else if (text[i] == '}') {
      open = std::string_view::npos;
    }
  }
  return open;
}

}  // namespace

void OfferTemplate(Schema& schema, const Cursor& cursor, Answer& answer) {
  const std::string_view typed = cursor.typed;
  const size_t open = OpenPath(typed, cursor.value_at);
  if (open == std::string_view::npos)
    return answer.hints.push_back("a template: '{name} at {location.latitude}'");
  const Result<const MethodDescriptor*> method = schema.FindMethod(cursor.words.front());
  if (!method) return Hint(answer, method.error());
  const size_t dot = typed.rfind('.');
  const size_t name_at = dot == std::string_view::npos || dot < open ? open : dot + 1;
  const Descriptor* type = TypeInside(*(*method)->output_type(), typed.substr(open, name_at - open));
  if (type == nullptr) return;
  const std::string before(typed.substr(0, name_at));
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor& field = *type->field(i);
    const bool leads_on = field.message_type() != nullptr && !field.is_repeated();
    if (IsPlainName(field.name()))
      Offer(answer, typed, before + field.name() + (leads_on ? "." : "}"), DescriptionOf(field));
  }
  answer.no_space = answer.keep_order = true;
}

}  // namespace rpcctl
