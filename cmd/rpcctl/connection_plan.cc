#include "cmd/rpcctl/connection_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/safe_text.h"
#include "base/text.h"

namespace rpcctl {
namespace {

constexpr Duration kDefaultConnectTimeout = std::chrono::seconds(10);

// The same error with the option it is about in front.
Error About(std::string_view option, const Error& error) {
  return {error.kind, fmt::format("{}: {}", option, error.message), error.hint};
}

Result<Target> ChosenTarget(const ConnectionFlags& flags, const Surroundings& around) {
  const std::optional<std::string> named = flags.target ? flags.target : around.environment("RPCCTL_TARGET");
  if (!named) return ParseTarget(kDefaultTarget);
  Result<Target> target = ParseTarget(*named);
  if (!target) return About(flags.target ? "--target" : "RPCCTL_TARGET", target.error());
  return target;
}

Result<Metadata> ParseHeaders(const std::vector<std::string>& headers) {
  Metadata metadata;
  for (const std::string& header : headers) {
    Result<MetadataEntry> entry = ParseMetadata(header);
    if (!entry) return About("--header", entry.error());
    metadata.push_back(std::move(*entry));
  }
  return metadata;
}

Result<void> CheckSecurity(const ConnectionFlags& flags, const ConnectionPlan& plan) {
  if (plan.target.is_local) return {};
  if (!flags.plaintext) {
    return Error{
        ErrorKind::kUsage,
        fmt::format("'{}' is another machine, and TLS is not built yet", SafeText(plan.target.Name())),
        "--plaintext talks to it without TLS"};
  }
  for (const MetadataEntry& entry : plan.metadata) {
    if (!IsSecretName(entry.name) || flags.allow_plaintext_credentials) continue;
    return Error{ErrorKind::kUsage,
                 fmt::format("header '{}' would cross the network to '{}' without TLS", entry.name,
                             SafeText(plan.target.Name())),
                 "--allow-plaintext-credentials sends it all the same"};
  }
  return {};
}

Result<void> CheckChoice(std::string_view option, const std::string& choice,
                         const std::vector<std::string>& values) {
  if (std::ranges::find(values, choice) != values.end()) return {};
  return Error{ErrorKind::kUsage, fmt::format("{}: '{}' is none of its values", option, SafeText(choice)),
               "the values are " + JoinForSentence(values, "and")};
}

Result<void> SetTimes(const ConnectionFlags& flags, TimePoint began, ConnectionPlan& plan) {
  plan.connect_timeout = kDefaultConnectTimeout;
  if (flags.connect_timeout) {
    Result<Duration> limit = ParseTimeLimit(*flags.connect_timeout);
    if (!limit) return About("--connect-timeout", limit.error());
    plan.connect_timeout = *limit;
  }
  if (!flags.timeout) return {};
  Result<Duration> limit = ParseTimeLimit(*flags.timeout);
  if (!limit) return About("--timeout", limit.error());
  plan.deadline = After(began, *limit);
  return {};
}

}  // namespace

Result<ConnectionPlan> MakeConnectionPlan(const ConnectionFlags& flags, const Surroundings& around,
                                          TimePoint began) {
  ConnectionPlan plan;
  Result<Target> target = ChosenTarget(flags, around);
  if (!target) return target.error();
  plan.target = std::move(*target);
  Result<Metadata> metadata = ParseHeaders(flags.headers);
  if (!metadata) return metadata.error();
  plan.metadata = std::move(*metadata);
  if (Result<void> set = SetTimes(flags, began, plan); !set) return set.error();
  if (Result<void> valid = CheckChoice("--color", flags.colour, {"auto", "always", "never"}); !valid)
    return valid.error();
  if (Result<void> valid = CheckChoice("--status", flags.status, {"text", "json"}); !valid)
    return valid.error();
  plan.protos = flags.protos;
  plan.proto_paths = flags.proto_paths;
  plan.verbosity = flags.verbosity;
  plan.status_line = flags.status == "json";
  plan.out_colour = ColourFor(flags.colour, around.out_is_terminal, around);
  if (Result<void> safe = CheckSecurity(flags, plan); !safe) return safe.error();
  return plan;
}

Colour ColourFor(const std::string& choice, bool is_terminal, const Surroundings& around) {
  if (choice == "always") return Colour::kOn;
  // https://no-color.org: any value that is not empty counts.
  const bool refused =
      !around.environment("NO_COLOR").value_or("").empty() || around.environment("TERM") == "dumb";
  return choice == "auto" && is_terminal && !refused ? Colour::kOn : Colour::kOff;
}

}  // namespace rpcctl
