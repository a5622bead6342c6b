#include "cmd/rpcctl/cache_place.h"

#include <unistd.h>

#include <filesystem>
#include <set>
#include <system_error>

#include "base/text.h"
#include "cmd/rpcctl/connection_plan.h"

namespace rpcctl {
namespace {

// The same file from wherever it was named. One that cannot be told stays as it was written.
std::string FromRoot(const std::string& path) {
  std::error_code failure;
  const std::filesystem::path absolute = std::filesystem::absolute(path, failure);
  return failure ? path : absolute.lexically_normal().string();
}

// One line of the key. What was typed may have newlines; a length in front keeps the lines apart.
void AddLine(std::string_view name, const std::string& value, std::string& text) {
  text.append(name).append(" ").append(std::to_string(value.size())).append(" ").append(value).append("\n");
}

void AddFile(std::string_view name, const std::optional<std::string>& path, std::string& text) {
  if (path) AddLine(name, FromRoot(*path), text);
}

bool HasTls(const ConnectionFlags& flags, const Target& target) {
  const bool asks = flags.tls || flags.ca_file || flags.cert_file || flags.server_name || flags.insecure;
  return !flags.plaintext && (asks || !target.is_local);
}

// Where a connection leads. Each place has a line of each sort, so that none begins another.
std::string PlaceOf(const ConnectionFlags& flags, const Target& target, const Route& route,
                    const std::string& name) {
  std::string place;
  AddLine("target", name, place);
  place += !HasTls(flags, target) ? "plaintext\n" : (flags.insecure ? "unverified TLS\n" : "TLS\n");
  if (!route.proxy) return place + "directly\n";
  AddLine("proxy", route.proxy->Name(), place);
  return place;
}

void AddTls(const ConnectionFlags& flags, std::string& text) {
  if (flags.server_name) AddLine("server name", *flags.server_name, text);
  AddFile("CA", flags.ca_file, text);
  AddFile("certificate", flags.cert_file, text);
  AddFile("key", flags.key_file, text);
}

// The names of headers that reflection is asked with, in lower case as they are sent.
void AddHeaders(const ConnectionFlags& flags, std::string& text) {
  std::set<std::string> names;
  for (const auto* headers : {&flags.headers, &flags.reflection_headers}) {
    for (const std::string& header : *headers) names.insert(ToLowerAscii(header.substr(0, header.find(':'))));
  }
  for (const std::string& name : names) AddLine("header", name, text);
  for (const std::string& file : flags.header_files) AddLine("header file", FromRoot(file), text);
}

std::string NameFromRoot(Target target) {
  if (target.kind == Target::Kind::kUnix) target.socket = FromRoot(target.socket);
  return target.Name();
}

}  // namespace

std::optional<SchemaCache> CacheOf(const Surroundings& around) {
  // Under another user's rights the folders that the environment names are not that user's.
  if (getuid() != geteuid() || getgid() != getegid()) return std::nullopt;
  const std::string home = around.environment("HOME").value_or("");
  const std::string caches = around.environment("XDG_CACHE_HOME").value_or("");
  if (caches.starts_with('/')) return SchemaCache(caches + "/rpcctl", geteuid());
  // A home that is not there is none to be made.
  if (home.starts_with('/') && access(home.c_str(), F_OK) == 0)
    return SchemaCache(home + "/.cache/rpcctl", geteuid());
  return std::nullopt;
}

Result<CacheKey> MakeCacheKey(const ConnectionFlags& flags, const Surroundings& around) {
  const Result<Target> target = ChooseTarget(flags, around);
  if (!target) return target.error();
  const Result<Route> route = ChooseRoute(*target, flags.proxy, around.environment);
  if (!route) return route.error();
  CacheKey key{NameFromRoot(*target)};
  key.text = key.place = PlaceOf(flags, *target, *route, key.target);
  if (HasTls(flags, *target)) AddTls(flags, key.text);
  if (flags.authority) AddLine("authority", *flags.authority, key.text);
  AddHeaders(flags, key.text);
  return key;
}

void FeedCache(const SchemaRecord& heard, const ConnectionFlags& flags, const Surroundings& around) {
  const std::optional<SchemaCache> cache = CacheOf(around);
  if (!cache) return;
  const Result<CacheKey> key = MakeCacheKey(flags, around);
  if (key) cache->Learn(*key, heard, SchemaCache::Extent::kPart, std::chrono::system_clock::now());
}

}  // namespace rpcctl
