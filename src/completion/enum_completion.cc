#include "completion/enum_completion.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/text.h"
#include "completion/description.h"
#include "completion/plain_name.h"
#include "message/enum_text.h"
#include "message/number_text.h"

namespace rpcctl {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;

// What names mean in any case, whole and short: as ParseEnum would say, which looks at every value each time.
class Meanings final {
 public:
  Meanings(const EnumDescriptor& type, size_t prefix) : type_(type) {
    for (int i = 0; i < type.value_count(); ++i) {
      const EnumValueDescriptor& value = *type.value(i);
      const std::string name = ToLowerAscii(value.name());
      Add(name, value.number());
      if (prefix < name.size()) Add(name.substr(prefix), value.number());
    }
  }

  // Whether `form`, a name of a value, means that one value.
  bool MeansOne(const std::string& form) const {
    if (type_.FindValueByName(form) != nullptr) return true;
    const std::optional<int>& meant = meant_.at(ToLowerAscii(form));
    const JsonNumber<int32_t> number = ReadNumberText<int32_t>(form);
    return meant && (number.fault != NumberFault::kNone || number.value == *meant);
  }

 private:
  void Add(std::string name, int number) {
    const auto [entry, is_new] = meant_.emplace(std::move(name), number);
    if (!is_new && entry->second != number) entry->second.reset();
  }

  const EnumDescriptor& type_;
  // By names in small letters; nullopt of one that means several numbers.
  std::unordered_map<std::string, std::optional<int>> meant_;
};

void OfferShortForms(const EnumDescriptor& type, std::string_view typed, std::string_view before,
                     Answer& answer) {
  const std::string_view begun = typed.substr(before.size());
  const bool small = std::ranges::any_of(begun, [](char c) { return c >= 'a' && c <= 'z'; });
  const size_t prefix = CommonPrefix(type).size();
  const Meanings meanings(type, prefix);
  for (int i = 0; i < type.value_count() && answer.candidates.size() < kMostCandidates; ++i) {
    const EnumValueDescriptor& value = *type.value(i);
    // In small letters the full name will do as well.
    for (const size_t skip : {prefix, size_t{0}}) {
      std::string form = value.name().substr(skip);
      if (small) form = ToLowerAscii(form);
      const bool fits = form.starts_with(begun) && IsPlainName(form) && meanings.MeansOne(form);
      if (!fits) continue;
      Offer(answer, typed, std::string(before) + form, DescriptionOf(value));
      break;
    }
  }
}

}  // namespace

void OfferEnumValues(const EnumDescriptor& type, std::string_view typed, std::string_view before,
                     Answer& answer) {
  const std::string_view begun = typed.substr(before.size());
  answer.keep_order = true;
  for (int i = 0; i < type.value_count() && answer.candidates.size() < kMostCandidates; ++i) {
    const EnumValueDescriptor& value = *type.value(i);
    if (value.name().starts_with(begun) && IsPlainName(value.name()))
      Offer(answer, typed, std::string(before) + value.name(), DescriptionOf(value));
  }
  if (answer.candidates.empty()) OfferShortForms(type, typed, before, answer);
  if (answer.candidates.empty()) answer.hints.push_back("enum " + type.full_name() + " has no such value");
}

}  // namespace rpcctl
