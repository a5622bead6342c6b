#include "reference_server/server.h"

#include <fmt/format.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/support/server_interceptor.h>

#include "grpc/health/v1/health.grpc.pb.h"
#include "grpc/reflection/v1/reflection.grpc.pb.h"
#include "hello.grpc.pb.h"
#include "helloworld.grpc.pb.h"
#include "reference_server/address.h"
#include "reference_server/call_log.h"
#include "reference_server/call_watch.h"
#include "reference_server/features.h"
#include "reference_server/health_states.h"
#include "reference_server/reflection_v1alpha.h"
#include "reference_server/services.h"
#include "route_guide.grpc.pb.h"

namespace rpcctl::reference {
namespace {

constexpr int kMostThreads = 256;
constexpr std::chrono::milliseconds kGrace{200};
constexpr char kV1AlphaService[] = "grpc.reflection.v1alpha.ServerReflection";

bool Serves(Reflection served, Reflection version) {
  return served == version || served == Reflection::kBoth;
}

Outcome<std::unique_ptr<FeatureSource>> OpenFeatures(const ServerOptions& options) {
  if (options.made_up_features) {
    const int64_t count = *options.made_up_features;
    if (count >= 0 && count <= kMostMadeUpFeatures) return MadeUpFeatures(count);
    return Failure{fmt::format("{} features cannot be made up, at most {}", count, kMostMadeUpFeatures)};
  }
  return options.data_file.empty() ? BuiltInFeatures() : FeaturesFromFile(options.data_file);
}

// The log at `path`, or none where that is empty.
Outcome<std::unique_ptr<CallLog>> OpenLog(const std::string& path) {
  return path.empty() ? std::unique_ptr<CallLog>() : CallLog::Open(path);
}

// The full names of all services that `options` asks for.
std::vector<std::string> ServiceNames(const ServerOptions& options) {
  std::vector<std::string> names = {helloworld::Greeter::service_full_name(),
                                    hello::HelloService::service_full_name(),
                                    routeguide::RouteGuide::service_full_name()};
  if (options.health) names.emplace_back(grpc::health::v1::Health::service_full_name());
  if (Serves(options.reflection, Reflection::kV1))
    names.emplace_back(grpc::reflection::v1::ServerReflection::service_full_name());
  if (Serves(options.reflection, Reflection::kV1Alpha)) names.emplace_back(kV1AlphaService);
  return names;
}

std::vector<std::unique_ptr<grpc::Service>> MakeServices(const ServerOptions& options,
                                                         const FeatureSource& features,
                                                         const HealthStates& health) {
  const std::vector<std::string> names = ServiceNames(options);
  std::vector<std::unique_ptr<grpc::Service>> services;
  services.push_back(GreeterService(options.faults));
  services.push_back(HelloService(options.faults));
  services.push_back(RouteGuideService(features, options.faults));
  if (options.health) services.push_back(HealthService(health));
  if (Serves(options.reflection, Reflection::kV1)) services.push_back(ReflectionV1Service(names));
  return services;
}

// An address to listen on.
struct Socket {
  std::string path;      // of a Unix socket; then `address` is not used
  Address address = {};  // as asked for
  int port = 0;          // what came of it; 0 until then

  std::string Asked() const { return path.empty() ? FormatAddress(address) : "unix:" + path; }
  std::string Bound() const {
    return path.empty() ? FormatAddress({.host = address.host, .port = port}) : Asked();
  }
  std::string WhyNot() const { return path.empty() ? WhyNotBound(address) : WhyNotBound(path); }
};

Outcome<std::vector<Socket>> PlanSockets(const ServerOptions& options) {
  std::vector<Socket> sockets;
  for (const std::string& text : options.listen) {
    Outcome<Address> address = ParseAddress(text);
    if (!address) return address.failure();
    if (!options.allow_remote && !IsLoopback(address->host))
      return Failure{fmt::format("{} can be reached from other machines, which --allow-remote allows", text)};
    sockets.push_back({.path = "", .address = *address});
  }
  if (IsAnswered(options.unix_path))
    return Failure{fmt::format("cannot listen on unix:{}: a server answers there", options.unix_path)};
  if (!options.unix_path.empty()) sockets.push_back({.path = options.unix_path});
  if (sockets.empty()) return Failure{"there is no address to listen on"};
  return sockets;
}

// Which of `sockets` did not come up, and why.
Failure NotBound(const std::vector<Socket>& sockets) {
  for (const Socket& socket : sockets) {
    if (socket.port > 0) continue;
    const std::string reason = socket.WhyNot();
    return {
        fmt::format("cannot listen on {}: {}", socket.Asked(), reason.empty() ? "no reason known" : reason)};
  }
  return {"the server did not start"};
}

void Configure(const ServerOptions& options, const CallLog* log, grpc::ServerBuilder& builder) {
  // The library would let a second server share a port that is in use.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.SetResourceQuota(grpc::ResourceQuota("reference-server").SetMaxThreads(kMostThreads));
  builder.SetSyncServerOption(grpc::ServerBuilder::NUM_CQS, 1);
  const bool v1alpha = Serves(options.reflection, Reflection::kV1Alpha);
  builder.SetOption(ReflectionV1Alpha(v1alpha ? V1Alpha::kServed : V1Alpha::kLeftOut));
  std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> watches;
  watches.push_back(WatchCalls(options.faults, log));
  builder.experimental().SetInterceptorCreators(std::move(watches));
}

}  // namespace

// In the order in which they depend on each other.
struct ReferenceServer::Parts {
  std::unique_ptr<CallLog> log;
  std::unique_ptr<FeatureSource> features;
  std::unique_ptr<HealthStates> health;
  std::vector<std::unique_ptr<grpc::Service>> services;
  std::unique_ptr<grpc::Server> server;
  std::vector<std::string> addresses;
};

Outcome<std::unique_ptr<ReferenceServer>> ReferenceServer::Start(const ServerOptions& options) {
  Outcome<std::vector<Socket>> sockets = PlanSockets(options);
  if (!sockets) return sockets.failure();
  Outcome<std::unique_ptr<FeatureSource>> features = OpenFeatures(options);
  if (!features) return features.failure();
  Outcome<std::unique_ptr<CallLog>> log = OpenLog(options.call_log);
  if (!log) return log.failure();

  auto parts = std::make_unique<Parts>();
  parts->log = *std::move(log);
  parts->features = *std::move(features);
  parts->health = std::make_unique<HealthStates>(ServiceNames(options), options.not_serving);
  parts->services = MakeServices(options, *parts->features, *parts->health);
  grpc::ServerBuilder builder;
  Configure(options, parts->log.get(), builder);
  for (const auto& service : parts->services) builder.RegisterService(service.get());
  for (Socket& socket : *sockets)
    builder.AddListeningPort(socket.Asked(), grpc::InsecureServerCredentials(), &socket.port);
  parts->server = builder.BuildAndStart();
  if (parts->server == nullptr) return NotBound(*sockets);
  for (const Socket& socket : *sockets) parts->addresses.push_back(socket.Bound());
  return std::unique_ptr<ReferenceServer>(new ReferenceServer(std::move(parts)));
}

ReferenceServer::ReferenceServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

ReferenceServer::~ReferenceServer() {
  Stop();
}

const std::vector<std::string>& ReferenceServer::addresses() const {
  return parts_->addresses;
}

void ReferenceServer::FlipHealth() {
  parts_->health->Flip();
}

void ReferenceServer::Stop() {
  parts_->server->Shutdown(std::chrono::system_clock::now() + kGrace);
}

}  // namespace rpcctl::reference
