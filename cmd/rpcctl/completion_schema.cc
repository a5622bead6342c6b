#include "cmd/rpcctl/completion_schema.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "cmd/rpcctl/cache_place.h"
#include "cmd/rpcctl/client.h"
#include "cmd/rpcctl/connection_plan.h"
#include "cmd/rpcctl/known_server.h"
#include "schema/method_text.h"
#include "schema/schema.h"

namespace rpcctl {
namespace {

using Sources = std::vector<std::unique_ptr<SchemaSource>>;

bool HasFiles(const ConnectionFlags& flags) {
  return !flags.protos.empty() || !flags.protosets.empty();
}

Result<Sources> OpenFiles(const ConnectionFlags& flags) {
  ConnectionPlan plan;
  plan.protos = flags.protos;
  plan.proto_paths = flags.proto_paths;
  plan.protosets = flags.protosets;
  return OpenSchemaFiles(plan);
}

// With the same descriptions that the types would give.
std::vector<KnownMethod> MethodsOf(const CacheFile& entry) {
  std::vector<KnownMethod> methods;
  for (CachedMethod& method : entry.Methods()) {
    std::string comment = FirstSentence(method.comment);
    methods.push_back({std::move(method.service), std::move(method.method),
                       comment.empty() ? std::move(method.signature) : std::move(comment)});
  }
  return methods;
}

}  // namespace

struct CompletionSchema::Line {
  Line(const ConnectionFlags& flags, const Surroundings& around, TimePoint began)
      : server(flags, around, began) {}

  KnownServer server;
  std::unique_ptr<Schema> schema;
  KnownSchema known;
};

CompletionSchema::CompletionSchema(TimePoint began) : began_(began) {}

CompletionSchema::~CompletionSchema() = default;

KnownSchema CompletionSchema::Open(const ConnectionFlags& flags, const Surroundings& around) {
  if (line_) return line_->known;
  line_ = std::make_unique<Line>(flags, around, began_);
  KnownServer& server = line_->server;
  Result<Sources> sources = OpenFiles(flags);
  if (!sources) return line_->known = {.hint = sources.error().message};
  if (!HasFiles(flags) || flags.reflection) {
    if (Result<void> found = server.Find(); !found) return line_->known = {.hint = found.error().message};
    std::unique_ptr<SchemaSource> source = server.Source();
    if (!source && !HasFiles(flags)) return line_->known = {.hint = server.refusal()};
    if (source) sources->push_back(std::move(source));
  }
  line_->schema = std::make_unique<Schema>(std::move(*sources));
  line_->known.schema = line_->schema.get();
  const bool is_told_by_entry = server.entry() && server.entry()->IsComplete() && !HasFiles(flags);
  if (is_told_by_entry) line_->known.methods = MethodsOf(*server.entry());
  return line_->known;
}

void CompletionSchema::Finish() {
  if (line_) line_->server.Finish();
}

std::vector<std::string> TargetsUsedBefore(const Surroundings& around) {
  std::vector<std::string> targets;
  const auto add = [&](std::string target) {
    if (std::ranges::find(targets, target) == targets.end()) targets.push_back(std::move(target));
  };
  if (std::optional<std::string> own = around.environment("RPCCTL_TARGET")) add(std::move(*own));
  if (const std::optional<SchemaCache> cache = CacheOf(around))
    std::ranges::for_each(cache->Targets(std::chrono::system_clock::now()), add);
  add(std::string(kDefaultTarget));
  return targets;
}

}  // namespace rpcctl
