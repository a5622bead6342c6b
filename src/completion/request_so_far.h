// What the items before the cursor have set in the message that is being written.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "message/field_resolver.h"
#include "message/item.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace rpcctl {

class Schema;

// Where a path leads: a field, with the element that the path chooses of it.
struct ReachedPlace {
  ResolvedStep step;  // none when the path ends in "@type" of an Any
  std::string place;  // as ItemHistory has places
};

// Reads items without making a message of them: what is wrong with one is for the call to say, and here such
// an item counts as far as it is understood.
class RequestSoFar final {
 public:
  // `words` are the items before the one being typed; those of earlier messages count for nothing. Borrows
  // both others.
  RequestSoFar(const google::protobuf::Descriptor& type, Schema& schema, std::span<const std::string> words);

  const google::protobuf::Descriptor& type() const { return type_; }
  // Errors are those of ResolveFields, and one for what is inside an Any of unknown type.
  Result<ReachedPlace> Follow(const FieldPath& path) const;

  // Adds the extensions of `extended` that are known so far.
  void FindExtensions(const google::protobuf::Descriptor& extended,
                      std::vector<const google::protobuf::FieldDescriptor*>& found) const;
  Schema& schema() const { return schema_; }

  // Whether the single value at `place` is set as a whole.
  bool IsSet(const std::string& place) const { return set_.contains(place); }
  // Whether another member of the oneof of `field`, of the message at `message`, is set.
  bool IsExcluded(const std::string& message, const google::protobuf::FieldDescriptor& field) const;
  // How many elements the list at `place` has; 0 where nobody can tell.
  int ListSize(const std::string& place) const;
  // The keys of the map at `place`, sorted, as they were typed.
  std::vector<std::string> Keys(const std::string& place) const;
  // The type in the Any at `place`; null when it is not known.
  const google::protobuf::Descriptor* TypeInAny(const std::string& place) const;

 private:
  using Visit = std::function<void(const std::string& message, const ReachedPlace& reached)>;

  Result<ReachedPlace> Walk(const FieldPath& path, const Visit& visit) const;
  void Note(const Item& item);
  void NoteStep(const std::string& message, const ReachedPlace& reached, const FieldPath& path);
  void NoteEnd(const ReachedPlace& reached, const Item& item);

  const google::protobuf::Descriptor& type_;
  Schema& schema_;
  std::set<std::string> set_;
  std::map<std::pair<std::string, std::string>, int> oneofs_;  // message and oneof: the number of the member
  std::map<std::string, int> sizes_;
  std::map<std::string, std::set<std::string>> keys_;
  std::map<std::string, std::string> any_types_;
};

// The type of the messages in `field`, or in one element of it; null where it holds none.
const google::protobuf::Descriptor* MessageTypeOf(const google::protobuf::FieldDescriptor& field);

}  // namespace rpcctl
