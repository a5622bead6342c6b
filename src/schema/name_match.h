// Short names: which of many full names somebody means, and what to say when that is none or several.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace rpcctl {

// A method as it was typed, in two parts. `service` is empty where only a method was named.
struct MethodWords {
  std::string service;
  std::string method;

  // "service.method", or the method alone.
  std::string Joined() const;
};

//   pkg.Service.Method    pkg.Service/Method    /pkg.Service/Method    Service.Method    Service/Method
//   Method
//
// A kUsage error, with these forms in its hint, for anything else.
Result<MethodWords> ParseMethodWords(std::string_view words);

// The name of a service or another symbol as it was typed, with dots: a leading '/' or '.' goes away, another
// '/' becomes a dot. A kUsage error for what cannot be a name.
Result<std::string> ParseSymbolWords(std::string_view words);

// The names that `words` can mean. The name itself, where it is among them; otherwise those that end in it at
// a dot; otherwise those that do so when case is ignored. Sorted, each once.
std::vector<std::string> MatchNames(std::string_view words, std::span<const std::string> names);

// Whether `full` is one that MatchNames can find for `words`: it ends in it at a dot, case ignored.
bool CouldMean(std::string_view full, std::string_view words);

// "did you mean 'pkg.Service.Method'?" for words that match nothing: the nearest of `names`, compared by as
// many of their last parts as `words` has. "" when nothing is near.
std::string NearestHint(std::string_view words, std::span<const std::string> names);

// `words` means several: kUsage, with `candidates` in the hint.
Error AmbiguousName(std::string_view words, std::span<const std::string> candidates);

// A service stands where a method is needed: kUsage, with its methods in the hint.
Error MethodNeeded(std::string_view service, std::span<const std::string> methods);

}  // namespace rpcctl
