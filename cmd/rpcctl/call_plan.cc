#include "cmd/rpcctl/call_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <limits>
#include <utility>

#include "base/safe_text.h"
#include "base/size.h"
#include "base/text.h"
#include "cmd/rpcctl/option_choice.h"
#include "cmd/rpcctl/option_choices.h"
#include "transport/transport.h"

namespace rpcctl {
namespace {

// A gRPC message has a length of 32 bits; the official core counts it in an int.
constexpr uint64_t kMostMessageBytes = std::numeric_limits<int32_t>::max();

using Output = CallPlan::Output;
using Translation = CallPlan::Translation;

Result<void> SetFormat(const CallFlags& flags, bool is_terminal, CallPlan& plan) {
  if (flags.format && flags.output) {
    return Error{ErrorKind::kUsage, "--format and --output exclude each other",
                 "a template is an output format of its own"};
  }
  if (flags.format) {
    plan.output = Output::kTemplate;
    plan.format = *flags.format;
    return {};
  }
  const std::string name = flags.output.value_or("auto");
  const Result<OutputChoice> choice = Choose<OutputChoice>("--output", name, kOutputChoices);
  if (!choice) return choice.error();
  plan.output = choice->output;
  plan.style.layout = name == "auto" && is_terminal ? JsonLayout::kIndented : choice->layout;
  if (plan.output != Output::kBinary || !is_terminal) return {};
  return Error{ErrorKind::kUsage, "--output binary is not for a terminal",
               "redirect it: > FILE, or | COMMAND"};
}

Result<void> SetOutput(const CallFlags& flags, bool is_terminal, CallPlan& plan) {
  if (Result<void> set = SetFormat(flags, is_terminal, plan); !set) return set;
  plan.style.proto_names = flags.proto_names;
  plan.style.defaults = flags.defaults;
  const bool not_json =
      plan.output == Output::kText || plan.output == Output::kBinary || plan.output == Output::kTemplate;
  if (!not_json || (!flags.proto_names && !flags.defaults)) return {};
  return Error{ErrorKind::kUsage,
               fmt::format("{} is for JSON output only", flags.defaults ? "--defaults" : "--proto-names"),
               ""};
}

Result<void> SetRequest(const CallFlags& flags, CallPlan& plan) {
  const Result<DataFormat> format = Choose<DataFormat>("--in", flags.input, kInputChoices);
  if (!format) return format.error();
  if (flags.translation) {
    Result<Translation> chosen = Choose<Translation>("--as", *flags.translation, kTranslationChoices);
    if (!chosen) return chosen.error();
    plan.translation = *chosen;
  }
  plan.dry_run = flags.dry_run;
  if (flags.record && (flags.translation || flags.dry_run)) {
    return Error{ErrorKind::kUsage,
                 fmt::format("--record and {} exclude each other", flags.dry_run ? "--dry-run" : "--as"),
                 "--record makes the call, to see what holds"};
  }
  plan.record = flags.record;
  plan.allow_unknown = flags.allow_unknown;
  Result<RequestPlan> request = PlanRequest(flags.data, flags.words, *format);
  if (!request) return request.error();
  plan.request = std::move(*request);
  return {};
}

// Where nobody would see the responses themselves while they stream, and a line can be taken away again.
bool MayCount(const CallPlan& plan, const Surroundings& around) {
  if (plan.connection.status_line) return false;
  const bool unseen = !around.out_is_terminal || plan.output == Output::kNone;
  return unseen && around.err_is_terminal && around.environment("TERM") != "dumb";
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
  Result<uint64_t> limit = ParseLimit(*flags.limit, "messages");
  if (!limit) return limit.error();
  plan.limit = *limit;
  return {};
}

// "Greeter SayHello", as some tools have it: a second word that is no item but could be the method's name.
std::optional<Error> PartedMethod(const CallFlags& flags) {
  if (flags.words.empty() || flags.method.find('/') != std::string::npos) return std::nullopt;
  const std::string& second = flags.words.front();
  const bool is_name = !second.empty() && second[0] >= 'A' && second[0] <= 'Z' &&
                       std::ranges::all_of(second, [](unsigned char c) { return std::isalnum(c) != 0; });
  if (!is_name) return std::nullopt;
  return Error{
      ErrorKind::kUsage, fmt::format("'{}' is no item: it has no '='", SafeText(second)),
      fmt::format("service and method are one word: {}.{}", SafeText(flags.method), SafeText(second))};
}

Result<void> SetCompression(const CallFlags& flags, CallPlan& plan) {
  if (!flags.compression) return {};
  if (*flags.compression != "gzip") {
    return Error{ErrorKind::kUsage,
                 fmt::format("--compress: '{}' is not known", SafeText(*flags.compression)),
                 "the one compression there is is gzip"};
  }
  plan.compression = Compression::kGzip;
  return {};
}

// That the first word can be a method at all.
Result<void> CheckMethodWord(const CallFlags& flags) {
  if (flags.method.find_first_of("={ ") != std::string::npos) {
    return Error{ErrorKind::kUsage,
                 fmt::format("'{}' stands where the METHOD is expected", SafeText(flags.method)),
                 "the method comes first: rpcctl call Greeter.SayHello name=you"};
  }
  if (std::optional<Error> parted = PartedMethod(flags)) return std::move(*parted);
  return {};
}

}  // namespace

Result<uint64_t> ParseLimit(const std::string& text, std::string_view things) {
  uint64_t limit = 0;
  const char* end = text.data() + text.size();
  const auto [stop, code] = std::from_chars(text.data(), end, limit);
  if (code == std::errc() && stop == end && limit > 0) return limit;
  return Error{ErrorKind::kUsage, fmt::format("--limit: '{}' is not a number of {}", SafeText(text), things),
               "write a whole number above zero"};
}

Result<CallPlan> PlanCallItself(const CallFlags& flags) {
  CallPlan plan;
  if (Result<void> checked = CheckMethodWord(flags); !checked) return checked.error();
  if (Result<void> set = SetLimits(flags, plan); !set) return set.error();
  if (Result<void> set = SetCompression(flags, plan); !set) return set.error();
  if (Result<void> set = SetRequest(flags, plan); !set) return set.error();
  return plan;
}

Result<CallPlan> MakeCallPlan(const Flags& flags, const Surroundings& around, TimePoint began) {
  if (Result<void> checked = CheckMethodWord(flags.call); !checked) return checked.error();
  Result<ConnectionPlan> connection = MakeConnectionPlan(flags.connection, around, began);
  if (!connection) return connection.error();
  CallPlan outward;
  if (Result<void> set = SetOutput(flags.call, around.out_is_terminal, outward); !set) return set.error();
  Result<CallPlan> plan = PlanCallItself(flags.call);
  if (!plan) return plan;
  plan->connection = std::move(*connection);
  plan->output = outward.output;
  plan->style = outward.style;
  plan->format = std::move(outward.format);
  plan->counts = MayCount(*plan, around);
  return plan;
}

}  // namespace rpcctl
