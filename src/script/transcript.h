// What went over the wire in one step, for the report of its failure.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "call/call_outcome.h"
#include "script/message_table.h"

namespace google::protobuf {
class MethodDescriptor;
}

namespace rpcctl {

// Lines as CaseReport has them. Flat in memory however many messages there are.
class Transcript final {
 public:
  // Borrows both for life.
  Transcript(const google::protobuf::MethodDescriptor& method, MessageTable& messages)
      : method_(method), messages_(messages) {}

  void AddRequest(std::string_view wire);
  void AddResponse(std::string_view wire);
  void AddOutcome(const CallOutcome& outcome);
  // The call goes on, and nothing more is told of it.
  void BreakOff() { lines_.emplace_back("= (still open)"); }
  std::vector<std::string> Take() { return std::move(lines_); }

 private:
  void AddMessage(char mark, const google::protobuf::Descriptor& type, std::string_view wire);

  const google::protobuf::MethodDescriptor& method_;
  MessageTable& messages_;
  size_t told_ = 0;  // messages
  std::vector<std::string> lines_;
};

}  // namespace rpcctl
