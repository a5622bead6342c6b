#include "completion/value_completion.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include "completion/description.h"
#include "completion/enum_completion.h"
#include "completion/mask_completion.h"
#include "completion/name_completion.h"
#include "message/field_type.h"
#include "message/json_form.h"
#include "message/well_known.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// What of a number's type is worth knowing when one is typed.
std::string_view Range(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return ", -2147483648 to 2147483647";
    case FieldDescriptor::CPPTYPE_INT64:
      return ", -9223372036854775808 to 9223372036854775807";
    case FieldDescriptor::CPPTYPE_UINT32:
      return ", 0 to 4294967295";
    case FieldDescriptor::CPPTYPE_UINT64:
      return ", 0 to 18446744073709551615";
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return ", also inf, -inf, nan";
    default:
      return field.type() == FieldDescriptor::TYPE_BYTES ? ": hex:00ff, b64:AAE=, text:hi, or =@FILE" : "";
  }
}

class ValueOffer final {
 public:
  ValueOffer(const ValueSpot& spot, Answer& answer)
      : spot_(spot), typed_(spot.item.word), before_(typed_.substr(0, spot.value_at)), answer_(answer) {}

  void Offer() {
    if (spot_.reached.step.field == nullptr) return OfferType();
    const FieldDescriptor& field = *spot_.reached.step.field;
    if (spot_.item.value_kind == ItemValue::kJson) return OfferJson(field);
    const bool whole_map = field.is_map() && !spot_.reached.step.IsSingle();
    if (whole_map)
      return Hint(fmt::format("{}, written {}.KEY=VALUE", FieldTypeName(field), spot_.item.path));
    OfferText(field.is_map() ? *field.message_type()->map_value() : field);
  }

 private:
  void Hint(std::string_view what) {
    const FieldDescriptor* field = spot_.reached.step.field;
    const std::string comment = field == nullptr ? "" : CommentOf(*field);
    const std::string hint = fmt::format("{}: {}", spot_.item.path, what);
    answer_.hints.push_back(comment.empty() ? hint : hint + ": " + comment);
  }

  void OfferOne(std::string_view value, std::string_view description = {}) {
    rpcctl::Offer(answer_, typed_, std::string(before_).append(value), std::string(description));
  }

  void OfferType() {
    const size_t slash = typed_.rfind('/');
    const bool is_url = slash != std::string_view::npos && slash >= spot_.value_at;
    OfferMessages(spot_.request.schema(), typed_, is_url ? typed_.substr(0, slash + 1) : before_, answer_);
  }

  void OfferJson(const FieldDescriptor& field) {
    const bool is_list = field.is_repeated() && !spot_.reached.step.IsSingle() && !spot_.item.append;
    const FieldDescriptor& element = field.is_map() ? *field.message_type()->map_value() : field;
    const bool is_bool = !is_list && element.cpp_type() == FieldDescriptor::CPPTYPE_BOOL;
    if (is_bool) return OfferBool();
    const std::string type = is_list ? FieldTypeName(field) : ElementTypeName(element);
    Hint("JSON of " + type);
  }

  void OfferBool() {
    OfferOne("false");
    OfferOne("true");
  }

  void OfferText(const FieldDescriptor& field) {
    if (field.message_type() != nullptr) return OfferWellKnown(*field.message_type());
    if (field.enum_type() != nullptr) return OfferEnumValues(*field.enum_type(), typed_, before_, answer_);
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) return OfferBool();
    if (field.type() == FieldDescriptor::TYPE_BYTES) OfferBytesForms();
    Hint(ElementTypeName(field) + std::string(Range(field)));
  }

  void OfferBytesForms() {
    OfferOne("hex:", "00ff");
    OfferOne("b64:", "AAE=");
    OfferOne("text:", "as it stands");
    answer_.no_space = true;
  }

  void OfferWellKnown(const Descriptor& type) {
    switch (JsonFormOf(type)) {
      case JsonForm::kTimestamp:
        return OfferTimes();
      case JsonForm::kDuration:
        return Hint("a duration: 5s, 1h30m, 250ms");
      case JsonForm::kFieldMask:
        return OfferMask();
      case JsonForm::kWrapper:
        return OfferText(*type.field(0));
      case JsonForm::kValue:
        return Hint("a string; := takes any JSON");
      default:
        return Hint(fmt::format("message {}: {}.FIELD=VALUE or {}:=JSON", type.full_name(), spot_.item.path,
                                spot_.item.path));
    }
  }

  void OfferTimes() {
    OfferOne("now");
    OfferOne("now-5m", "five minutes ago");
    OfferOne("now+1h", "in an hour");
    Hint("a time: 2026-11-22T10:00:00Z, 2026-11-22, now-5m, unix:1700000000");
  }

  void OfferMask() {
    if (const Descriptor* masked = MaskedType(*spot_.reached.step.field))
      OfferMaskPaths(*masked, typed_, before_, answer_);
    if (answer_.candidates.empty()) Hint("paths of fields, joined by commas");
  }

  const ValueSpot& spot_;
  const std::string_view typed_;
  const std::string_view before_;  // the path and the operator
  Answer& answer_;
};

}  // namespace

void OfferFieldValues(const ValueSpot& spot, Answer& answer) {
  ValueOffer(spot, answer).Offer();
}

}  // namespace rpcctl
