#include "schema/file_fetcher.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/safe_text.h"
#include "base/text.h"
#include "schema/builtin_files.h"
#include "schema/file_check.h"
#include "schema/file_store.h"
#include "schema/limits.h"

namespace rpcctl {
namespace {

constexpr size_t kShownNameBytes = 200;

void KeepFirst(std::optional<Error>& first, const Error& error) {
  if (!first) first = error;
}

}  // namespace

std::vector<std::string> SourceNames(const FileFetcher::Sources& sources) {
  std::vector<std::string> names;
  for (const auto& source : sources) names.push_back(source->Name());
  return names;
}

FileFetcher::FileFetcher(const Sources& sources, FileStore& store) : sources_(sources), store_(store) {}

Result<StoredFile*> FileFetcher::Locate(const std::string& symbol) {
  std::optional<Error> failure;
  for (size_t i = 0; i < sources_.size(); ++i) {
    StoredFile* known = store_.FindDeclaring(symbol);
    if (known != nullptr && known->source <= i) return known;
    if (store_.limit_reached()) break;
    Result<std::vector<SchemaFile>> answer = sources_[i]->FilesWithSymbol(symbol);
    if (!answer) {
      KeepFirst(failure, answer.error());
      continue;
    }
    const std::string first = answer->empty() ? "" : answer->front().name;
    Take(i, std::move(*answer));
    if (StoredFile* found = store_.FindDeclaring(symbol)) return found;
    // Of a file that could not be read at all nobody knows what it declares.
    const StoredFile* sent = store_.Find(first);
    if (sent != nullptr && sent->problem) KeepFirst(failure, *sent->problem);
  }
  StoredFile* found = store_.FindDeclaring(symbol);
  if (store_.limit_reached()) KeepFirst(failure, *store_.limit_reached());
  if (found == nullptr && failure) return *failure;
  return found;
}

Result<void> FileFetcher::FetchImports(StoredFile& file) {
  std::unordered_set<const StoredFile*> seen = {&file};
  std::vector<StoredFile*> level = {&file};
  for (size_t depth = 1; !level.empty(); ++depth) {
    if (depth > kMaxImportDepth) {
      return Error{ErrorKind::kSchema, fmt::format("{}: {}", file.ShownName(), kTooDeep)};
    }
    std::vector<StoredFile*> next;
    for (const StoredFile* importing : level) {
      for (const std::string& name : importing->proto->dependency()) {
        StoredFile* import = Import(name);
        if (import != nullptr && seen.insert(import).second) next.push_back(import);
      }
    }
    level = std::move(next);
  }
  return {};
}

const Error* FileFetcher::Missing(std::string_view name) const {
  const auto found = missing_.find(name);
  return found == missing_.end() ? nullptr : &found->second;
}

Result<std::vector<std::string>> FileFetcher::ServiceNames(size_t source) {
  const auto known = services_.find(source);
  if (known != services_.end()) return known->second;
  Result<std::vector<std::string>> names = sources_[source]->ServiceNames();
  if (!names) return names.error();
  std::sort(names->begin(), names->end());
  names->erase(std::unique(names->begin(), names->end()), names->end());
  return services_.emplace(source, std::move(*names)).first->second;
}

std::vector<StoredFile*> FileFetcher::FetchExtending(size_t source, const std::string& type,
                                                     std::optional<int> number) {
  if (store_.limit_reached()) return {};
  Result<std::vector<SchemaFile>> answer = sources_[source]->FilesExtending(type, number);
  if (!answer) return {};
  std::vector<std::string> names;
  for (const SchemaFile& file : *answer) names.push_back(file.name);
  Take(source, std::move(*answer));
  std::vector<StoredFile*> files;
  for (const std::string& name : names) {
    if (StoredFile* file = store_.Find(name)) files.push_back(file);
  }
  return files;
}

std::vector<StoredFile*> FileFetcher::FetchAll() {
  std::vector<StoredFile*> reached;
  for (size_t i = 0; i < sources_.size(); ++i) {
    if (Result<std::vector<SchemaFile>> files = sources_[i]->AllFiles()) {
      std::vector<std::string> names;
      for (const SchemaFile& file : *files) names.push_back(file.name);
      Take(i, std::move(*files));
      for (const std::string& name : names) reached.push_back(store_.Find(name));
    }
    const Result<std::vector<std::string>> services = ServiceNames(i);
    if (!services) continue;
    for (const std::string& service : *services) {
      if (!IsQualifiedName(service)) continue;
      if (const Result<StoredFile*> file = Locate(service)) reached.push_back(*file);
    }
  }
  for (StoredFile* file : store_.All()) (void)FetchImports(*file);
  return WithImports(std::move(reached));
}

// Those of `files` that are there, and what they import, directly or not, as far as it was had; each once,
// sorted by name.
std::vector<StoredFile*> FileFetcher::WithImports(std::vector<StoredFile*> files) {
  std::map<std::string_view, StoredFile*> reached;
  while (!files.empty()) {
    StoredFile* file = files.back();
    files.pop_back();
    if (file == nullptr || !reached.emplace(file->name, file).second) continue;
    for (const std::string& name : file->proto->dependency()) files.push_back(store_.Find(name));
  }
  for (const auto& [name, file] : reached) files.push_back(file);
  return files;
}

// Null for a file that is built in or missing.
StoredFile* FileFetcher::Import(const std::string& name) {
  if (StoredFile* known = store_.Find(name)) return known;
  if (BuiltinFiles::IsPreferred(name) || missing_.contains(name)) return nullptr;
  const Result<StoredFile*> found = AskForImport(name);
  if (found && *found != nullptr) return *found;
  const std::string shown = SafeExcerpt(name, kShownNameBytes);
  Error reason;
  if (found) {
    reason = {ErrorKind::kSchema,
              fmt::format("{}, which is not known to {}", shown, JoinForSentence(SourceNames(sources_))),
              "a file given with --proto can stand in for it"};
  } else {
    reason = found.error();
    reason.message = fmt::format("{}: {}", shown, reason.message);
  }
  missing_.emplace(name, std::move(reason));
  return nullptr;
}

// Null when no source has it; an error when one fails, or when there was enough asking.
Result<StoredFile*> FileFetcher::AskForImport(const std::string& name) {
  if (store_.limit_reached()) return *store_.limit_reached();
  if (missing_.size() >= kMaxSchemaFiles) return Error{ErrorKind::kSchema, std::string(kTooManyFiles)};
  std::optional<Error> failure;
  for (size_t i = 0; i < sources_.size(); ++i) {
    Result<std::vector<SchemaFile>> answer = sources_[i]->FilesNamed(name);
    if (answer) {
      Take(i, std::move(*answer));
    } else {
      KeepFirst(failure, answer.error());
    }
    if (StoredFile* found = store_.Find(name)) return found;
  }
  if (store_.limit_reached()) KeepFirst(failure, *store_.limit_reached());
  if (failure) return *failure;
  return static_cast<StoredFile*>(nullptr);
}

// Before a later source's copy of a file is taken, the sources before it are asked for theirs.
void FileFetcher::Take(size_t source, std::vector<SchemaFile> files) {
  for (SchemaFile& file : files) {
    for (size_t i = 0; i < source && store_.Find(file.name) == nullptr; ++i) {
      Result<std::vector<SchemaFile>> better = sources_[i]->FilesNamed(file.name);
      if (!better) continue;
      for (SchemaFile& copy : *better) store_.Add(i, sources_[i]->Name(), std::move(copy));
    }
    store_.Add(source, sources_[source]->Name(), std::move(file));
  }
}

}  // namespace rpcctl
