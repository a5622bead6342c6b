// A server asked for its schema while nobody watches: for a key that was pressed, or from a detached process.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/duration.h"
#include "base/output.h"
#include "cmd/rpcctl/client.h"
#include "cmd/rpcctl/connection_plan.h"
#include "cmd/rpcctl/flags.h"
#include "cmd/rpcctl/surroundings.h"
#include "schema/schema_record.h"
#include "schema/schema_source.h"

namespace rpcctl {

// What a route is refused with whose proxy would be sent a password.
inline constexpr std::string_view kProxyWantsPassword = "a proxy that wants a password is not asked";

// What says who the user is is left out: headers and their files, the client's certificate. Where that one
// asked for TLS it still is asked for.
ConnectionFlags WithoutCredentials(ConnectionFlags flags);

// Sends no credentials, whatever the flags say, and prints nothing.
class QuietServer final {
 public:
  // All that is asked of the server may take `patience`, as --timeout takes it, from `began` on. Of `around`
  // the environment and the transport are copied.
  QuietServer(ConnectionFlags flags, const Surroundings& around, std::string_view patience, TimePoint began);
  ~QuietServer();
  QuietServer(const QuietServer&) = delete;
  QuietServer& operator=(const QuietServer&) = delete;

  // Checks what the flags say, and connects nowhere. Errors are those of MakeConnectionPlan, and kUsage where
  // a proxy would have to be sent a password; a source answers with the same.
  Result<void> Prepare();
  // Connects when the first question is asked; after a failure it answers with that one and asks no more.
  // Borrows this for life.
  std::unique_ptr<SchemaSource> Source();
  // What was heard so far.
  const SchemaRecord& heard() const;
  // Why the server did not answer; nullopt as long as it does, and where it was not asked.
  const std::optional<Error>& failure() const { return failure_; }

 private:
  class LazySource;
  // The source of the connection, which this makes the first time.
  Result<SchemaSource*> Reach();

  const ConnectionFlags flags_;
  const TimePoint began_;
  StringOutput out_, err_;
  Surroundings around_;
  const SchemaRecord nothing_;
  std::unique_ptr<const Result<ConnectionPlan>> plan_;  // null before it is made
  std::optional<ServerSource> server_;
  std::optional<Error> failure_;
};

}  // namespace rpcctl
