#include "schema/not_found.h"

#include <fmt/format.h>

#include <vector>

#include "base/safe_text.h"
#include "base/text.h"
#include "schema/file_fetcher.h"

namespace rpcctl {
namespace {

constexpr size_t kShownBytes = 200;
constexpr size_t kToldProblems = 3;

}  // namespace

Error NotFound(std::string_view kind, std::string_view words, const FileFetcher& fetcher,
               std::string nearest) {
  std::vector<Error> problems;
  for (const auto& source : fetcher.sources()) {
    for (Error& problem : source->Problems()) problems.push_back(std::move(problem));
  }
  Error error{ErrorKind::kSchema,
              fmt::format("no {} '{}' is known to {}", kind, SafeExcerpt(words, kShownBytes),
                          JoinForSentence(SourceNames(fetcher.sources()))),
              std::move(nearest)};
  for (size_t i = 0; i < problems.size() && i < kToldProblems; ++i) {
    if (!error.hint.empty()) error.hint += '\n';
    error.hint += "not read: " + problems[i].message;
  }
  if (problems.size() > kToldProblems) {
    error.hint += fmt::format("\nand {} more were not read", problems.size() - kToldProblems);
  }
  return error;
}

}  // namespace rpcctl
