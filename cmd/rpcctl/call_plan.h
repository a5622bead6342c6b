// What the options of `call` mean, once they were checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cmd/rpcctl/connection_plan.h"
#include "cmd/rpcctl/flags.h"
#include "message/json_style.h"
#include "message/request_words.h"
#include "transport/compression.h"

namespace rpcctl {

struct CallPlan {
  enum class Output { kJson, kTemplate, kText, kBinary, kNone };
  // Another tool, or way of saying it, that --as prints the call for.
  enum class Translation { kNone, kGrpcurl, kItems, kJson, kScript };

  ConnectionPlan connection;
  RequestPlan request;
  Output output = Output::kJson;
  JsonStyle style;
  std::string format;  // the template, with kTemplate
  uint64_t limit = 0;
  uint64_t max_message_size = 0;
  Compression compression = Compression::kNone;  // of requests
  bool dry_run = false;
  bool allow_unknown = false;
  bool counts = false;  // a long stream is counted on standard error while it lasts
  Translation translation = Translation::kNone;
  std::optional<std::string> record;  // the script that the call is added to
};

// What --limit says: how many of `things` ("messages") are wanted. Errors are kUsage.
Result<uint64_t> ParseLimit(const std::string& text, std::string_view things);

// What the words and options of `call` say of the call itself, whatever it is made through: its request,
// limits and compression. Errors are kUsage or kInput and name the option or the word.
Result<CallPlan> PlanCallItself(const CallFlags& flags);

// Errors are kUsage or kInput and name the option or the word.
Result<CallPlan> MakeCallPlan(const Flags& flags, const Surroundings& around, TimePoint began);

}  // namespace rpcctl
