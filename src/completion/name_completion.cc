#include "completion/name_completion.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <iterator>
#include <span>

#include "completion/description.h"
#include "completion/member_completion.h"
#include "completion/name_forms.h"
#include "completion/plain_name.h"
#include "schema/reflection_source.h"
#include "schema/schema.h"

namespace rpcctl {
namespace {

using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

// Of no more services are the files fetched to tell the methods.
constexpr size_t kMostServices = 64;

// What is offered and what stands beside it.
struct Names {
  std::vector<std::string> names;  // full, sorted
  std::vector<std::string> descriptions;
};

// Whether what was typed may go on to a name within `scope`, or to that itself: some end of it begins so.
bool MayLeadTo(std::string_view scope, std::string_view typed) {
  while (true) {
    const bool within = typed.starts_with(scope) && typed.substr(scope.size()).starts_with('.');
    if (within || scope.starts_with(typed)) return true;
    const size_t dot = scope.find('.');
    if (dot == std::string_view::npos) return false;
    scope.remove_prefix(dot + 1);
  }
}

// The services that people call; reflection's own only for who asks for them.
std::vector<std::string> ServicesFor(const KnownSchema& known, std::string_view typed, Answer& answer) {
  Result<std::vector<std::string>> services = known.schema->ServiceNames();
  if (!services) {
    Hint(answer, services.error());
    return {};
  }
  std::erase_if(*services, [&](const std::string& name) {
    return !IsPlainName(name) || (typed.empty() && IsReflectionService(name));
  });
  return std::move(*services);
}

void OfferForms(const Names& names, std::string_view typed, size_t parts, Answer& answer) {
  for (NameForm& form : ChooseForms(typed, names.names, parts))
    Offer(answer, typed, std::move(form.text), names.descriptions[form.name]);
}

// The methods that `service` has, sorted.
std::vector<KnownMethod> MethodsOf(const ServiceDescriptor& service) {
  std::vector<KnownMethod> methods;
  for (int i = 0; i < service.method_count(); ++i) {
    const MethodDescriptor& method = *service.method(i);
    methods.push_back({service.full_name(), method.name(), DescriptionOf(method)});
  }
  return methods;
}

std::vector<KnownMethod> MethodsOf(Schema& schema, std::span<const std::string> services, Answer& answer) {
  std::vector<KnownMethod> methods;
  std::string why;
  for (const std::string& name : services) {
    const Result<const ServiceDescriptor*> service = schema.FindService(name);
    if (service) {
      std::ranges::move(MethodsOf(**service), std::back_inserter(methods));
    } else if (!IsReflectionService(name)) {
      why = service.error().message;
    }
  }
  if (methods.empty() && !why.empty()) answer.hints.push_back(why);
  return methods;
}

// How methods are written.
struct MethodForm {
  char separator = '.';    // between service and method
  bool only_full = false;  // with the package, as a path of HTTP has it
};

void OfferAs(MethodForm form, const Names& names, std::string_view typed, Answer& answer) {
  if (!form.only_full) return OfferForms(names, typed, form.separator == '.' ? 2 : 1, answer);
  for (size_t i = 0; i < names.names.size(); ++i) Offer(answer, typed, names.names[i], names.descriptions[i]);
}

// Of very many services: their names up to the method.
void OfferBeginnings(std::span<const std::string> services, std::string_view typed, MethodForm form,
                     Answer& answer) {
  Names names;
  for (const std::string& service : services) {
    // Behind the last dot of "a.b.C." is one more part, which is empty.
    names.names.push_back(service + form.separator);
    names.descriptions.push_back("service " + service);
  }
  OfferAs(form, names, typed, answer);
  answer.no_space = true;
}

void OfferFound(std::vector<KnownMethod> methods, std::string_view typed, MethodForm form, Answer& answer) {
  std::erase_if(methods, [](const KnownMethod& method) {
    return !IsPlainName(method.service) || !IsPlainName(method.method);
  });
  Names names;
  const auto full_name = [&](const KnownMethod& method) {
    return method.service + form.separator + method.method;
  };
  std::ranges::sort(methods, {}, full_name);
  for (KnownMethod& method : methods) {
    names.names.push_back(full_name(method));
    names.descriptions.push_back(std::move(method.description));
  }
  OfferAs(form, names, typed, answer);
}

std::string AsDotted(std::string_view typed) {
  std::string dotted(typed);
  std::ranges::replace(dotted, '/', '.');
  return dotted;
}

std::vector<KnownMethod> AllOf(const KnownSchema& known, std::string_view typed, Answer& answer) {
  std::vector<KnownMethod> methods = *known.methods;
  if (typed.empty())
    std::erase_if(methods, [](const KnownMethod& method) { return IsReflectionService(method.service); });
  if (methods.empty()) answer.hints.emplace_back("the server names no methods");
  return methods;
}

void OfferMethodsAs(const KnownSchema& known, std::string_view typed, MethodForm form, Answer& answer) {
  if (known.methods) return OfferFound(AllOf(known, typed, answer), typed, form, answer);
  std::vector<std::string> services = ServicesFor(known, typed, answer);
  if (services.size() > kMostServices) {
    const size_t all = services.size();
    std::erase_if(services,
                  [dotted = AsDotted(typed)](const auto& name) { return !MayLeadTo(name, dotted); });
    if (services.empty())
      answer.hints.push_back(fmt::format("none of the {} services begins so: name one, then a dot", all));
  }
  if (services.size() > kMostServices) return OfferBeginnings(services, typed, form, answer);
  OfferFound(MethodsOf(*known.schema, services, answer), typed, form, answer);
}

// Whether the sources answer, which Declarations is silent about.
bool ToldServices(Schema& schema, Answer& answer) {
  const Result<std::vector<std::string>> services = schema.ServiceNames();
  if (!services) Hint(answer, services.error());
  return bool(services);
}

bool IsAmong(Declares what, Symbols which) {
  return which == Symbols::kAll || what == Declares::kMessage || what == Declares::kMethod;
}

std::string_view KindName(Declares what) {
  switch (what) {
    case Declares::kService:
      return "service";
    case Declares::kMethod:
      return "method";
    case Declares::kMessage:
      return "message";
    case Declares::kEnum:
      return "enum";
  }
  return "";
}

}  // namespace

void OfferMethods(const KnownSchema& known, std::string_view typed, Answer& answer) {
  if (typed.find('/') == std::string_view::npos) return OfferMethodsAs(known, typed, {'.'}, answer);
  if (!typed.starts_with('/')) return OfferMethodsAs(known, typed, {'/'}, answer);
  OfferMethodsAs(known, typed.substr(1), {'/', true}, answer);
  for (Candidate& candidate : answer.candidates) candidate.value = std::string("/").append(candidate.value);
}

void OfferServices(const KnownSchema& known, std::string_view typed, ServiceNames names, Answer& answer) {
  Names offered;
  for (std::string& name : ServicesFor(known, typed, answer)) {
    offered.descriptions.push_back("service " + name);
    offered.names.push_back(std::move(name));
  }
  if (names == ServiceNames::kShort) return OfferForms(offered, typed, 1, answer);
  for (std::string& name : offered.names) Offer(answer, typed, std::move(name));
}

void OfferSymbols(const KnownSchema& known, std::string_view typed, Symbols which, Answer& answer) {
  const bool methods = typed.find('/') != std::string_view::npos;
  if (methods || (typed.empty() && which == Symbols::kRequests)) return OfferMethods(known, typed, answer);
  // To tell everything, everything has to be fetched; that is for who has begun to name something.
  if (typed.empty()) return OfferServices(known, typed, ServiceNames::kShort, answer);
  if (!ToldServices(*known.schema, answer)) return;
  Names names;
  const std::vector<Declaration> declarations = known.schema->Declarations();
  for (const Declaration& declared : declarations) {
    if (!IsAmong(declared.what, which)) continue;
    names.descriptions.push_back(fmt::format("{} {}", KindName(declared.what), declared.full_name));
    names.names.push_back(declared.full_name);
  }
  OfferForms(names, typed, 1, answer);
  if (which == Symbols::kAll) OfferMembers(*known.schema, declarations, typed, answer);
}

void OfferMessages(Schema& schema, std::string_view typed, std::string_view before, Answer& answer) {
  if (!ToldServices(schema, answer)) return;
  for (const Declaration& declared : schema.Declarations()) {
    if (declared.what == Declares::kMessage) Offer(answer, typed, std::string(before) + declared.full_name);
  }
}

}  // namespace rpcctl
