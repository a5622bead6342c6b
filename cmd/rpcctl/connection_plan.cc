#include "cmd/rpcctl/connection_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/safe_text.h"
#include "base/text.h"
#include "cmd/rpcctl/option_choice.h"
#include "cmd/rpcctl/option_choices.h"
#include "cmd/rpcctl/option_error.h"
#include "cmd/rpcctl/tls_plan.h"
#include "cmd/rpcctl/version.h"
#include "transport/resolve.h"
#include "transport/transport.h"

namespace rpcctl {
namespace {

constexpr Duration kDefaultConnectTimeout = std::chrono::seconds(10);

bool IsAuthorityCharacter(char c) {
  // RFC 3986, section 3.2, without what would stand for a user or a path.
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  const bool is_digit = c >= '0' && c <= '9';
  return is_letter || is_digit || std::string_view("-._~%!$&'()*+,;=:[]").find(c) != std::string_view::npos;
}

bool IsVisibleAscii(char c) {
  return c >= 0x20 && c <= 0x7E;
}

Result<void> SetNames(const ConnectionFlags& flags, ConnectionPlan& plan) {
  plan.authority = flags.authority.value_or("");
  const bool valid = std::all_of(plan.authority.begin(), plan.authority.end(), IsAuthorityCharacter);
  if (flags.authority && (plan.authority.empty() || !valid)) {
    return Error{ErrorKind::kUsage,
                 fmt::format("--authority: '{}' is no authority", SafeText(plan.authority)),
                 "write it as HOST or HOST:PORT"};
  }
  plan.user_agent = flags.user_agent.value_or(UserAgent());
  if (!plan.user_agent.empty() && std::all_of(plan.user_agent.begin(), plan.user_agent.end(), IsVisibleAscii))
    return {};
  return Error{ErrorKind::kUsage, "--user-agent: the text must be printable ASCII", ""};
}

Result<void> SetKeepalive(const ConnectionFlags& flags, ConnectionPlan& plan) {
  plan.keepalive = flags.no_keepalive ? Duration::max() : kDefaultKeepalive;
  if (!flags.keepalive) return {};
  if (flags.no_keepalive) return ExcludeEachOther("--keepalive", "--no-keepalive", "");
  Result<Duration> interval = ParseTimeLimit(*flags.keepalive);
  if (!interval) return AboutOption("--keepalive", interval.error());
  plan.keepalive = *interval;
  return {};
}

Result<void> SetTimes(const ConnectionFlags& flags, TimePoint began, ConnectionPlan& plan) {
  plan.connect_timeout = kDefaultConnectTimeout;
  if (flags.connect_timeout) {
    Result<Duration> limit = ParseTimeLimit(*flags.connect_timeout);
    if (!limit) return AboutOption("--connect-timeout", limit.error());
    plan.connect_timeout = *limit;
  }
  if (!flags.timeout) return {};
  Result<Duration> limit = ParseTimeLimit(*flags.timeout);
  if (!limit) return AboutOption("--timeout", limit.error());
  plan.deadline = After(began, *limit);
  return {};
}

// Before files are read, one of which may be standard input: to find them this process may become another.
Result<void> FindAbilities(const ConnectionFlags& flags, const Surroundings& around, ConnectionPlan& plan) {
  if (NeedsLookUp(plan.route.proxy ? plan.route.proxy->address : plan.target)) {
    const Result<NameLookUp> look_up = around.abilities.name_look_up();
    if (!look_up) return look_up.error();
    plan.look_up = *look_up;
  }
  Result<TlsPlan> tls = MakeTlsPlan(flags, plan.target, around);
  if (!tls) return tls.error();
  plan.tls = std::move(tls->context);
  plan.warnings = std::move(tls->warnings);
  return {};
}

// `ready` are the headers where they are known already.
Result<void> SetHeaders(const ConnectionFlags& flags, const Surroundings& around,
                        std::optional<HeaderPlan> ready, ConnectionPlan& plan) {
  Result<HeaderPlan> headers = ready ? Result<HeaderPlan>(std::move(*ready)) : MakeHeaderPlan(flags, around);
  if (!headers) return headers.error();
  plan.metadata = std::move(headers->call);
  plan.reflection_metadata = std::move(headers->reflection);
  return {};
}

Result<ConnectionPlan> PlanWith(std::optional<HeaderPlan> ready, const ConnectionFlags& flags,
                                const Surroundings& around, TimePoint began) {
  ConnectionPlan plan;
  Result<Target> target = ChooseTarget(flags, around);
  if (!target) return target.error();
  plan.target = std::move(*target);
  Result<Route> route = ChooseRoute(plan.target, flags.proxy, around.environment);
  if (!route) return route.error();
  plan.route = std::move(*route);
  if (Result<void> found = FindAbilities(flags, around, plan); !found) return found.error();
  if (Result<void> set = SetHeaders(flags, around, std::move(ready), plan); !set) return set.error();
  if (Result<void> set = SetTimes(flags, began, plan); !set) return set.error();
  if (Result<void> set = SetKeepalive(flags, plan); !set) return set.error();
  if (Result<void> set = SetNames(flags, plan); !set) return set.error();
  if (const Result<bool> colour = Choose<bool>("--color", flags.colour, kColourChoices); !colour)
    return colour.error();
  const Result<bool> status_line = Choose<bool>("--status", flags.status, kStatusChoices);
  if (!status_line) return status_line.error();
  plan.protos = flags.protos;
  plan.proto_paths = flags.proto_paths;
  plan.protosets = flags.protosets;
  plan.reflection = flags.reflection;
  plan.verbosity = flags.verbosity;
  plan.status_line = *status_line;
  plan.out_colour = ColourFor(flags.colour, around.out_is_terminal, around);
  for (const Metadata& sent : {plan.metadata, plan.reflection_metadata}) {
    if (Result<void> safe = CheckCredentials(flags, sent, plan); !safe) return safe.error();
  }
  return plan;
}

}  // namespace

Result<void> CheckCredentials(const ConnectionFlags& flags, const Metadata& metadata,
                              const ConnectionPlan& plan) {
  if (plan.target.is_local || plan.tls || flags.allow_plaintext_credentials) return {};
  const auto secret = std::find_if(metadata.begin(), metadata.end(), IsSecret);
  if (secret == metadata.end()) return {};
  const std::string_view why = IsSecretName(secret->name) ? "" : ", whose value is a secret,";
  return Error{ErrorKind::kUsage,
               fmt::format("header '{}'{} would cross the network to '{}' without TLS", secret->name, why,
                           SafeText(plan.target.Name())),
               "--allow-plaintext-credentials sends it all the same"};
}

Result<Target> ChooseTarget(const ConnectionFlags& flags, const Surroundings& around) {
  const std::optional<std::string> named = flags.target ? flags.target : around.environment("RPCCTL_TARGET");
  if (!named) return ParseTarget(kDefaultTarget);
  Result<Target> target = ParseTarget(*named);
  if (!target) return AboutOption(flags.target ? "--target" : "RPCCTL_TARGET", target.error());
  return target;
}

Result<ConnectionPlan> MakeConnectionPlan(const ConnectionFlags& flags, const Surroundings& around,
                                          TimePoint began) {
  return PlanWith(std::nullopt, flags, around, began);
}

Result<ConnectionPlan> MakeConnectionPlan(const ConnectionFlags& flags, const Surroundings& around,
                                          TimePoint began, HeaderPlan headers) {
  return PlanWith(std::move(headers), flags, around, began);
}

std::string DescribeTarget(const ConnectionPlan& plan) {
  const bool unverified = plan.tls && !plan.tls->settings().verify;
  std::string how = unverified ? "TLS, not verified" : (plan.tls ? "TLS" : "plaintext");
  if (!plan.route.why.empty()) how += ", " + plan.route.why;
  return fmt::format("{} ({})", plan.target.Name(), how);
}

Colour ColourFor(const std::string& choice, bool is_terminal, const Surroundings& around) {
  if (choice == "always") return Colour::kOn;
  // https://no-color.org: any value that is not empty counts.
  const bool refused =
      !around.environment("NO_COLOR").value_or("").empty() || around.environment("TERM") == "dumb";
  return choice == "auto" && is_terminal && !refused ? Colour::kOn : Colour::kOff;
}

}  // namespace rpcctl
