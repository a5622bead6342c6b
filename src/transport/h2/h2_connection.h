// One connection that speaks HTTP/2, by nghttp2.
#pragma once

#include <poll.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "transport/h2/byte_channel.h"
#include "transport/h2/h2_call.h"
#include "transport/h2/keepalive.h"
#include "transport/h2/request_fields.h"
#include "transport/transport.h"

struct nghttp2_session;

namespace rpcctl {

// How a connection is to be kept, and what it is for messages.
struct H2ConnectionSettings {
  Target target;  // for messages
  Duration keepalive = kDefaultKeepalive;
  // When a peer that never said anything is given up.
  TimePoint first_word_due = TimePoint::max();
  // Why a peer that ended the connection, or began with `first_bytes`, is no HTTP/2 server; nullopt where
  // that cannot be told.
  std::function<std::optional<Error>(std::string_view first_bytes)> explain;
};

// Moves bytes when it is told to, and hands calls what came for them; it tells no user anything. One thread.
class H2Connection final : public StreamControl {
 public:
  H2Connection(ByteChannel channel, H2ConnectionSettings settings);
  ~H2Connection() override;  // ends what is open without a word to the calls
  H2Connection(const H2Connection&) = delete;
  H2Connection& operator=(const H2Connection&) = delete;

  // Whether a further call may begin on it.
  bool TakesCalls() const { return !is_over_ && !said_goodbye_; }
  // Whether nothing will happen on it any more.
  bool IsOver() const { return is_over_ || (said_goodbye_ && calls_.empty()); }

  // Begins `call` with these fields. What it has to send is taken when the connection is flushed.
  void Start(const std::shared_ptr<H2Call>& call, const std::vector<HeaderField>& fields);

  pollfd Polled() const { return {channel_.descriptor(), channel_.Events(HasOutput()), 0}; }
  // Takes in what is there, up to a buffer; whether there was anything.
  bool Receive();
  // Writes what can be written now.
  void Flush();

  // When Check is due; TimePoint::max() for never.
  TimePoint Due() const;
  // Does what the time asks for: a PING, or giving the peer up.
  void Check(TimePoint now);

  void Resume(int32_t stream) override;
  void Reset(int32_t stream, uint32_t error_code) override;

 private:
  struct Callbacks;

  bool HasOutput() const;
  void FillOutput();
  void Feed(std::string_view bytes);
  void FeedFirst(std::string_view bytes);
  void Break(std::string why);
  void Lose();
  void EndCalls(const CallEnd& end);
  void EndUnreached(Error error);
  RpcStatus LostStatus() const;
  void CloseStream(int32_t stream, uint32_t error_code);
  void HearGoodbye(uint32_t error_code, std::string_view why);

  ByteChannel channel_;
  const H2ConnectionSettings settings_;
  nghttp2_session* session_ = nullptr;  // owned
  std::map<int32_t, std::shared_ptr<H2Call>> calls_;
  Keepalive keepalive_;
  std::string first_bytes_;                // until they tell what the peer speaks
  bool speaks_http2_ = false;              // the peer does
  bool heard_data_ = false;                // since Receive began
  bool said_goodbye_ = false;              // GOAWAY came
  std::string goodbye_;                    // what it said
  std::optional<uint32_t> reset_by_peer_;  // while a stream is closed by it
  std::string fault_;                      // what was wrong with what came
  bool is_over_ = false;
  std::string output_;
  size_t output_at_ = 0;
};

}  // namespace rpcctl
