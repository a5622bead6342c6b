#include "cmd/rpcctl/call_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "base/safe_text.h"
#include "base/size.h"
#include "base/text.h"
#include "transport/transport.h"

namespace rpcctl {
namespace {

// A gRPC message has a length of 32 bits; the official core counts it in an int.
constexpr uint64_t kMostMessageBytes = std::numeric_limits<int32_t>::max();

Result<void> SetOutput(const CallFlags& flags, bool is_terminal, CallPlan& plan) {
  if (flags.format && flags.output) {
    return Error{ErrorKind::kUsage, "--format and --output exclude each other",
                 "a template is an output format of its own"};
  }
  if (flags.format) {
    plan.output = CallPlan::Output::kTemplate;
    plan.format = *flags.format;
    return {};
  }
  const std::string name = flags.output.value_or("auto");
  const std::string kind = name == "auto" ? (is_terminal ? "json" : "jsonl") : name;
  plan.layout = kind == "json" ? JsonLayout::kIndented : JsonLayout::kCompact;
  plan.output = kind == "none" ? CallPlan::Output::kNone : CallPlan::Output::kJson;
  const std::vector<std::string> formats = {"auto", "json", "jsonl", "none"};
  if (kind == "json" || kind == "jsonl" || kind == "none") return {};
  const std::string hint = DidYouMean(name, formats);
  return Error{ErrorKind::kUsage, fmt::format("--output: '{}' is no output format", SafeText(name)),
               hint.empty() ? "the formats are " + JoinForSentence(formats, "and") : hint};
}

Result<void> SetLimits(const CallFlags& flags, CallPlan& plan) {
  plan.max_message_size = kDefaultMaxMessageSize;
  if (flags.max_message_size) {
    Result<uint64_t> size = ParseSize(*flags.max_message_size);
    if (!size)
      return Error{ErrorKind::kUsage, "--max-message-size: " + size.error().message, size.error().hint};
    if (*size == 0) {
      return Error{ErrorKind::kUsage, "--max-message-size: '0' would refuse every response",
                   "write a size above zero"};
    }
    plan.max_message_size = std::min(*size, kMostMessageBytes);
  }
  if (!flags.limit) return {};
  const char* end = flags.limit->data() + flags.limit->size();
  const auto [stop, code] = std::from_chars(flags.limit->data(), end, plan.limit);
  if (code == std::errc() && stop == end && plan.limit > 0) return {};
  return Error{ErrorKind::kUsage,
               fmt::format("--limit: '{}' is not a number of messages", SafeText(*flags.limit)),
               "write a whole number above zero"};
}

}  // namespace

Result<CallPlan> MakeCallPlan(const Flags& flags, const Surroundings& around, TimePoint began) {
  if (flags.call.method.find_first_of("={ ") != std::string::npos) {
    return Error{ErrorKind::kUsage,
                 fmt::format("'{}' stands where the METHOD is expected", SafeText(flags.call.method)),
                 "the method comes first: rpcctl call Greeter.SayHello name=you"};
  }
  CallPlan plan;
  Result<ConnectionPlan> connection = MakeConnectionPlan(flags.connection, around, began);
  if (!connection) return connection.error();
  plan.connection = std::move(*connection);
  if (Result<void> set = SetOutput(flags.call, around.out_is_terminal, plan); !set) return set.error();
  if (Result<void> set = SetLimits(flags.call, plan); !set) return set.error();
  plan.dry_run = flags.call.dry_run;
  Result<RequestPlan> request = PlanRequest(flags.call.data, flags.call.words);
  if (!request) return request.error();
  plan.request = std::move(*request);
  return plan;
}

}  // namespace rpcctl
