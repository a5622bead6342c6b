#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <iterator>

#include "base/safe_text.h"
#include "cmd/rpcctl/client.h"
#include "cmd/rpcctl/commands.h"
#include "schema/reflection_source.h"

namespace rpcctl {
namespace {

using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

// "pkg.Service.Method(pkg.Request) returns (stream pkg.Response)".
std::string Signature(const MethodDescriptor& method) {
  return fmt::format("{}({}{}) returns ({}{})", method.full_name(),
                     method.client_streaming() ? "stream " : "", method.input_type()->full_name(),
                     method.server_streaming() ? "stream " : "", method.output_type()->full_name());
}

std::vector<std::string> MethodLines(const ServiceDescriptor& service, bool long_form) {
  std::vector<std::string> lines;
  for (int i = 0; i < service.method_count(); ++i) {
    const MethodDescriptor& method = *service.method(i);
    lines.push_back(long_form ? Signature(method) : method.full_name());
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

// What can be listed, and why the rest cannot.
struct Listing {
  std::vector<std::string> lines;
  std::optional<Error> broken;  // the first service of which the methods could not be had
};

Result<Listing> ListServices(Schema& schema, bool long_form) {
  Result<std::vector<std::string>> names = schema.ServiceNames();
  if (!names) return names.error();
  if (!long_form) return Listing{std::move(*names), std::nullopt};
  Listing listing;
  for (const std::string& name : *names) {
    const Result<const ServiceDescriptor*> service = schema.FindService(name);
    if (!service && !listing.broken && !IsReflectionService(name))
      listing.broken = AboutToldName(service.error());
    std::vector<std::string> lines = service ? MethodLines(**service, true) : std::vector<std::string>();
    // A service of which there is no more to tell is there all the same.
    if (lines.empty()) lines.push_back(name);
    std::move(lines.begin(), lines.end(), std::back_inserter(listing.lines));
  }
  return listing;
}

Result<Listing> List(Schema& schema, const ListFlags& flags) {
  if (!flags.service) return ListServices(schema, flags.long_form);
  const Result<const ServiceDescriptor*> service = schema.FindService(*flags.service);
  if (!service) return service.error();
  return Listing{MethodLines(**service, flags.long_form), std::nullopt};
}

}  // namespace

Result<Ending> RunListCommand(const Flags& flags, Surroundings& around, TimePoint began) {
  Result<ConnectionPlan> plan = MakeConnectionPlan(flags.connection, around, began);
  if (!plan) return plan.error();
  Result<std::shared_ptr<Client>> client = MakeClient(*plan, around, 0);
  if (!client) return client.error();
  const Result<Listing> listing = List(*(*client)->schema, flags.list);
  if (!listing) return listing.error();
  for (const std::string& line : listing->lines) {
    if (Result<void> written = around.out.Write(SafeText(line) + "\n"); !written) return written.error();
  }
  if (listing->broken) return *listing->broken;
  Ending ending;
  ending.leftovers = *client;
  return ending;
}

}  // namespace rpcctl
