#include "schema/method_search.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <iterator>

#include "base/safe_text.h"
#include "base/text.h"
#include "schema/declared_names.h"
#include "schema/exact_lookup.h"
#include "schema/file_fetcher.h"
#include "schema/file_store.h"
#include "schema/not_found.h"

namespace rpcctl {
namespace {

using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

constexpr size_t kListedMethods = 20;

bool HasDot(std::string_view name) {
  return name.find('.') != std::string_view::npos;
}

std::vector<std::string> MethodNames(const ServiceDescriptor& service) {
  std::vector<std::string> names;
  for (int i = 0; i < service.method_count(); ++i) names.push_back(service.method(i)->name());
  return names;
}

// The nearest methods, or all of a service that has only a few.
std::string MethodHint(const std::string& method, const std::vector<std::string>& names) {
  const std::string nearest = DidYouMean(method, names);
  if (!nearest.empty()) return nearest;
  if (names.empty()) return "it has no methods";
  return names.size() > kListedMethods ? "" : "it has " + JoinForSentence(names, "and");
}

Error NoSuchMethodIn(const std::string& service, const std::string& method,
                     const std::vector<std::string>& names) {
  return {ErrorKind::kSchema, fmt::format("no method '{}' in {}", method, SafeText(service)),
          MethodHint(method, names)};
}

// "SayHello" for "helloworld.Greeter.SayHello".
std::vector<std::string> WithoutScopes(const std::vector<std::string>& full_names) {
  std::vector<std::string> names;
  for (const std::string& name : full_names) names.push_back(name.substr(name.rfind('.') + 1));
  return names;
}

}  // namespace

Result<Symbol> MethodSearch::FindMethod(const MethodWords& words) {
  if (HasDot(words.service)) {
    Result<Symbol> service = exact_.Find(words.service);
    if (!service) return service.error();
    if (service->service != nullptr) return MethodOf(*service, words.method);
  }
  for (size_t i = 0; i < fetcher_.sources().size(); ++i) {
    Result<std::optional<Symbol>> found = FindMethodIn(i, words);
    if (!found) return found.error();
    if (found->has_value()) return **found;
  }
  return NoSuchMethod(words);
}

Result<Symbol> MethodSearch::FindService(const std::string& words) {
  if (HasDot(words)) {
    Result<Symbol> service = exact_.Find(words);
    if (!service) return service.error();
    if (service->service != nullptr) return service;
  }
  for (size_t i = 0; i < fetcher_.sources().size(); ++i) {
    const Result<std::vector<std::string>> names = fetcher_.ServiceNames(i);
    if (!names) {
      if (!no_services_) no_services_ = names.error();
      continue;
    }
    const std::vector<std::string> matches = MatchNames(words, *names);
    if (matches.size() > 1) return AmbiguousName(words, matches);
    services_.insert(services_.end(), names->begin(), names->end());
    if (matches.empty()) continue;
    Result<Symbol> service = exact_.Find(matches.front());
    if (!service || service->service != nullptr) return service;
  }
  return NoSuchService(words);
}

// The exact name, otherwise the only one that differs from it in case.
Result<Symbol> MethodSearch::MethodOf(const Symbol& service, const std::string& method) {
  if (const MethodDescriptor* found = service.service->FindMethodByName(method))
    return Symbol{.method = found};
  const std::vector<std::string> names = MethodNames(*service.service);
  const std::vector<std::string> matches = MatchNames(method, names);
  if (matches.size() > 1) return AmbiguousName(method, matches);
  if (matches.empty()) return NoSuchMethodIn(service.service->full_name(), method, names);
  return Symbol{.method = service.service->FindMethodByName(matches.front())};
}

// None when this source has no such method.
Result<std::optional<Symbol>> MethodSearch::FindMethodIn(size_t source, const MethodWords& words) {
  const Result<std::vector<std::string>> services = fetcher_.ServiceNames(source);
  if (!services) {
    if (!no_services_) no_services_ = services.error();
    return std::optional<Symbol>();
  }
  services_.insert(services_.end(), services->begin(), services->end());
  std::vector<std::string> methods;
  for (const std::string& service : *services) {
    if (!words.service.empty() && !CouldMean(service, words.service)) continue;
    possible_.push_back(service);
    std::ranges::move(MethodsOf(service), std::back_inserter(methods));
  }
  const std::vector<std::string> matches = MatchNames(words.Joined(), methods);
  methods_.insert(methods_.end(), methods.begin(), methods.end());
  if (matches.size() > 1) return AmbiguousName(words.Joined(), matches);
  if (matches.empty()) return std::optional<Symbol>();
  Result<Symbol> found = exact_.Find(matches.front(), std::string(Scope(matches.front())));
  if (!found) return found.error();
  return found->method != nullptr ? std::optional<Symbol>(*found) : std::nullopt;
}

std::vector<std::string> MethodSearch::MethodsOf(std::string_view service) {
  const Result<StoredFile*> file = fetcher_.Locate(std::string(service));
  if (file && *file != nullptr) return DeclaredMethods(*(*file)->proto, service);
  if (!file && !no_file_) no_file_ = file.error();
  return {};
}

Error MethodSearch::NoSuchMethod(const MethodWords& words) {
  const bool service_named = !words.service.empty();
  // A broken file may be one that has nothing to do with the method; a server that failed may have it.
  if (no_file_ && (service_named || no_file_->kind != ErrorKind::kSchema)) return *no_file_;
  const std::vector<std::string> services = MatchNames(words.Joined(), services_);
  if (services.size() > 1) return AmbiguousName(words.Joined(), services);
  if (services.size() == 1) return MethodNeeded(services.front(), MethodsOf(services.front()));
  if (no_services_) return *no_services_;
  if (service_named && possible_.empty()) return NoSuchService(words.service);
  if (service_named && possible_.size() == 1) {
    return NoSuchMethodIn(possible_.front(), words.method, WithoutScopes(methods_));
  }
  const std::string kind = service_named ? "method" : "method or service";
  return NotFound(kind, words.Joined(), fetcher_, NearestHint(words.Joined(), methods_));
}

Error MethodSearch::NoSuchService(const std::string& words) {
  if (no_services_) return *no_services_;
  return NotFound("service", words, fetcher_, NearestHint(words, services_));
}

}  // namespace rpcctl
