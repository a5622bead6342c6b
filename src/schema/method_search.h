// Finds the method or the service that somebody means by a short name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "schema/name_match.h"
#include "schema/symbol.h"

namespace rpcctl {

class ExactLookup;
class FileFetcher;

// Asks as little as it can: a service with a dot in its name is asked for by that name first; then the names
// of the services are; then the files of those services that can be meant. What the first source has is taken
// without asking the next. Errors as Schema has them. Borrows both; for one question.
class MethodSearch final {
 public:
  MethodSearch(FileFetcher& fetcher, ExactLookup& exact) : fetcher_(fetcher), exact_(exact) {}

  Result<Symbol> FindMethod(const MethodWords& words);
  Result<Symbol> FindService(const std::string& words);

 private:
  Result<Symbol> MethodOf(const Symbol& service, const std::string& method);
  Result<std::optional<Symbol>> FindMethodIn(size_t source, const MethodWords& words);
  std::vector<std::string> MethodsOf(std::string_view service);
  Error NoSuchMethod(const MethodWords& words);
  Error NoSuchService(const std::string& words);

  FileFetcher& fetcher_;
  ExactLookup& exact_;
  // What was seen on the way, for the error at the end.
  std::vector<std::string> services_;  // all
  std::vector<std::string> possible_;  // those that the words can mean
  std::vector<std::string> methods_;   // of the possible services
  std::optional<Error> no_services_;   // a source did not tell its services
  std::optional<Error> no_file_;       // the file of a possible service cannot be had
};

}  // namespace rpcctl
