// A connection of a gRPC server that answers each message as soon as it is whole, by nghttp2.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "tests/bench/method.h"

struct nghttp2_session;

namespace rpcctl::bench {

// Trusts its client: a message may have any size, and is not compressed. One thread.
class AnswerConnection final {
 public:
  // Owns `descriptor`, which must not block; `methods` must outlive it.
  AnswerConnection(int descriptor, const Methods& methods);
  ~AnswerConnection();
  AnswerConnection(const AnswerConnection&) = delete;
  AnswerConnection& operator=(const AnswerConnection&) = delete;

  // Takes all that came and sends what can be sent, without waiting; false once the connection is over.
  bool Proceed();

 private:
  struct Callbacks;
  struct Call {
    const Method* method = nullptr;  // none has this path
    std::string request;             // what is no whole message yet
    std::string answers;             // and not sent yet
    int status = 0;                  // that it ends with
    bool has_ended = false;          // no further answers will come
  };

  bool Receive();
  bool Send();
  void FillOutput();
  // The fields of the request of this stream are complete.
  void Begin(int32_t stream, Call& call);
  void AnswerMessages(Call& call);
  void End(int32_t stream, Call& call);

  const int descriptor_;
  const Methods& methods_;
  nghttp2_session* session_ = nullptr;  // owned
  std::map<int32_t, Call> calls_;
  std::string output_;  // not sent yet
};

}  // namespace rpcctl::bench
