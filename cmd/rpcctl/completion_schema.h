// Where completion takes its types from: files, the schema cache, or a server that may be asked.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/duration.h"
#include "cmd/rpcctl/flags.h"
#include "cmd/rpcctl/surroundings.h"
#include "completion/known_schema.h"

namespace rpcctl {

// Serves one half-typed line. Files that the line names come first, as for every command. Of a server the
// cache is asked, however old; what the cache does not have is asked of the server itself, which has 300 ms
// from `began` on for all of it, and is left alone for 10 s after it did not answer. Only a server on
// loopback, or one that the cache remembers, reached as it was before (the proxy, TLS or not), is asked.
// Sends no credentials, runs nothing of the user's and prints nothing.
class CompletionSchema final {
 public:
  explicit CompletionSchema(TimePoint began);
  ~CompletionSchema();
  CompletionSchema(const CompletionSchema&) = delete;
  CompletionSchema& operator=(const CompletionSchema&) = delete;

  // The types that `flags`, which are the line's, lead to. The first call decides; what it returns lives as
  // long as this. Of `around` the environment and the transport are copied.
  KnownSchema Open(const ConnectionFlags& flags, const Surroundings& around);
  // Puts what was heard into the cache, and has an entry refreshed by a detached process, which runs on when
  // this one ends: one that is no longer fresh, or that lacks what the server did not tell in time. To be
  // called when the answer is out.
  void Finish();

 private:
  struct Line;
  std::unique_ptr<Line> line_;
  const TimePoint began_;
};

// The servers that -t may be meant to name, most likely first: RPCCTL_TARGET, those that the cache remembers,
// and the default.
std::vector<std::string> TargetsUsedBefore(const Surroundings& around);

}  // namespace rpcctl
