// Parses the messages that a script is judged by.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "message/message_json.h"
#include "message/message_parser.h"

namespace rpcctl {

// Of any type, and keeps for the next message what that takes. Not for several threads at once.
class MessageTable final {
 public:
  // `known` is complete.
  explicit MessageTable(KnownTypes known) : known_(known), json_(known) {}

  // The message in `wire`, good until the next one of its type; an error as for a response that does not
  // parse.
  Result<const google::protobuf::Message*> Parse(const google::protobuf::Descriptor& type,
                                                 std::string_view wire);
  MessageJson& json() { return json_; }
  // The JSON of `wire`, at most about `limit` bytes of it.
  std::string Excerpt(const google::protobuf::Descriptor& type, std::string_view wire, size_t limit);
  const KnownTypes& known() const { return known_; }

 private:
  const KnownTypes known_;
  std::map<const google::protobuf::Descriptor*, std::unique_ptr<MessageParser>> parsers_;
  MessageJson json_;
};

}  // namespace rpcctl
