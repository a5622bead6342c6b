// A reference server in this process, and the means to call it.
#pragma once

#include <doctest/doctest.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "reference_server/server.h"

namespace rpcctl::reference {

// A call that ends in any case.
class Call final : public grpc::ClientContext {
 public:
  Call() { set_deadline(std::chrono::system_clock::now() + std::chrono::minutes(1)); }
};

// A connection of its own to `target`.
inline std::shared_ptr<grpc::Channel> Dial(const std::string& target) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(target, grpc::InsecureChannelCredentials(), arguments);
}

// A server and a connection to its first address.
struct Running {
  std::unique_ptr<ReferenceServer> server;
  std::shared_ptr<grpc::Channel> channel;
};

inline Running Run(const ServerOptions& options = {}) {
  Outcome<std::unique_ptr<ReferenceServer>> server = ReferenceServer::Start(options);
  if (!server) FAIL(server.failure().text);
  const std::string target = (*server)->addresses().front();
  return {*std::move(server), Dial(target)};
}

// Why a server with `options` does not start; empty if it does.
inline std::string WhyNotStarted(const ServerOptions& options) {
  const Outcome<std::unique_ptr<ReferenceServer>> server = ReferenceServer::Start(options);
  return server ? "" : server.failure().text;
}

// All that `stream` still brings.
template <typename Message, typename Stream>
std::vector<Message> ReadAll(Stream& stream) {
  std::vector<Message> messages;
  for (Message message; stream.Read(&message);) messages.push_back(message);
  return messages;
}

}  // namespace rpcctl::reference
