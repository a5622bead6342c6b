// What a template amounts to when it is given to a call as it stands.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/text_format.h>

#include <memory>
#include <string>
#include <vector>

#include "message/message_maker.h"
#include "message/request_stream.h"
#include "message/request_template.h"
#include "message/wire.h"

namespace rpcctl::testing {

// The words of `text`, one a line, as a shell reads them: nothing but what ShellWord writes is understood.
inline std::vector<std::string> UnquotedLines(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  bool in_quotes = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\'') {
      in_quotes = !in_quotes;
    } else if (!in_quotes && text[i] == '\\') {
      word += text[++i];
    } else if (!in_quotes && text[i] == '\n') {
      words.push_back(std::move(word));
      word.clear();
    } else {
      word += text[i];
    }
  }
  return words;
}

// The one message that `data` and `words` make, by the way that a call goes, as protobuf's text on one line;
// "error: " and the message of what refused it.
inline std::string RequestText(const google::protobuf::Descriptor& type, const std::vector<std::string>& data,
                               const std::vector<std::string>& words) {
  Result<RequestPlan> plan = PlanRequest(data, words);
  if (!plan) return "error: " + plan.error().message;
  if (plan->groups.empty()) plan->groups.emplace_back();
  Result<RequestStream> stream = RequestStream::Open(std::move(*plan), type, {});
  if (!stream) return "error: " + stream.error().message;
  std::string wire;
  Result<RequestStream::Step> step = stream->Next(wire);
  if (!step) return "error: " + step.error().message;
  MessageMaker maker;
  const std::unique_ptr<google::protobuf::Message> message = maker.New(type);
  if (message == nullptr || !MergeWire(wire, *message)) return "error: no message";
  return message->ShortDebugString();
}

inline std::string FromJson(const TemplateTree& tree) {
  return RequestText(*tree.root.type, {TemplateAsJson(tree)}, {});
}

inline std::string FromItems(const TemplateTree& tree) {
  return RequestText(*tree.root.type, {}, UnquotedLines(TemplateAsItems(tree, TemplateComments::kOff)));
}

// Every message type of `file`, those inside others too, but for the entries of maps.
inline std::vector<const google::protobuf::Descriptor*> AllTypes(
    const google::protobuf::FileDescriptor& file) {
  std::vector<const google::protobuf::Descriptor*> types;
  for (int i = 0; i < file.message_type_count(); ++i) types.push_back(file.message_type(i));
  for (size_t next = 0; next < types.size(); ++next) {
    const google::protobuf::Descriptor* type = types[next];
    for (int i = 0; i < type->nested_type_count(); ++i) types.push_back(type->nested_type(i));
  }
  std::erase_if(types, [](const auto* type) { return type->options().map_entry(); });
  return types;
}

}  // namespace rpcctl::testing
