#include "message/item_walk.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "base/safe_text.h"
#include "base/text.h"
#include "message/input_error.h"

namespace rpcctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::OneofDescriptor;

// A key as text that is the same for the same key.
struct KeyText {
  std::string operator()(const std::string& key) const { return key; }
  std::string operator()(EnumNumber key) const { return std::to_string(key.number); }
  template <typename T>
  std::string operator()(T key) const {
    return std::to_string(key);
  }
};

std::string PlaceOf(const std::string& message_place, const ResolvedStep& step) {
  const std::string field = PlaceOfField(message_place, step.field->number());
  if (step.index) return PlaceOfIndex(field, *step.index);
  return step.key ? PlaceOfKey(field, std::visit(KeyText{}, *step.key)) : field;
}

// Follows one path.
class Walk final {
 public:
  Walk(Message& root, const FieldPath& path, std::string_view word, ItemHistory& history, AnyContents& anys)
      : path_(path), word_(word), history_(history), anys_(anys) {
    here_.message = &root;
  }

  Result<Destination> Follow() {
    for (size_t first = 0;;) {
      const Result<ResolvedPath> resolved =
          ResolveFields(*here_.message->GetDescriptor(), path_, anys_.known().find_named_extension, first);
      if (!resolved) return resolved.error();
      for (const ResolvedStep& step : resolved->steps) {
        here_.step = step;
        here_.place = PlaceOf(here_.message_place, step);
        if (step.last + 1 == path_.steps.size()) return std::move(here_);
        Result<void> entered = Enter();
        if (!entered) return entered.error();
      }
      first = resolved->rest;
      if (EndsInType(first)) return Type();
      Result<void> entered = EnterAny(first);
      if (!entered) return entered.error();
    }
  }

 private:
  // Goes into the message of the step at hand.
  Result<void> Enter() {
    const std::string_view shown = path_.Upto(here_.step.last);
    Result<Slot> slot = SlotAt(here_);
    if (!slot) return AtPlace(shown, slot.error());
    Message& inner = MessageIn(*slot);
    Result<void> noted = NoteOneof(here_, {here_.place, shown, word_}, history_);
    if (!noted) return noted;
    here_.message = &inner;
    here_.message_place = here_.place;
    return {};
  }

  bool EndsInType(size_t step) const {
    return step + 1 == path_.steps.size() && path_.steps[step].text == "@type" &&
           !path_.steps[step].bracketed;
  }

  // What is inside an Any stands, in its places, inside its type.
  Destination Type() {
    here_.step = {};
    here_.place = here_.message_place + "@/";
    return std::move(here_);
  }

  Result<void> EnterAny(size_t step) {
    const std::string_view any = path_.Upto(step - 1);
    Result<Message*> content = anys_.Open(*here_.message);
    if (!content) {
      Error error = AtPlace(path_.Upto(step), content.error());
      if (error.hint.empty()) error.hint = SafeText(fmt::format("say {}.@type=pkg.Type first", any));
      return error;
    }
    here_.message = *content;
    here_.message_place += "@/";
    return {};
  }

  const FieldPath& path_;
  const std::string_view word_;
  ItemHistory& history_;
  AnyContents& anys_;
  Destination here_;
};

}  // namespace

Result<Destination> WalkTo(Message& root, const FieldPath& path, std::string_view word, ItemHistory& history,
                           AnyContents& anys) {
  return Walk(root, path, word, history, anys).Follow();
}

Result<Slot> SlotAt(const Destination& destination) {
  const ResolvedStep& step = destination.step;
  if (step.key) return MapValueSlot(*destination.message, *step.field, *step.key);
  if (!step.index) return Slot{destination.message, step.field, -1};
  const int size = ListSize(*destination.message, *step.field);
  if (*step.index <= size) return Slot{destination.message, step.field, *step.index};
  return InputError("", fmt::format("the list has {}, so the next index is {}",
                                    Plural(static_cast<size_t>(size), "element"), size));
}

Result<void> NoteOneof(const Destination& destination, const Setting& setting, ItemHistory& history) {
  const FieldDescriptor& field = *destination.step.field;
  const OneofDescriptor* oneof = field.real_containing_oneof();
  if (oneof == nullptr || !destination.message->GetReflection()->HasField(*destination.message, &field))
    return {};
  return history.EnterOneof(destination.message_place, oneof->name(), field.name(), setting);
}

}  // namespace rpcctl
