// Turns a request plan into the messages to send, one at a time, as the data for them arrives.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "message/builder.h"
#include "message/request_words.h"

namespace google::protobuf {
class Descriptor;
}

namespace rpcctl {

struct RequestOptions {
  BuildOptions build = {};  // its `reading` is for data in every format
  int standard_input = 0;   // borrowed; never blocked on and nothing is set on it
};

// Reads data no faster than messages are asked for. An end of a pipe that nobody writes to costs nothing:
// Next says that it waits, and on what.
class RequestStream final {
 public:
  enum class Step {
    kMessage,  // here is one
    kEnd,      // that was all
    kWaiting,  // wait until descriptor() is readable, then ask again
  };

  // Builds the messages that items alone make, and checks the other items as far as that is possible without
  // their data: what is wrong with the words is told here, before anything is sent. Files of values are read;
  // files of documents must be there, and are opened when their turn comes. Borrows `type` for life.
  static Result<RequestStream> Open(RequestPlan plan, const google::protobuf::Descriptor& type,
                                    RequestOptions options);
  RequestStream(RequestStream&&) noexcept;
  RequestStream& operator=(RequestStream&&) noexcept;
  ~RequestStream();

  // With kMessage, `wire` holds the message's bytes, in place of what it held. Errors are kInput and final:
  // "document 3: line 2, column 5: ...", documents counted from 1 through all sources, with the name of a
  // file before it.
  Result<Step> Next(std::string& wire);

  // The descriptor to wait on after kWaiting; -1 otherwise.
  int descriptor() const;

 private:
  class Reader;

  explicit RequestStream(std::unique_ptr<Reader> reader);

  std::unique_ptr<Reader> reader_;
};

}  // namespace rpcctl
