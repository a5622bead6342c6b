#include "completion/request_so_far.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

#include "message/item_history.h"
#include "message/well_known.h"
#include "schema/schema.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// An index beyond this is not counted up to.
constexpr int kLongestList = 1 << 20;

std::string PlaceOf(const std::string& message, const ResolvedStep& step, const FieldPath& path) {
  const std::string field = PlaceOfField(message, step.field->number());
  if (step.index) return PlaceOfIndex(field, *step.index);
  return step.key ? PlaceOfKey(field, path.steps[step.last].text) : field;
}

// The items of the message that the next one belongs to.
std::span<const std::string> OfLastMessage(std::span<const std::string> words) {
  const auto comma = std::find(words.rbegin(), words.rend(), ",");
  return words.subspan(static_cast<size_t>(words.rend() - comma));
}

}  // namespace

const Descriptor* MessageTypeOf(const FieldDescriptor& field) {
  return field.is_map() ? field.message_type()->map_value()->message_type() : field.message_type();
}

RequestSoFar::RequestSoFar(const Descriptor& type, Schema& schema, std::span<const std::string> words)
    : type_(type), schema_(schema) {
  for (const std::string& word : OfLastMessage(words)) {
    const Result<Item> item = ParseItem(word);
    if (item && item->kind == ItemKind::kAssignment) Note(*item);
  }
}

Result<ReachedPlace> RequestSoFar::Follow(const FieldPath& path) const {
  return Walk(path, [](const std::string&, const ReachedPlace&) {});
}

Result<ReachedPlace> RequestSoFar::Walk(const FieldPath& path, const Visit& visit) const {
  const Descriptor* type = &type_;
  const auto find_extension = [this](const Descriptor& extended, std::string_view name) {
    return schema_.FindExtension(extended, name);
  };
  std::string message;
  ReachedPlace reached;
  for (size_t first = 0;;) {
    const Result<ResolvedPath> resolved = ResolveFields(*type, path, find_extension, first);
    if (!resolved) return resolved.error();
    for (const ResolvedStep& step : resolved->steps) {
      reached = {step, PlaceOf(message, step, path)};
      visit(message, reached);
      message = reached.place;
    }
    first = resolved->rest;
    if (first == path.steps.size()) return reached;
    const bool ends_in_type = first + 1 == path.steps.size() && path.steps[first].text == "@type";
    if (ends_in_type) return ReachedPlace{{}, reached.place};
    type = TypeInAny(reached.place);
    if (type == nullptr) {
      const std::string any(path.Upto(first - 1));
      return Error{ErrorKind::kInput, any + ": say first what is in it: " + any + ".@type=pkg.Type"};
    }
    message = reached.place + "@/";
  }
}

void RequestSoFar::FindExtensions(const Descriptor& extended,
                                  std::vector<const FieldDescriptor*>& found) const {
  schema_.pool().FindAllExtensions(&extended, &found);
}

void RequestSoFar::Note(const Item& item) {
  const Result<FieldPath> path = ParseFieldPath(item.path);
  if (!path) return;
  const Result<ReachedPlace> end = Walk(*path, [&](const std::string& message, const ReachedPlace& reached) {
    NoteStep(message, reached, *path);
  });
  if (end) NoteEnd(*end, item);
}

void RequestSoFar::NoteStep(const std::string& message, const ReachedPlace& reached, const FieldPath& path) {
  const FieldDescriptor& field = *reached.step.field;
  const std::string list = PlaceOfField(message, field.number());
  if (const auto* oneof = field.real_containing_oneof()) oneofs_[{message, oneof->name()}] = field.number();
  if (reached.step.index && *reached.step.index < kLongestList) {
    int& size = sizes_[list];
    size = std::max(size, *reached.step.index + 1);
  }
  if (reached.step.key) keys_[list].insert(path.steps[reached.step.last].text);
}

void RequestSoFar::NoteEnd(const ReachedPlace& reached, const Item& item) {
  if (reached.step.field == nullptr) {
    if (item.value_kind == ItemValue::kText) any_types_[reached.place] = item.value;
    return;
  }
  const FieldDescriptor& field = *reached.step.field;
  const bool is_text = item.value_kind == ItemValue::kText || item.value_kind == ItemValue::kTextFile;
  if (!reached.step.IsSingle()) {
    if (!field.is_map() && (is_text || item.append)) ++sizes_[reached.place];
    return;
  }
  // Data may be laid over: what is inside can still be set.
  const Descriptor* message = MessageTypeOf(field);
  const bool may_go_on = message != nullptr && !HasTextForm(*message);
  if (!may_go_on) set_.insert(reached.place);
}

bool RequestSoFar::IsExcluded(const std::string& message, const FieldDescriptor& field) const {
  const auto* oneof = field.real_containing_oneof();
  if (oneof == nullptr) return false;
  const auto member = oneofs_.find({message, oneof->name()});
  return member != oneofs_.end() && member->second != field.number();
}

int RequestSoFar::ListSize(const std::string& place) const {
  const auto size = sizes_.find(place);
  return size == sizes_.end() ? 0 : size->second;
}

std::vector<std::string> RequestSoFar::Keys(const std::string& place) const {
  const auto keys = keys_.find(place);
  if (keys == keys_.end()) return {};
  return {keys->second.begin(), keys->second.end()};
}

const Descriptor* RequestSoFar::TypeInAny(const std::string& place) const {
  const auto name = any_types_.find(place);
  if (name == any_types_.end()) return nullptr;
  return schema_.FindMessage(std::string_view(name->second).substr(name->second.rfind('/') + 1));
}

}  // namespace rpcctl
