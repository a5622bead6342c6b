#include <google/protobuf/descriptor.h>

#include <algorithm>

#include "base/safe_text.h"
#include "cmd/rpcctl/client.h"
#include "cmd/rpcctl/commands.h"

namespace rpcctl {
namespace {

Result<std::vector<std::string>> NamesToList(Schema& schema, const std::optional<std::string>& service) {
  if (!service) return schema.ServiceNames();
  Result<const google::protobuf::ServiceDescriptor*> found = schema.FindService(*service);
  if (!found) return found.error();
  std::vector<std::string> names;
  for (int i = 0; i < (*found)->method_count(); ++i) names.push_back((*found)->method(i)->full_name());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

Result<Ending> RunListCommand(const Flags& flags, Surroundings& around, TimePoint began) {
  Result<ConnectionPlan> plan = MakeConnectionPlan(flags.connection, around, began);
  if (!plan) return plan.error();
  Result<std::shared_ptr<Client>> client = MakeClient(*plan, around, 0);

  if (!client) return client.error();
  Result<std::vector<std::string>> names = NamesToList(*(*client)->schema, flags.list.service);
  if (!names) return names.error();
  for (const std::string& name : *names) {
    if (Result<void> written = around.out.Write(SafeText(name) + "\n"); !written) return written.error();
  }
  Ending ending;
  ending.leftovers = *client;
  return ending;
}

}  // namespace rpcctl
