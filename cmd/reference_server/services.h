// The services of the reference server, one factory each.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace grpc {
class Service;
}

namespace rpcctl::reference {

class FeatureSource;
struct Faults;

// helloworld.Greeter.
std::unique_ptr<grpc::Service> GreeterService(const Faults& faults);

// hello.HelloService.
std::unique_ptr<grpc::Service> HelloService(const Faults& faults);

// routeguide.RouteGuide over `features`, which must outlive the service.
std::unique_ptr<grpc::Service> RouteGuideService(const FeatureSource& features, const Faults& faults);

// grpc.health.v1.Health: `services` by full name, and the server as a whole, are SERVING.
std::unique_ptr<grpc::Service> HealthService(const std::vector<std::string>& services);

// grpc.reflection.v1.ServerReflection over the descriptors that are linked in; lists `services`.
std::unique_ptr<grpc::Service> ReflectionV1Service(const std::vector<std::string>& services);

}  // namespace rpcctl::reference
