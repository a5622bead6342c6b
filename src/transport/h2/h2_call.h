// One call: a stream of HTTP/2 as gRPC has it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "transport/h2/agenda.h"
#include "transport/h2/received_messages.h"
#include "transport/h2/response_fields.h"
#include "transport/h2/sent_messages.h"
#include "transport/transport.h"

namespace rpcctl {

// What a call asks of its connection, while it has one.
class StreamControl {
 public:
  virtual ~StreamControl() = default;
  // There is something to take from the call again.
  virtual void Resume(int32_t stream) = 0;
  // Nothing more is wanted, in either direction. `error_code` is HTTP/2's.
  virtual void Reset(int32_t stream, uint32_t error_code) = 0;
};

// Gathers what its connection receives, and tells its user one event at a time, when the transport asks it
// to: never while the connection is at work. It is shared by the user's handle, the connection and the
// agenda.
class H2Call final : public std::enable_shared_from_this<H2Call> {
 public:
  // Borrows `events` until the end is told or Abandon.
  H2Call(CallStart start, CallEvents& events, std::shared_ptr<Agenda> agenda);
  H2Call(const H2Call&) = delete;
  H2Call& operator=(const H2Call&) = delete;

  const CallStart& start() const { return start_; }

  // ---- for the user ----
  void Write(std::string_view message, Next next);
  void HalfClose();
  void Cancel();
  void Abandon();  // the handle is gone: no more events

  // ---- for the transport ----
  // Puts the first event on the agenda: that it may be written.
  void Begin();
  // Tells one event, and puts itself back on the agenda if there is another; false when there was none. It
  // must have been taken off the agenda.
  bool Deliver();
  // Ends the call with what the client concluded by itself, after what was received whole.
  void EndHere(CallEnd end);

  // ---- for its connection ----
  // The stream it has from here on, until Detach; `control` is borrowed.
  void Attach(StreamControl& control, int32_t stream);
  void Detach() { control_ = nullptr; }
  enum class Outgoing { kMore, kNothingNow, kLast };
  // Moves bytes of requests into `into`; `size` is their number. kLast with the last of all.
  Outgoing Take(std::span<char> into, size_t& size);
  void BeginFields() { fields_ = ResponseFields(); }
  // False when the block is too large; the call has ended then.
  bool AddField(std::string_view name, std::string_view value);
  void EndFields(bool is_last);
  void AddData(std::string_view bytes);
  // The server has ended the stream without (further) fields.
  void EndStream();
  // Whether the end is known, told or not.
  bool HasEnded() const { return end_.has_value() || events_ == nullptr; }

 private:
  bool HasEvent() const;
  void ScheduleEvents();
  bool DeliverMessage();
  void UpdateWritable();
  void BeginResponse(bool is_last);
  void Finish(RpcStatus status, Metadata trailers);
  void FinishForeign();
  void Refuse(RpcStatus status);
  void Conclude(CallEnd end);
  void LeaveStream(uint32_t error_code);
  RpcStatus InflateMessage(std::string_view message);

  const CallStart start_;
  CallEvents* events_;  // null once the end was told or the handle is gone
  const std::shared_ptr<Agenda> agenda_;
  StreamControl* control_ = nullptr;  // null without a stream
  int32_t stream_ = -1;
  bool left_stream_ = false;     // it was reset by this side
  bool is_scheduled_ = false;    // stands in the agenda
  bool is_telling_ = false;      // an event
  bool drops_received_ = false;  // once that is told

  SentMessages sent_;
  Next after_message_ = Next::kUnknown;
  bool owes_writable_ = false;  // a message was taken, and OnWritable not told since
  bool is_writable_ = false;    // and is to be told now
  bool half_close_asked_ = false;
  bool half_closed_ = false;

  ResponseFields fields_;            // of the block that is coming in
  bool has_response_ = false;        // its first fields, 1xx aside, came
  std::optional<Metadata> headers_;  // to be told
  std::string encoding_;             // of compressed messages
  ReceivedMessages received_;
  std::string inflated_;
  int foreign_status_ = 0;    // of HTTP, of an answer that is not gRPC
  std::string foreign_type_;  // its content type
  std::string foreign_body_;  // its beginning
  bool is_foreign_ = false;
  std::optional<CallEnd> end_;  // to be told when all else was
};

}  // namespace rpcctl
