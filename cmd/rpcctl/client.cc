#include "cmd/rpcctl/client.h"

#include <algorithm>

#include "base/safe_text.h"
#include "base/text.h"
#include "schema/limits.h"
#include "schema/proto_file_source.h"
#include "schema/reflection_source.h"
#include "transport/grpc/grpc_transport.h"

namespace rpcctl {
namespace {

std::unique_ptr<Transport> MakeTransport(const ConnectionPlan& plan, uint64_t receive_limit, int interrupt) {
  TransportOptions options;
  options.target = plan.target;
  options.connect_timeout = plan.connect_timeout;
  options.tls = plan.tls;
  options.authority = plan.authority;
  options.user_agent = plan.user_agent;
  options.keepalive = plan.keepalive;
  // Answers of reflection may be larger than what the user allows a response to be.
  options.receive_limit = std::max<uint64_t>(receive_limit, kMaxDescriptorBytes);
  options.interrupt_descriptor = interrupt;
  return MakeGrpcTransport(std::move(options));
}

std::unique_ptr<SchemaSource> AskServer(const ConnectionPlan& plan, Transport& transport, int interrupt) {
  ReflectionOptions options{plan.target.Name(), plan.reflection_metadata, plan.deadline};
  options.connect_again = [plan, interrupt] { return MakeTransport(plan, kMaxDescriptorBytes, interrupt); };
  options.interrupt_descriptor = interrupt;
  return MakeReflectionSource(transport, std::move(options));
}

Result<std::unique_ptr<SchemaSource>> MakeSource(const ConnectionPlan& plan, Transport& transport,
                                                 int interrupt) {
  if (plan.protos.empty()) return AskServer(plan, transport, interrupt);
  return OpenProtoFiles({plan.protos, plan.proto_paths});
}

void TellWarnings(const ConnectionPlan& plan, Surroundings& around) {
  for (const std::string& warning : plan.warnings) {
    [[maybe_unused]] const Result<void> written = around.err.Write("rpcctl: warning: " + warning + "\n");
  }
  [[maybe_unused]] const Result<void> shown = around.err.Flush();
}

void TellSchemaSource(const ConnectionPlan& plan, Surroundings& around) {
  const std::string source =
      plan.protos.empty() ? "reflection of " + DescribeTarget(plan) : JoinForSentence(plan.protos, "and");
  [[maybe_unused]] const Result<void> written = around.err.Write("* schema: " + SafeText(source) + "\n");
  [[maybe_unused]] const Result<void> shown = around.err.Flush();
}

}  // namespace

KnownTypes TypesOf(Schema& schema) {
  return {&schema.pool(), [&schema](std::string_view name) {
            const google::protobuf::Descriptor* type = schema.FindMessage(name);
            schema.Close();
            return type;
          }};
}

Result<std::shared_ptr<Client>> MakeClient(const ConnectionPlan& plan, Surroundings& around,
                                           uint64_t receive_limit, int interrupt) {
  TellWarnings(plan, around);
  if (plan.verbosity > 0) TellSchemaSource(plan, around);
  auto client = std::make_shared<Client>();
  client->transport = MakeTransport(plan, receive_limit, interrupt);
  Result<std::unique_ptr<SchemaSource>> source = MakeSource(plan, *client->transport, interrupt);
  if (!source) return source.error();
  std::vector<std::unique_ptr<SchemaSource>> sources;
  sources.push_back(std::move(*source));
  client->schema = std::make_unique<Schema>(std::move(sources));
  return client;
}

}  // namespace rpcctl
