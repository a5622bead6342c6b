#include "cmd/rpcctl/refresh_command.h"

#include <filesystem>
#include <system_error>

#include "cmd/rpcctl/cache_place.h"
#include "cmd/rpcctl/command_line.h"
#include "cmd/rpcctl/quiet_server.h"
#include "schema/file_fetcher.h"
#include "schema/file_store.h"

namespace rpcctl {
namespace {

// Nobody waits for it, and nothing may be left running for long.
constexpr std::string_view kPatience = "10s";

// One word, so that no value is taken for an option.
void AddOption(std::string_view name, const std::optional<std::string>& value,
               std::vector<std::string>& words) {
  if (value) words.push_back(std::string(name).append("=").append(*value));
}

// Asks `server` for all there is.
void HearAll(QuietServer& server) {
  std::vector<std::unique_ptr<SchemaSource>> sources;
  sources.push_back(server.Source());
  FileStore store;
  FileFetcher(sources, store).FetchAll();
}

// For a process that runs elsewhere. Not normalized: what `..` leads to is for the system to say.
std::optional<std::string> FromRoot(const std::optional<std::string>& path) {
  if (!path) return path;
  std::error_code failure;
  const std::filesystem::path absolute = std::filesystem::absolute(*path, failure);
  return failure ? *path : absolute.string();
}

// As it was decided: the environment may say another thing than the line.
std::string ProxyOf(const Route& route) {
  return route.proxy ? route.proxy->Name() : "none";
}

}  // namespace

std::vector<std::string> RefreshWords(const ConnectionFlags& flags, const CacheKey& key, const Route& route) {
  std::vector<std::string> words{std::string(kRefreshCommand)};
  AddOption("--target", key.target, words);
  AddOption("--cacert", FromRoot(flags.ca_file), words);
  AddOption("--server-name", flags.server_name, words);
  AddOption("--authority", flags.authority, words);
  AddOption("--proxy", ProxyOf(route), words);
  if (flags.plaintext) words.emplace_back("--plaintext");
  if (flags.tls) words.emplace_back("--tls");
  if (flags.insecure) words.emplace_back("--insecure");
  return words;
}

void RunRefreshCommand(std::span<const std::string> words, const Surroundings& around) {
  // Any command that connects has these options.
  std::vector<std::string> line{"list"};
  line.insert(line.end(), words.begin(), words.end());
  const Result<Flags> flags = ParseCommandLine(line);
  const std::optional<SchemaCache> cache = CacheOf(around);
  if (!flags || !cache) return;
  const Result<CacheKey> key = MakeCacheKey(WithoutCredentials(flags->connection), around);
  if (!key) return;
  const auto now = [] { return std::chrono::system_clock::now(); };
  QuietServer server(flags->connection, around, kPatience, std::chrono::steady_clock::now());
  if (!server.Prepare()) return;
  const std::optional<OwnedDescriptor> turn = cache->TakeTurn(*key);
  const std::optional<CacheFile> entry = cache->Find(*key);
  const bool has_all = entry && entry->IsComplete() && SchemaCache::IsFresh(*entry, now());
  if (!turn || has_all) return;
  // As long as it has not answered, nobody else asks.
  cache->NoteFailure(*key, now());
  HearAll(server);
  if (server.failure()) return cache->NoteFailure(*key, now());
  cache->Learn(*key, server.heard(), SchemaCache::Extent::kWhole, now());
}

}  // namespace rpcctl
