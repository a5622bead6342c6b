#include "schema/name_match.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <unordered_set>

#include "base/safe_text.h"
#include "base/text.h"
#include "schema/declared_names.h"
#include "schema/file_check.h"

namespace rpcctl {
namespace {

constexpr size_t kShownBytes = 200;
constexpr size_t kListedCandidates = 20;
constexpr size_t kOfferedNames = 3;

Error Malformed(std::string_view words, std::string_view kind, std::string_view hint) {
  return {ErrorKind::kUsage,
          fmt::format("'{}' is not the name of a {}", SafeExcerpt(words, kShownBytes), kind),
          std::string(hint)};
}

Error MalformedMethod(std::string_view words) {
  return Malformed(words, "method", "write pkg.Service.Method, Service/Method or just Method");
}

std::string Listed(std::string_view heading, std::span<const std::string> names) {
  std::string text(heading);
  for (size_t i = 0; i < names.size() && i < kListedCandidates; ++i)
    text.append("\n  ").append(SafeText(names[i]));
  if (names.size() > kListedCandidates)
    text += fmt::format("\n  and {} more", names.size() - kListedCandidates);
  return text;
}

std::vector<std::string> SortedUnique(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

// The last parts of `name`, `dots` dots among them: ("a.b.C", 1) is "b.C".
std::string_view LastParts(std::string_view name, size_t dots) {
  size_t at = name.size();
  for (size_t i = 0; i <= dots; ++i) {
    at = at == 0 ? std::string_view::npos : name.rfind('.', at - 1);
    if (at == std::string_view::npos) return name;
  }
  return name.substr(at + 1);
}

// The names that end in one of `endings`, in the order of these.
std::vector<std::string> EndingIn(std::span<const std::string> endings, std::span<const std::string> names) {
  std::vector<std::string> found;
  for (const std::string& ending : endings) {
    std::ranges::copy_if(names, std::back_inserter(found),
                         [&](const std::string& name) { return EndsAtDot(name, ending); });
  }
  return found;
}

std::vector<std::string> NearestEndings(std::string_view words, std::span<const std::string> names) {
  const auto dots = static_cast<size_t>(std::count(words.begin(), words.end(), '.'));
  std::vector<std::string> endings;
  for (const std::string& name : names) endings.emplace_back(LastParts(name, dots));
  return EndingIn(NearestNames(words, endings), names);
}

std::vector<std::string> NearestNeighbours(std::string_view words, std::span<const std::string> names) {
  const std::string_view scope = Scope(words);
  std::vector<std::string> neighbours;
  for (const std::string& name : names) {
    if (!scope.empty() && EndsAtDot(Scope(name), scope)) neighbours.emplace_back(LastParts(name, 0));
  }
  std::vector<std::string> nearest = NearestNames(LastParts(words, 0), neighbours);
  for (std::string& name : nearest) name = Qualified(scope, name);
  return EndingIn(nearest, names);
}

}  // namespace

std::string MethodWords::Joined() const {
  return service.empty() ? method : service + "." + method;
}

Result<MethodWords> ParseMethodWords(std::string_view words) {
  const std::string_view typed = words;
  if (words.starts_with('/') || words.starts_with('.')) words.remove_prefix(1);
  size_t split = words.find('/');
  if (split == std::string_view::npos) split = words.rfind('.');
  MethodWords parts;
  if (split == std::string_view::npos) {
    parts.method = words;
  } else {
    parts = {std::string(words.substr(0, split)), std::string(words.substr(split + 1))};
    if (!IsQualifiedName(parts.service)) return MalformedMethod(typed);
  }
  if (!IsIdentifier(parts.method)) return MalformedMethod(typed);
  return parts;
}

Result<std::string> ParseSymbolWords(std::string_view words) {
  std::string name(words);
  if (name.starts_with('/') || name.starts_with('.')) name.erase(0, 1);
  const size_t slash = name.find('/');
  if (slash != std::string::npos) name[slash] = '.';
  if (IsQualifiedName(name)) return name;
  return Malformed(words, "symbol",
                   "write pkg.Service, pkg.Message, Message.field or another name of the schema");
}

bool CouldMean(std::string_view full, std::string_view words) {
  if (full.size() < words.size()) return false;
  const size_t start = full.size() - words.size();
  return (start == 0 || full[start - 1] == '.') && EqualsIgnoringCase(full.substr(start), words);
}

std::vector<std::string> MatchNames(std::string_view words, std::span<const std::string> names) {
  std::vector<std::string> exact, any_case;
  for (const std::string& name : names) {
    if (name == words) return {name};
    if (!CouldMean(name, words)) continue;
    (EndsAtDot(name, words) ? exact : any_case).push_back(name);
  }
  return SortedUnique(exact.empty() ? std::move(any_case) : std::move(exact));
}

namespace {

// All there is, where that is a short list.
std::string WholeList(std::span<const std::string> names) {
  constexpr size_t kShort = 12;
  if (names.empty() || names.size() > kShort) return "";
  std::string hint = names.size() == 1 ? "there is only" : "there are";
  for (const std::string& name : names) hint += "\n  " + SafeText(name);
  return hint;
}

// In the same order. Two sources may have the same.
std::vector<std::string> EachOnce(std::span<const std::string> names) {
  std::unordered_set<std::string_view> seen;
  std::vector<std::string> each;
  for (const std::string& name : names) {
    if (seen.insert(name).second) each.push_back(name);
  }
  return each;
}

}  // namespace

std::string NearestHint(std::string_view words, std::span<const std::string> all_names) {
  const std::vector<std::string> names = EachOnce(all_names);
  // A misspelt last part is looked for among its neighbours first: the parts that are right would make far
  // names look near.
  std::vector<std::string> nearest = NearestNeighbours(words, names);
  if (nearest.empty()) nearest = NearestEndings(words, names);
  if (nearest.empty()) return WholeList(names);
  nearest.resize(std::min(nearest.size(), kOfferedNames));
  for (std::string& name : nearest) name = fmt::format("'{}'", SafeText(name));
  return "did you mean " + JoinForSentence(nearest) + "?";
}

Error AmbiguousName(std::string_view words, std::span<const std::string> candidates) {
  return {ErrorKind::kUsage, fmt::format("'{}' is ambiguous", SafeExcerpt(words, kShownBytes)),
          Listed("it can be", candidates)};
}

Error MethodNeeded(std::string_view service, std::span<const std::string> methods) {
  return {ErrorKind::kUsage,
          fmt::format("'{}' is a service, a method is needed", SafeExcerpt(service, kShownBytes)),
          methods.empty() ? "it has no methods" : Listed("it has", methods)};
}

}  // namespace rpcctl
