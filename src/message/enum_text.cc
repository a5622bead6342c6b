#include "message/enum_text.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "message/features.h"
#include "message/input_error.h"
#include "message/number_text.h"

namespace rpcctl {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;

constexpr int kListedValues = 12;

std::string_view ShortName(const EnumValueDescriptor& value, size_t prefix_length) {
  return std::string_view(value.name()).substr(prefix_length);
}

std::vector<std::string> Names(const EnumDescriptor& type, size_t skip) {
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) names.emplace_back(ShortName(*type.value(i), skip));
  return names;
}

std::string ValuesHint(const EnumDescriptor& type, std::string_view text) {
  for (size_t skip : {size_t{0}, CommonPrefix(type).size()}) {
    std::string nearest = DidYouMean(text, Names(type, skip));
    if (!nearest.empty()) return nearest;
  }
  if (type.value_count() > kListedValues) return "";
  return "its values are " + JoinForSentence(Names(type, 0), "and");
}

Error Ambiguous(const EnumDescriptor& type, std::string_view text, std::vector<std::string> names) {
  for (std::string& name : names) name = Quoted(name);
  return InputError("",
                    fmt::format("{} means more than one value of enum {}", Quoted(text), type.full_name()),
                    "write " + JoinForSentence(names));
}

// The values whose name, whole or short, is `text` in any case.
std::vector<const EnumValueDescriptor*> ValuesCalled(const EnumDescriptor& type, std::string_view text) {
  const size_t prefix = CommonPrefix(type).size();
  std::vector<const EnumValueDescriptor*> found;
  for (int i = 0; i < type.value_count(); ++i) {
    const EnumValueDescriptor& value = *type.value(i);
    const bool called = EqualsIgnoringCase(value.name(), text) ||
                        (!text.empty() && EqualsIgnoringCase(ShortName(value, prefix), text));
    if (called) found.push_back(&value);
  }
  return found;
}

std::optional<int> ReadNumber(std::string_view text) {
  const JsonNumber<int32_t> number = ReadNumberText<int32_t>(text);
  return number.fault == NumberFault::kNone ? std::optional<int>(number.value) : std::nullopt;
}

bool Takes(const EnumDescriptor& type, int number) {
  return !IsClosed(type) || type.FindValueByNumber(number) != nullptr;
}

Error NoSuchValue(const EnumDescriptor& type, std::string_view text) {
  return InputError("", fmt::format("expected enum {}, found {}", type.full_name(), Quoted(text)),
                    ValuesHint(type, text));
}

}  // namespace

std::string_view CommonPrefix(const EnumDescriptor& type) {
  if (type.value_count() < 2) return "";
  std::string_view prefix = type.value(0)->name();
  for (int i = 1; i < type.value_count(); ++i) {
    const std::string_view name = type.value(i)->name();
    size_t length = 0;
    while (length < prefix.size() && length < name.size() && prefix[length] == name[length]) ++length;
    prefix = prefix.substr(0, length);
  }
  return prefix.substr(0, prefix.rfind('_') + 1);  // npos + 1 is 0
}

Result<int> ParseEnum(const EnumDescriptor& type, std::string_view text) {
  if (const EnumValueDescriptor* exact = type.FindValueByName(std::string(text))) return exact->number();
  const std::optional<int> number = ReadNumber(text);
  std::vector<std::string> names;
  std::optional<int> meant = number;
  bool ambiguous = false;
  for (const EnumValueDescriptor* value : ValuesCalled(type, text)) {
    ambiguous = ambiguous || (meant && *meant != value->number());
    meant = value->number();
    names.push_back(value->name());
  }
  if (ambiguous) return Ambiguous(type, text, std::move(names));
  if (!meant || !Takes(type, *meant)) return NoSuchValue(type, text);
  return *meant;
}

}  // namespace rpcctl
