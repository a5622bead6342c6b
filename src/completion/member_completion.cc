#include "completion/member_completion.h"

#include <google/protobuf/descriptor.h>

#include "base/text.h"
#include "completion/description.h"
#include "completion/plain_name.h"
#include "schema/schema.h"
#include "schema/symbol.h"

namespace rpcctl {
namespace {

using google::protobuf::EnumDescriptor;

// The full name of the message that `words` are an end of; "" for none and for several.
std::string MessageCalled(std::string_view words, std::span<const Declaration> declarations) {
  const std::string* found = nullptr;
  for (const Declaration& declared : declarations) {
    if (declared.what != Declares::kMessage || !EndsAtDot(declared.full_name, words)) continue;
    if (declared.full_name == words) return declared.full_name;
    if (found != nullptr) return "";
    found = &declared.full_name;
  }
  return found == nullptr ? "" : *found;
}

}  // namespace

void OfferMembers(Schema& schema, std::span<const Declaration> declarations, std::string_view typed,
                  Answer& answer) {
  const size_t dot = typed.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return;
  const std::string message = MessageCalled(typed.substr(0, dot), declarations);
  if (message.empty()) return;
  const Result<Symbol> scope = schema.FindSymbol(message);
  if (!scope || scope->message == nullptr) return;
  const std::string before(typed.substr(0, dot + 1));
  const auto offer = [&](const auto& member) {
    if (IsPlainName(member.name())) Offer(answer, typed, before + member.name(), DescriptionOf(member));
  };
  for (int i = 0; i < scope->message->field_count(); ++i) offer(*scope->message->field(i));
  for (int i = 0; i < scope->message->enum_type_count(); ++i) {
    const EnumDescriptor& type = *scope->message->enum_type(i);
    for (int j = 0; j < type.value_count(); ++j) offer(*type.value(j));
  }
}

}  // namespace rpcctl
