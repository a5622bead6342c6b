#include "schema/symbol_search.h"

#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <set>

#include "schema/builtin_files.h"
#include "schema/declared_names.h"
#include "schema/exact_lookup.h"
#include "schema/file_check.h"
#include "schema/file_fetcher.h"
#include "schema/file_store.h"
#include "schema/name_match.h"
#include "schema/not_found.h"

namespace rpcctl {
namespace {

using Found = Result<std::optional<Symbol>>;

Found AsFound(const Result<Symbol>& symbol) {
  if (!symbol) return symbol.error();
  return symbol->Found() ? std::optional<Symbol>(*symbol) : std::nullopt;
}

}  // namespace

Result<Symbol> SymbolSearch::Find(const std::string& name) {
  for (size_t i = 0; i < fetcher_.sources().size(); ++i) {
    const Result<std::vector<std::string>> services = fetcher_.ServiceNames(i);
    if (services) services_.insert(services_.end(), services->begin(), services->end());
    if (!services && !no_services_) no_services_ = services.error();
  }
  Found found = FindThroughServices(name);
  if (found && !found->has_value()) found = FindByFullName(name);
  if (!found) return found.error();
  return found->has_value() ? Result<Symbol>(**found) : FindAnywhere(name);
}

// Only in the exact case: a message may have the name in another one.
Found SymbolSearch::FindThroughServices(const std::string& name) {
  const std::string scope(Scope(name));
  for (const std::string& service : services_) {
    if (service == name) return AsFound(exact_.Find(name));
    if (service == scope) return AsFound(exact_.Find(name, scope));
  }
  const std::vector<std::string> matches = MatchNames(name, services_);
  if (matches.size() != 1 || !matches.front().ends_with(name)) return std::optional<Symbol>();
  return AsFound(exact_.Find(matches.front()));
}

Found SymbolSearch::FindByFullName(const std::string& name) {
  // What stands within a service by a short name is a method, which servers do not like to be asked for.
  const std::string scope(Scope(name));
  const auto holds_it = [&](const std::string& service) { return CouldMean(service, scope); };
  if (!scope.empty() && std::any_of(services_.begin(), services_.end(), holds_it))
    return std::optional<Symbol>();
  for (std::string outer = name; !outer.empty() && !IsPackage(outer); outer = Scope(outer)) {
    Found found = AsFound(exact_.Find(name, outer));
    if (!found || found->has_value()) return found;
    if (store_.FindDeclaring(outer) != nullptr) break;
  }
  return std::optional<Symbol>();
}

Result<Symbol> SymbolSearch::FindAnywhere(const std::string& name) {
  const std::vector<std::string> names = NamesIn(fetcher_.FetchAll());
  const std::vector<std::string> matches = MatchNames(name, names);
  if (matches.size() > 1) return AmbiguousName(name, matches);
  if (matches.size() == 1) {
    Result<Symbol> symbol = exact_.Find(matches.front());
    if (!symbol || symbol->Found()) return symbol;
  }
  if (no_services_) return *no_services_;
  return NotFound("symbol", name, fetcher_, NearestHint(name, names));
}

// Names that are no identifiers belong to files that cannot be used; nobody can mean them.
std::vector<std::string> SymbolSearch::NamesIn(const std::vector<StoredFile*>& files) {
  std::vector<std::string> names;
  std::set<std::string> builtins;
  const auto take = [&](const google::protobuf::FileDescriptorProto& file) {
    for (std::string& name : DeclaredNames(file)) {
      if (IsQualifiedName(name)) names.push_back(std::move(name));
    }
  };
  for (const StoredFile* file : files) {
    take(*file->proto);
    for (const std::string& import : file->proto->dependency()) {
      if (BuiltinFiles::Has(import) && store_.Find(import) == nullptr) builtins.insert(import);
    }
  }
  for (const std::string& builtin : builtins) take(BuiltinFiles::Read(builtin));
  return names;
}

bool SymbolSearch::IsPackage(const std::string& name) const {
  return std::any_of(services_.begin(), services_.end(),
                     [&](const std::string& service) { return service.starts_with(name + "."); });
}

}  // namespace rpcctl
