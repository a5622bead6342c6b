// The parts a connecting command works with, built from its plan.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "cmd/rpcctl/connection_plan.h"
#include "message/known_types.h"
#include "schema/schema.h"
#include "schema/schema_record.h"
#include "schema/schema_source.h"
#include "transport/transport.h"

namespace rpcctl {

// Nothing is connected before it is needed. The schema borrows the transport: keep the order of the members.
struct Client {
  std::unique_ptr<Transport> transport;
  std::unique_ptr<Schema> schema;
  // Of the transport's last connection; nullopt before there was one.
  std::optional<ConnectionPhases> connection = std::nullopt;
  // What the server said by reflection so far; null where it is not asked.
  std::shared_ptr<const SchemaRecord> heard = nullptr;
};

// Every type and extension that `schema` can find, those not fetched yet included, for what a call's messages
// name only by an Any or a number. Each question closes what it opened, since the next may be long in coming.
// Borrows `schema`.
KnownTypes TypesOf(Schema& schema);

// `error` about a name that a source told and nobody typed: what would be a user's mistake is the schema's.
Error AboutToldName(Error error);

// `receive_limit` is that of the command's own call; reflection has its own. `interrupt` is TransportOptions'
// descriptor.
Result<std::shared_ptr<Client>> MakeClient(const ConnectionPlan& plan, Surroundings& around,
                                           uint64_t receive_limit, int interrupt = -1);

// The sources of the files that the plan names, in the order in which they are asked; none where it names
// none. Errors are those of the files, kInput or kSchema.
Result<std::vector<std::unique_ptr<SchemaSource>>> OpenSchemaFiles(const ConnectionPlan& plan);

// A server as a source of its schema, and the client that is asked through; the client has no schema of its
// own. Nothing is connected before the first question.
struct ServerSource {
  std::shared_ptr<Client> client;
  std::unique_ptr<SchemaSource> source;
};

ServerSource MakeServerSource(const ConnectionPlan& plan, Surroundings& around);

// MakeClient for a command that knows the types of its call by itself: its schema has no source, and answers
// with the types that are built in.
std::shared_ptr<Client> MakeClientWithoutSchema(const ConnectionPlan& plan, Surroundings& around,
                                                uint64_t receive_limit, int interrupt);

}  // namespace rpcctl
