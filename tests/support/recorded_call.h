// Calls made on a transport itself, against the reference server, and what their events told.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "reference_server/server.h"
#include "transport/transport.h"

namespace rpcctl::testing {

using Log = std::vector<std::string>;

inline std::unique_ptr<reference::ReferenceServer> StartServer(const reference::ServerOptions& options = {}) {
  auto started = reference::ReferenceServer::Start(options);
  REQUIRE(started);
  return std::move(*started);
}

inline TransportOptions To(const std::string& address) {
  TransportOptions options;
  options.target = *ParseTarget(address);
  options.user_agent = "test/1";
  return options;
}

// Messages here are serialized by hand: field 1, a string, as every message of hello.proto has it.
inline std::string Text(const std::string& text) {
  return std::string("\x0a") + static_cast<char>(text.size()) + text;
}

// Keeps the events of one call.
class Recorder final : public CallEvents {
 public:
  void OnHeaders(Metadata received) override { headers = std::move(received); }
  void OnMessage(std::string_view message) override { messages.emplace_back(message); }
  void OnWritable() override { ++writable; }
  void OnEnd(CallEnd received) override { end = std::move(received); }

  Metadata headers;
  Log messages;
  int writable = 0;
  std::optional<CallEnd> end;
};

inline void RunUntilEnd(Transport& transport, const Recorder& call) {
  while (!call.end) transport.Dispatch(TimePoint::max());
}

inline CallStart StartOf(std::string path) {
  CallStart start;
  start.path = std::move(path);
  return start;
}

// One call with one request.
inline Recorder CallOnce(Transport& transport, CallStart start, const std::string& request) {
  Recorder recorder;
  const std::unique_ptr<Call> call = transport.Open(std::move(start), recorder);
  while (recorder.writable == 0 && !recorder.end) transport.Dispatch(TimePoint::max());
  if (!recorder.end) {
    call->Write(request);
    call->HalfClose();
  }
  RunUntilEnd(transport, recorder);
  return recorder;
}

inline bool Has(const Metadata& metadata, const MetadataEntry& entry) {
  return std::find(metadata.begin(), metadata.end(), entry) != metadata.end();
}

}  // namespace rpcctl::testing
