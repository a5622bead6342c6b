#include "reference_server/reflection_v1alpha.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/impl/server_builder_option.h>

#include <vector>

namespace rpcctl::reference {
namespace {

using grpc::reflection::ProtoServerReflectionPlugin;
using Plugin = std::unique_ptr<grpc::ServerBuilderPlugin>;

class Choice final : public grpc::ServerBuilderOption {
 public:
  explicit Choice(V1Alpha choice) : choice_(choice) {}

  void UpdateArguments(grpc::ChannelArguments*) override {}

  void UpdatePlugins(std::vector<Plugin>* plugins) override {
    const std::string name = ProtoServerReflectionPlugin().name();
    std::erase_if(*plugins, [&](const Plugin& plugin) { return plugin->name() == name; });
    if (choice_ == V1Alpha::kServed) plugins->push_back(std::make_unique<ProtoServerReflectionPlugin>());
  }

 private:
  const V1Alpha choice_;
};

}  // namespace

std::unique_ptr<grpc::ServerBuilderOption> ReflectionV1Alpha(V1Alpha choice) {
  return std::make_unique<Choice>(choice);
}

}  // namespace rpcctl::reference
