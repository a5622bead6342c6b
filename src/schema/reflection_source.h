// Descriptors from a server that serves gRPC reflection.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/duration.h"
#include "schema/schema_source.h"
#include "transport/transport.h"

namespace rpcctl {

struct ReflectionOptions {
  std::string server_name;  // for messages: "localhost:50051"
  Metadata metadata;
  TimePoint deadline = TimePoint::max();  // of the whole command
};

// A source that asks grpc.reflection.v1, and v1alpha where the server answers v1 with UNIMPLEMENTED. All
// questions go over one stream, opened by the first and ended by Close. All of them together take no more
// than 10 s, and no more than the schema limits of bytes and files. `transport` is borrowed for life.
std::unique_ptr<SchemaSource> MakeReflectionSource(Transport& transport, ReflectionOptions options);

}  // namespace rpcctl
