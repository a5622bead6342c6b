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
class HealthStates;
struct Faults;

// helloworld.Greeter.
std::unique_ptr<grpc::Service> GreeterService(const Faults& faults);

// hello.HelloService.
std::unique_ptr<grpc::Service> HelloService(const Faults& faults);

// routeguide.RouteGuide over `features`, which must outlive the service.
std::unique_ptr<grpc::Service> RouteGuideService(const FeatureSource& features, const Faults& faults);

// grpc.health.v1.Health over `states`, which must outlive the service.
std::unique_ptr<grpc::Service> HealthService(const HealthStates& states);

// grpc.reflection.v1.ServerReflection over the descriptors that are linked in; lists `services`.
std::unique_ptr<grpc::Service> ReflectionV1Service(const std::vector<std::string>& services);

}  // namespace rpcctl::reference
