// Finds the symbol, of whatever kind, that somebody means by a full or a short name.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "schema/symbol.h"

namespace rpcctl {

class ExactLookup;
class FileFetcher;
class FileStore;
struct StoredFile;

// A service, or a method of a service that is named in full, is found through the names of the services. Then
// the full name is asked for, and shorter and shorter beginnings of it, for fields and the like are not known
// to every source. The last resort is to fetch everything and to look through it; what else was asked for
// before does not count there, so that a short name means the same at any time. Errors as Schema has them.
// Borrows all; for one question.
class SymbolSearch final {
 public:
  SymbolSearch(FileFetcher& fetcher, FileStore& store, ExactLookup& exact)
      : fetcher_(fetcher), store_(store), exact_(exact) {}

  Result<Symbol> Find(const std::string& name);

 private:
  Result<std::optional<Symbol>> FindThroughServices(const std::string& name);
  Result<std::optional<Symbol>> FindByFullName(const std::string& name);
  Result<Symbol> FindAnywhere(const std::string& name);
  std::vector<std::string> NamesIn(const std::vector<StoredFile*>& files);
  bool IsPackage(const std::string& name) const;

  FileFetcher& fetcher_;
  FileStore& store_;
  ExactLookup& exact_;
  std::vector<std::string> services_;
  std::optional<Error> no_services_;  // a source did not tell its services
};

}  // namespace rpcctl
