#include "completion/enum_completion.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

#include "base/text.h"
#include "completion/description.h"
#include "completion/plain_name.h"
#include "message/enum_text.h"

namespace rpcctl {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;

void OfferShortForms(const EnumDescriptor& type, std::string_view typed, std::string_view before,
                     Answer& answer) {
  const std::string_view begun = typed.substr(before.size());
  const bool small = std::ranges::any_of(begun, [](char c) { return c >= 'a' && c <= 'z'; });
  const size_t prefix = CommonPrefix(type).size();
  for (int i = 0; i < type.value_count(); ++i) {
    const EnumValueDescriptor& value = *type.value(i);
    // In small letters the full name will do as well.
    for (const size_t skip : {prefix, size_t{0}}) {
      std::string form = value.name().substr(skip);
      if (small) form = ToLowerAscii(form);
      const bool fits = IsPlainName(form) && form.starts_with(begun) && bool(ParseEnum(type, form));
      if (!fits) continue;
      Offer(answer, typed, std::string(before) + form, DescriptionOf(value));
      break;
    }
  }
}

}  // namespace

void OfferEnumValues(const EnumDescriptor& type, std::string_view typed, std::string_view before,
                     Answer& answer) {
  answer.keep_order = true;
  for (int i = 0; i < type.value_count(); ++i) {
    const EnumValueDescriptor& value = *type.value(i);
    if (IsPlainName(value.name()))
      Offer(answer, typed, std::string(before) + value.name(), DescriptionOf(value));
  }
  if (answer.candidates.empty()) OfferShortForms(type, typed, before, answer);
  if (answer.candidates.empty()) answer.hints.push_back("enum " + type.full_name() + " has no such value");
}

}  // namespace rpcctl
