// Descriptors from a server that serves gRPC reflection.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/duration.h"
#include "schema/schema_source.h"
#include "transport/transport.h"

namespace rpcctl {

struct ReflectionOptions {
  std::string server_name;  // for messages: "localhost:50051"
  Metadata metadata;
  TimePoint deadline = TimePoint::max();  // of the whole command
  // Makes the connection for what is asked after a Close. By then a call may be under way on the first one,
  // whose loop must not be turned from inside that call's events. Without this the first serves on.
  std::function<std::unique_ptr<Transport>()> connect_again = {};
  // Ends a wait on such a later connection when it becomes readable; -1 for none.
  int interrupt_descriptor = -1;
};

// A source that asks grpc.reflection.v1, and v1alpha where the server answers v1 with UNIMPLEMENTED. All
// questions go over one stream, opened by the first and ended by Close. All of them from one Close to the
// next take no more than 10 s, and no more than the schema limits of bytes and files. `transport` is borrowed
// for life.
std::unique_ptr<SchemaSource> MakeReflectionSource(Transport& transport, ReflectionOptions options);

// Whether `service` is reflection's own. Many a server names it and has no file of it; nobody misses that
// one.
bool IsReflectionService(std::string_view service);

}  // namespace rpcctl
