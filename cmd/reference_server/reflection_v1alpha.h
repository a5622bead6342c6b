// Server reflection, version v1alpha, as the plugin of grpc++_reflection serves it.
#pragma once

#include <memory>

namespace grpc {
class ServerBuilderOption;
}

namespace rpcctl::reference {

enum class V1Alpha { kServed, kLeftOut };

// Decides for one server builder. The plugin's library, once linked in, adds itself to every server of the
// process.
std::unique_ptr<grpc::ServerBuilderOption> ReflectionV1Alpha(V1Alpha choice);

}  // namespace rpcctl::reference
