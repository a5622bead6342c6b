#include "cmd/rpcctl/client.h"

#include <algorithm>

#include "base/safe_text.h"
#include "base/text.h"
#include "render/call_trace.h"
#include "schema/descriptor_set_source.h"
#include "schema/limits.h"
#include "schema/proto_file_source.h"
#include "schema/recording_source.h"
#include "schema/reflection_source.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

using OnConnected = std::function<void(const ConnectionPhases& phases)>;

// Tells each connection on standard error, where -v asks for it.
OnConnected TellConnected(const ConnectionPlan& plan, Surroundings& around) {
  if (plan.verbosity == 0) return [](const ConnectionPhases&) {};
  return [&around](const ConnectionPhases& phases) { Tell(around.err, TraceConnected(phases)); };
}

std::unique_ptr<Transport> MakeTransport(const TransportKind& kind, const ConnectionPlan& plan,
                                         uint64_t receive_limit, int interrupt, OnConnected on_connected) {
  TransportOptions options;
  options.target = plan.target;
  options.proxy = plan.route.proxy;
  options.look_up = plan.look_up;
  options.connect_timeout = plan.connect_timeout;
  options.tls = plan.tls;
  options.authority = plan.authority;
  options.user_agent = plan.user_agent;
  options.keepalive = plan.keepalive;
  // Answers of reflection may be larger than what the user allows a response to be.
  options.receive_limit = std::max<uint64_t>(receive_limit, kMaxDescriptorBytes);
  options.interrupt_descriptor = interrupt;
  options.on_connected = std::move(on_connected);
  return kind.make(std::move(options));
}

// What is heard is taken down in `client`.
std::unique_ptr<SchemaSource> AskServer(const ConnectionPlan& plan, Surroundings& around, Client& client,
                                        int interrupt) {
  ReflectionOptions options{plan.target.Name(), plan.reflection_metadata, plan.deadline};
  options.connect_again = [kind = around.transport, plan, interrupt, tell = TellConnected(plan, around)] {
    return MakeTransport(kind, plan, kMaxDescriptorBytes, interrupt, tell);
  };
  options.interrupt_descriptor = interrupt;
  const auto heard = std::make_shared<SchemaRecord>();
  client.heard = heard;
  return RecordAnswers(MakeReflectionSource(*client.transport, std::move(options)), heard);
}

bool AsksServer(const ConnectionPlan& plan) {
  return plan.reflection || (plan.protos.empty() && plan.protosets.empty());
}

void TellWarnings(const ConnectionPlan& plan, Surroundings& around) {
  for (const std::string& warning : plan.warnings) Tell(around.err, "rpcctl: warning: " + warning + "\n");
}

void TellSchemaSource(const ConnectionPlan& plan, Surroundings& around) {
  std::vector<std::string> places = plan.protos;
  places.insert(places.end(), plan.protosets.begin(), plan.protosets.end());
  if (AsksServer(plan)) places.push_back("reflection of " + DescribeTarget(plan));
  const std::string source = JoinForSentence(places, "and");
  Tell(around.err, "* schema: " + SafeText(source) + "\n");
}

// A client that lacks its schema only.
std::shared_ptr<Client> BeginClient(const ConnectionPlan& plan, Surroundings& around, uint64_t receive_limit,
                                    int interrupt) {
  around.limit_time(plan.deadline);
  TellWarnings(plan, around);
  auto client = std::make_shared<Client>();
  const auto note = [tell = TellConnected(plan, around), to = client.get()](const ConnectionPhases& phases) {
    to->connection = phases;
    tell(phases);
  };
  client->transport = MakeTransport(around.transport, plan, receive_limit, interrupt, note);
  return client;
}

}  // namespace

KnownTypes TypesOf(Schema& schema) {
  KnownTypes known{&schema.pool()};
  known.find_type = [&schema](std::string_view name) {
    const Descriptor* type = schema.FindMessage(name);
    schema.Close();
    return type;
  };
  known.find_extension = [&schema](const Descriptor& type, int number) {
    const FieldDescriptor* extension = schema.FindExtension(type, number);
    schema.Close();
    return extension;
  };
  known.find_named_extension = [&schema](const Descriptor& type, std::string_view name) {
    const FieldDescriptor* extension = schema.FindExtension(type, name);
    schema.Close();
    return extension;
  };
  return known;
}

Error AboutToldName(Error error) {
  if (error.kind == ErrorKind::kUsage) return {ErrorKind::kSchema, std::move(error.message)};
  return error;
}

Result<std::vector<std::unique_ptr<SchemaSource>>> OpenSchemaFiles(const ConnectionPlan& plan) {
  std::vector<std::unique_ptr<SchemaSource>> sources;
  if (!plan.protos.empty()) {
    Result<std::unique_ptr<SchemaSource>> files = OpenProtoFiles({plan.protos, plan.proto_paths});
    if (!files) return files.error();
    sources.push_back(std::move(*files));
  }
  if (!plan.protosets.empty()) {
    Result<std::unique_ptr<SchemaSource>> sets = OpenDescriptorSets(plan.protosets);
    if (!sets) return sets.error();
    sources.push_back(std::move(*sets));
  }
  return sources;
}

Result<std::shared_ptr<Client>> MakeClient(const ConnectionPlan& plan, Surroundings& around,
                                           uint64_t receive_limit, int interrupt) {
  std::shared_ptr<Client> client = BeginClient(plan, around, receive_limit, interrupt);
  if (plan.verbosity > 0) TellSchemaSource(plan, around);
  Result<std::vector<std::unique_ptr<SchemaSource>>> sources = OpenSchemaFiles(plan);
  if (!sources) return sources.error();
  // The server comes last, since files win.
  if (AsksServer(plan)) sources->push_back(AskServer(plan, around, *client, interrupt));
  client->schema = std::make_unique<Schema>(std::move(*sources));
  return client;
}

ServerSource MakeServerSource(const ConnectionPlan& plan, Surroundings& around) {
  ServerSource server{BeginClient(plan, around, 0, -1), nullptr};
  server.source = AskServer(plan, around, *server.client, -1);
  return server;
}

std::shared_ptr<Client> MakeClientWithoutSchema(const ConnectionPlan& plan, Surroundings& around,
                                                uint64_t receive_limit, int interrupt) {
  std::shared_ptr<Client> client = BeginClient(plan, around, receive_limit, interrupt);
  client->schema = std::make_unique<Schema>(std::vector<std::unique_ptr<SchemaSource>>());
  return client;
}

}  // namespace rpcctl
