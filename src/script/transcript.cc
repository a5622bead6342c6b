#include "script/transcript.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include "script/judged_status.h"
#include "script/told_text.h"

namespace rpcctl {
namespace {

constexpr size_t kMostMessagesTold = 10;

}  // namespace

void Transcript::AddMessage(char mark, const google::protobuf::Descriptor& type, std::string_view wire) {
  if (told_ > kMostMessagesTold) return;
  if (told_++ == kMostMessagesTold) {
    lines_.emplace_back("  ...");
    return;
  }
  lines_.push_back(fmt::format("{} {}", mark, messages_.Excerpt(type, wire, kMostBytesTold)));
}

void Transcript::AddRequest(std::string_view wire) {
  AddMessage('>', *method_.input_type(), wire);
}

void Transcript::AddResponse(std::string_view wire) {
  AddMessage('<', *method_.output_type(), wire);
}

void Transcript::AddOutcome(const CallOutcome& outcome) {
  lines_.push_back("= " + StatusText(JudgedStatus(outcome)));
}

}  // namespace rpcctl
