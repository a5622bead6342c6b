#include "message/item_history.h"

#include <fmt/format.h>

#include "message/input_error.h"

namespace rpcctl {
namespace {

Error SetTwice(const Setting& setting, std::string_view earlier, std::string_view hint = {}) {
  // Who writes a list of messages as prose: "name=a, name=b".
  if (hint.empty() && earlier.ends_with(','))
    hint = "the comma between two messages is a word of its own: name=a , name=b";
  if (hint.empty()) hint = "the field holds one value; a lone ',' begins the next message of a stream";
  if (earlier == setting.word) {
    return InputError(setting.shown, fmt::format("set twice, by {} each time", Quoted(setting.word)), hint);
  }
  return InputError(setting.shown,
                    fmt::format("set twice, by {} and by {}", Quoted(earlier), Quoted(setting.word)), hint);
}

constexpr std::string_view kAppendHint = "+= and +:= append to a list";

}  // namespace

// Every part ends in '/', so that the places inside a place are those that begin with it. A key comes with
// its length: whatever it holds, it is no other place.
std::string PlaceOfField(const std::string& message, int number) {
  return fmt::format("{}{}/", message, number);
}

std::string PlaceOfIndex(const std::string& list, int index) {
  return fmt::format("{}#{}/", list, index);
}

std::string PlaceOfKey(const std::string& map, std::string_view key) {
  return fmt::format("{}{}:{}/", map, key.size(), key);
}

Result<void> ItemHistory::Set(const Setting& setting, SetBy by) {
  if (const Record* earlier = FirstInside(setting.place)) {
    const bool list = earlier->kind == Kind::kList || earlier->kind == Kind::kAppendedList;
    return SetTwice(setting, earlier->word, list ? kAppendHint : "");
  }
  Result<void> outside = CheckOutside(setting);
  if (!outside) return outside;
  Add(setting, by == SetBy::kText ? Kind::kText : Kind::kJson);
  return {};
}

Result<ListStep> ItemHistory::AssignList(const Setting& setting) {
  const auto known = records_.find(setting.place);
  if (known == records_.end()) {
    if (const Record* element = FirstInside(setting.place)) {
      return SetTwice(setting, element->word, kAppendHint);
    }
    Result<void> outside = CheckOutside(setting);
    if (!outside) return outside.error();
    Add(setting, Kind::kList);
    return ListStep::kReplace;
  }
  if (known->second.kind != Kind::kAppendedList) return ListStep::kAppend;
  return InputError(setting.shown,
                    fmt::format("{} appends to the list, and {} after it would replace the list",
                                Quoted(known->second.word), Quoted(setting.word)),
                    "write += in both");
}

Result<void> ItemHistory::AppendList(const Setting& setting) {
  Result<void> outside = CheckOutside(setting);
  if (!outside) return outside;
  if (!records_.contains(setting.place)) Add(setting, Kind::kAppendedList);
  return {};
}

Result<void> ItemHistory::EnterOneof(const std::string& message, std::string_view oneof,
                                     std::string_view field, const Setting& setting) {
  const auto [member, is_new] = oneofs_.try_emplace({message, std::string(oneof)},
                                                    Member{std::string(field), std::string(setting.word)});
  if (is_new || member->second.field == field) return {};
  return InputError(setting.shown,
                    fmt::format("{} and {} are both members of the oneof {}, which holds one",
                                member->second.field, field, oneof),
                    fmt::format("leave out {} or {}", Quoted(member->second.word), Quoted(setting.word)));
}

// A place inside one that text has set is set already: a wrapper's value, say.
Result<void> ItemHistory::CheckOutside(const Setting& setting) const {
  for (size_t end = setting.place.find('/'); end != std::string::npos;
       end = setting.place.find('/', end + 1)) {
    const auto outside = records_.find(setting.place.substr(0, end + 1));
    if (outside == records_.end() || outside->second.kind != Kind::kText) continue;
    return SetTwice(setting, outside->second.word);
  }
  return {};
}

const ItemHistory::Record* ItemHistory::FirstInside(const std::string& place) const {
  const auto first = records_.lower_bound(place);
  return first != records_.end() && first->first.starts_with(place) ? &first->second : nullptr;
}

void ItemHistory::Add(const Setting& setting, Kind kind) {
  records_.try_emplace(setting.place, Record{kind, std::string(setting.word)});
}

}  // namespace rpcctl
