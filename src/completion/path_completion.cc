#include "completion/path_completion.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <algorithm>

#include "completion/description.h"
#include "completion/endings.h"
#include "completion/plain_name.h"
#include "message/field_type.h"
#include "message/item_history.h"
#include "message/well_known.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using Break = PartialPath::Break;

// As many of a list's elements are offered.
constexpr int kMostElements = 20;

// Offers the paths that go on from one place.
class PathOffer final {
 public:
  PathOffer(const RequestSoFar& request, std::string_view typed, Answer& answer)
      : request_(request), typed_(typed), path_(BreakPath(typed)), answer_(answer) {}

  void Offer() {
    answer_.no_space = answer_.keep_order = true;
    if (path_.head.empty()) return OfferFields(request_.type(), "");
    const Result<FieldPath> head = ParseFieldPath(path_.head);
    if (!head) return rpcctl::Hint(answer_, head.error());
    const Result<ReachedPlace> reached = request_.Follow(*head);
    if (!reached) return rpcctl::Hint(answer_, reached.error());
    if (reached->step.field != nullptr) OfferInside(*reached);
  }

 private:
  void Hint(std::string text) { answer_.hints.push_back(std::move(text)); }

  void OfferInside(const ReachedPlace& reached) {
    const FieldDescriptor& field = *reached.step.field;
    if (!reached.step.IsSingle()) return field.is_map() ? OfferKeys(reached) : OfferIndexes(reached);
    const Descriptor* message = MessageTypeOf(field);
    if (message == nullptr)
      return Hint(fmt::format("{}: {} has no fields", path_.head, ElementTypeName(field)));
    if (IsAny(*message)) return OfferAny(reached.place);
    OfferFields(*message, reached.place);
  }

  void OfferAny(const std::string& place) {
    rpcctl::Offer(answer_, typed_, std::string(path_.before) + "@type=", "the type of the message in it");
    if (const Descriptor* type = request_.TypeInAny(place)) OfferFields(*type, place + "@/");
  }

  // The fields of `type`, of the message at `message`.
  void OfferFields(const Descriptor& type, const std::string& message) {
    if (path_.at == Break::kClosedBracket || path_.at == Break::kOpenBracket)
      return OfferExtensions(type, message);
    const size_t before = answer_.candidates.size();
    for (int i = 0; i < type.field_count(); ++i) OfferField(*type.field(i), message);
    if (answer_.candidates.size() > before) return;
    if (type.field_count() == 0) return Hint(ShortTypeName(type) + " has no fields");
    Hint(path_.step.empty()
             ? "every field of " + ShortTypeName(type) + " is set"
             : fmt::format("{}: no field of {} that is left begins so", typed_, ShortTypeName(type)));
  }

  void OfferField(const FieldDescriptor& field, const std::string& message) {
    // The file's own name, unless only the one in JSON begins as it was typed.
    const std::string_view step = NamePart();
    const bool own = field.name().starts_with(step);
    const std::string& name = own ? field.name() : field.json_name();
    if (!IsPlainName(name) || !name.starts_with(step)) return;
    OfferWith(std::string(path_.before) + name, field, message);
  }

  // The name in the step, which an operator may have been begun behind: "tags+", "name:".
  std::string_view NamePart() const { return path_.step.substr(0, path_.step.find_first_of("+:")); }

  void OfferWith(const std::string& whole, const FieldDescriptor& field, const std::string& message) {
    const std::string place = PlaceOfField(message, field.number());
    if (request_.IsSet(place) || request_.IsExcluded(message, field)) return;
    OfferEndings(whole, EndingsOf(field, request_.ListSize(place) > 0), DescriptionOf(field));
  }

  // The first ending, and the others where more than `whole` was typed.
  void OfferEndings(const std::string& whole, const Endings& endings, const std::string& description) {
    for (size_t i = 0; i < endings.size(); ++i) {
      if (i > 0 && typed_.size() <= whole.size()) return;
      rpcctl::Offer(answer_, typed_, whole + std::string(endings[i]), description);
    }
  }

  void OfferExtensions(const Descriptor& type, const std::string& message) {
    std::vector<const FieldDescriptor*> extensions;
    request_.FindExtensions(type, extensions);
    const std::string before(path_.before);
    for (const FieldDescriptor* extension : extensions) {
      if (IsPlainName(extension->full_name()))
        OfferWith(before + extension->full_name() + "]", *extension, message);
    }
    if (extensions.empty()) Hint(ShortTypeName(type) + " has no extensions that are known");
  }

  void OfferIndexes(const ReachedPlace& reached) {
    const FieldDescriptor& field = *reached.step.field;
    const int size = request_.ListSize(reached.place);
    for (int i = std::max(0, size - kMostElements); i <= size; ++i) {
      if (request_.IsSet(PlaceOfIndex(reached.place, i))) continue;
      OfferElement(std::to_string(i), field);
    }
    if (answer_.candidates.empty())
      Hint(fmt::format("{}: {}: the next index is {}", path_.head, FieldTypeName(field), size));
  }

  void OfferKeys(const ReachedPlace& reached) {
    const FieldDescriptor& field = *reached.step.field;
    const FieldDescriptor& key = *field.message_type()->map_key();
    std::vector<std::string> keys;
    if (key.type() == FieldDescriptor::TYPE_BOOL) keys = {"false", "true"};
    if (MessageTypeOf(field) != nullptr && keys.empty()) keys = request_.Keys(reached.place);
    std::erase(keys, std::string(path_.step));
    const bool is_key = !path_.step.empty() && bool(ParseScalar(key, path_.step));
    if (is_key) keys.emplace_back(path_.step);
    for (const std::string& text : keys) {
      if (!request_.IsSet(PlaceOfKey(reached.place, text))) OfferElement(text, field);
    }
    if (path_.step.empty())
      Hint(fmt::format("{}: {}: a key, then its value", path_.head, FieldTypeName(field)));
  }

  // A key with a dot in it has to stand in brackets.
  void OfferElement(const std::string& name, const FieldDescriptor& field) {
    const bool in_brackets = path_.at != Break::kName;
    if (!in_brackets && name.find_first_of(".[") != std::string::npos) return;
    const std::string whole = std::string(path_.before) + name + (in_brackets ? "]" : "");
    OfferEndings(whole, EndingsOfElement(field), ElementTypeName(field));
  }

  const RequestSoFar& request_;
  const std::string_view typed_;
  const PartialPath path_;
  Answer& answer_;
};

}  // namespace

PartialPath BreakPath(std::string_view typed) {
  size_t head = 0, step = 0;  // where the head ends and the step begins
  Break at = Break::kName;
  for (size_t i = 0; i < typed.size(); ++i) {
    if (at == Break::kOpenBracket) {
      if (typed[i] == ']') at = Break::kClosedBracket;
    } else if (typed[i] == '[') {
      const bool after_dot = i > 0 && typed[i - 1] == '.';
      head = after_dot ? i - 1 : i;
      step = i + 1;
      at = Break::kOpenBracket;
    } else if (typed[i] == '.') {
      head = i;
      step = i + 1;
      at = Break::kName;
    }
  }
  std::string_view text = typed.substr(step);
  if (at == Break::kClosedBracket) text = text.substr(0, text.find(']'));
  return {typed.substr(0, head), typed.substr(0, step), text, at};
}

void OfferPaths(const RequestSoFar& request, std::string_view typed, Answer& answer) {
  PathOffer(request, typed, answer).Offer();
}

}  // namespace rpcctl
