#include "cmd/rpcctl/completion_schema.h"

#include <fmt/format.h>

#include "cmd/rpcctl/client.h"
#include "cmd/rpcctl/connection_plan.h"

namespace rpcctl {
namespace {

// For all that a server is asked: somebody is waiting for a key to answer.
constexpr std::string_view kPatience = "300ms";

// What says who the user is stays here.
ConnectionFlags WithoutCredentials(ConnectionFlags flags) {
  flags.headers.clear();
  flags.header_files.clear();
  flags.call_headers.clear();
  flags.reflection_headers.clear();
  flags.expand_environment = false;
  flags.cert_file.reset();
  flags.key_file.reset();
  return flags;
}

ConnectionFlags ForCompletion(const ConnectionFlags& given) {
  ConnectionFlags flags = WithoutCredentials(given);
  flags.timeout = flags.connect_timeout = std::string(kPatience);
  flags.verbosity = 0;
  flags.colour = "never";
  flags.status = "text";
  flags.keepalive.reset();
  return flags;
}

// A client and the streams it could print to, which nobody reads.
struct Quiet {
  explicit Quiet(const Surroundings& around)
      : surroundings{-1, out, err, false, false, around.environment, around.transport} {}

  StringOutput out = {}, err = {};
  Surroundings surroundings;
  std::shared_ptr<Client> client = nullptr;
};

}  // namespace

KnownSchema SchemaForCompletion(const ConnectionFlags& flags, const Surroundings& around, TimePoint began) {
  const auto quiet = std::make_shared<Quiet>(around);
  Result<ConnectionPlan> plan = MakeConnectionPlan(ForCompletion(flags), quiet->surroundings, began);
  if (!plan) return {.hint = plan.error().message};
  const bool has_files = !plan->protos.empty() || !plan->protosets.empty();
  const bool may_ask = plan->target.is_local;
  if (!may_ask && !has_files) {
    return {.hint = fmt::format("{} is not asked: it has not been used before", plan->target.Name())};
  }
  plan->reflection = plan->reflection && may_ask;
  Result<std::shared_ptr<Client>> client = MakeClient(*plan, quiet->surroundings, 0);
  if (!client) return {.hint = client.error().message};
  quiet->client = std::move(*client);
  return {.schema = quiet->client->schema.get(), .owner = quiet};
}

std::vector<std::string> TargetsUsedBefore(const Surroundings& around) {
  std::vector<std::string> targets;
  if (const std::optional<std::string> own = around.environment("RPCCTL_TARGET")) targets.push_back(*own);
  if (targets.empty() || targets.front() != kDefaultTarget) targets.emplace_back(kDefaultTarget);
  return targets;
}

}  // namespace rpcctl
