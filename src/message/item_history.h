// Remembers what the items of one message have set, so that no item undoes another.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace rpcctl {

// How an item sets a place.
enum class SetBy {
  kText,  // all of it: nothing inside may be set again
  kJson,  // like data given before: later items may be laid over what is inside
};

// What an item with "=" does to a list.
enum class ListStep { kReplace, kAppend };

// An item that is about to set something.
struct Setting {
  std::string place;       // made of PlaceOf...; the same for the same place however the path was typed
  std::string_view shown;  // the path as typed, for messages
  std::string_view word;   // the item as typed, for messages
};

// The places of a message, as the parts of Setting::place. The message itself is "".
std::string PlaceOfField(const std::string& message, int number);
std::string PlaceOfIndex(const std::string& list, int index);
std::string PlaceOfKey(const std::string& map, std::string_view key);

// All errors are kInput, a conflict with an earlier item, which is named.
class ItemHistory final {
 public:
  // A place that is set once: neither itself nor anything inside may have been set before.
  Result<void> Set(const Setting& setting, SetBy by);
  // "=" on a list: the first replaces what the data gave, the next ones append.
  Result<ListStep> AssignList(const Setting& setting);
  // "+=" on a list.
  Result<void> AppendList(const Setting& setting);
  // The member `field` of the oneof `oneof` of the message at `message` holds a value: no other may.
  Result<void> EnterOneof(const std::string& message, std::string_view oneof, std::string_view field,
                          const Setting& setting);

 private:
  enum class Kind { kText, kJson, kList, kAppendedList };
  struct Record {
    Kind kind;
    std::string word;
  };
  struct Member {
    std::string field;
    std::string word;
  };

  Result<void> CheckOutside(const Setting& setting) const;
  const Record* FirstInside(const std::string& place) const;
  void Add(const Setting& setting, Kind kind);

  std::map<std::string, Record> records_;                         // by place
  std::map<std::pair<std::string, std::string>, Member> oneofs_;  // by message and oneof
};

}  // namespace rpcctl
