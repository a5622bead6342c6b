#include "cmd/rpcctl/completion_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "cmd/rpcctl/cache_place.h"
#include "cmd/rpcctl/client.h"
#include "cmd/rpcctl/connection_plan.h"
#include "cmd/rpcctl/quiet_server.h"
#include "cmd/rpcctl/refresh_command.h"
#include "completion/description.h"
#include "schema/cached_source.h"

namespace rpcctl {
namespace {

using Sources = std::vector<std::unique_ptr<SchemaSource>>;

// For all that a server is asked: somebody is waiting for a key to answer, 300 ms at most, and the process
// itself takes its part of them.
constexpr std::string_view kPatience = "280ms";

SystemTime Now() {
  return std::chrono::system_clock::now();
}

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

// The server of a line, and what the cache knows of it.
struct CompletionSchema::Line {
  Line(const ConnectionFlags& given, const Surroundings& surroundings, TimePoint began)
      : flags(WithoutCredentials(given)),
        environment(surroundings.environment),
        start_detached(surroundings.start_detached),
        around{-1, out, err, false, false, environment},
        cache(CacheOf(around)),
        server(flags, surroundings, kPatience, began) {}

  // The entry that was written with these headers and certificates, else one without any, as the server
  // answers us.
  void FindEntry(const ConnectionFlags& given) {
    const Result<CacheKey> typed = MakeCacheKey(given, around);
    if (!cache || !typed) return;
    for (const CacheKey* one : std::initializer_list<const CacheKey*>{&*typed, &key}) {
      std::optional<CacheFile> found = cache->Find(*one);
      if (!found) continue;
      entry = std::make_shared<const CacheFile>(std::move(*found));
      return;
    }
  }

  // Why the server is not asked; empty when it may be.
  std::string Refusal() const {
    const Result<Target> target = ChooseTarget(flags, around);
    const Result<Route> route = ChooseRoute(*target, flags.proxy, around.environment);
    if (route->proxy && route->proxy->credentials) return "a proxy that wants a password is not asked";
    if (!target->is_local && !IsRemembered())
      return fmt::format("{} is not asked: it has not been used before", key.target);
    if (cache && cache->FailedLately(key, Now())) return fmt::format("{} had no answer just now", key.target);
    return "";
  }

  bool IsRemembered() const {
    if (entry) return true;
    const std::vector<std::string> targets = cache ? cache->Targets(Now()) : std::vector<std::string>();
    return std::ranges::find(targets, key.target) != targets.end();
  }

  // What the cache has, and the server behind it; null where there is neither.
  std::unique_ptr<SchemaSource> ServerSource(bool may_ask) {
    std::unique_ptr<SchemaSource> asked = may_ask ? server.Source() : nullptr;
    return entry ? OpenCachedSchema(entry, std::move(asked)) : std::move(asked);
  }

  StringOutput out = {}, err = {};
  const ConnectionFlags flags;
  const std::function<std::optional<std::string>(const std::string& name)> environment;
  const std::function<void(std::vector<std::string> words)> start_detached;
  const Surroundings around;
  const std::optional<SchemaCache> cache;
  CacheKey key;  // of what the server says to us
  std::shared_ptr<const CacheFile> entry;
  bool is_due = false;  // the entry is to be refreshed
  QuietServer server;
  std::unique_ptr<Schema> schema;
  KnownSchema known;
};

CompletionSchema::CompletionSchema(TimePoint began) : began_(began) {}

CompletionSchema::~CompletionSchema() = default;

KnownSchema CompletionSchema::Open(const ConnectionFlags& flags, const Surroundings& around) {
  if (line_) return line_->known;
  line_ = std::make_unique<Line>(flags, around, began_);
  Result<Sources> sources = OpenFiles(flags);
  if (!sources) return line_->known = {.hint = sources.error().message};
  if (!HasFiles(flags) || flags.reflection) {
    Result<CacheKey> key = MakeCacheKey(line_->flags, line_->around);
    if (!key) return line_->known = {.hint = key.error().message};
    line_->key = std::move(*key);
    line_->FindEntry(flags);
    const std::string refusal = line_->Refusal();
    std::unique_ptr<SchemaSource> server = line_->ServerSource(refusal.empty());
    if (!server && !HasFiles(flags)) return line_->known = {.hint = refusal};
    if (server) sources->push_back(std::move(server));
    line_->is_due = line_->entry && !SchemaCache::IsFresh(*line_->entry, Now()) && refusal.empty();
  }
  line_->schema = std::make_unique<Schema>(std::move(*sources));
  line_->known.schema = line_->schema.get();
  const bool is_told_by_entry = line_->entry && line_->entry->IsComplete() && !HasFiles(flags);
  if (is_told_by_entry) line_->known.methods = MethodsOf(*line_->entry);
  return line_->known;
}

void CompletionSchema::Finish() {
  if (!line_ || !line_->cache) return;
  line_->cache->Learn(line_->key, line_->server.heard(), SchemaCache::Extent::kPart, Now());
  if (line_->server.failure()) {
    line_->cache->NoteFailure(line_->key, Now());
  } else if (line_->is_due) {
    line_->start_detached(RefreshWords(line_->flags, line_->key));
  }
}

std::vector<std::string> TargetsUsedBefore(const Surroundings& around) {
  std::vector<std::string> targets;
  const auto add = [&](std::string target) {
    if (std::ranges::find(targets, target) == targets.end()) targets.push_back(std::move(target));
  };
  if (std::optional<std::string> own = around.environment("RPCCTL_TARGET")) add(std::move(*own));
  if (const std::optional<SchemaCache> cache = CacheOf(around))
    std::ranges::for_each(cache->Targets(Now()), add);
  add(std::string(kDefaultTarget));
  return targets;
}

}  // namespace rpcctl
