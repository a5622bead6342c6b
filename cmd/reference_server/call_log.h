// A file with a line for each call that ended, for tests that ask what the server saw.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "reference_server/outcome.h"

namespace rpcctl::reference {

// Appends "/package.Service/Method STATUS" lines, each in one write, so that any thread may add and any
// process may read along.
class CallLog final {
 public:
  // Opens `path` for appending and creates it where needed; readable by its owner alone.
  static Outcome<std::unique_ptr<CallLog>> Open(const std::string& path);

  explicit CallLog(int descriptor) : descriptor_(descriptor) {}
  CallLog(const CallLog&) = delete;
  CallLog& operator=(const CallLog&) = delete;
  ~CallLog();

  // `status` is a status code by name, such as "NOT_FOUND". A line that cannot be written is lost.
  void Add(std::string_view method, std::string_view status) const;

 private:
  const int descriptor_;
};

// The name of a gRPC status code, "OK" to "UNAUTHENTICATED"; "UNKNOWN" for any other number.
std::string_view StatusName(int code);

}  // namespace rpcctl::reference
