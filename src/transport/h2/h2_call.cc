#include "transport/h2/h2_call.h"

#include <fmt/format.h>
#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <utility>

#include "base/safe_text.h"
#include "transport/h2/http_status.h"
#include "transport/inflate.h"

namespace rpcctl {
namespace {

constexpr size_t kShownBody = 512;
constexpr size_t kShownLine = 100;

std::optional<Compression> CompressionOf(std::string_view encoding) {
  if (encoding == "gzip") return Compression::kGzip;
  if (encoding == "deflate") return Compression::kDeflate;
  return std::nullopt;
}

// The first line that says something.
std::string_view FirstLine(std::string_view body) {
  const size_t begin = body.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return body.substr(begin, body.find_first_of("\r\n", begin) - begin);
}

}  // namespace

H2Call::H2Call(CallStart start, CallEvents& events, std::shared_ptr<Agenda> agenda)
    : start_(std::move(start)), events_(&events), agenda_(std::move(agenda)), sent_(start_.compression) {}

// ---- for the user ----

void H2Call::Write(std::string_view message, Next next) {
  if (HasEnded()) return;
  owes_writable_ = true;
  after_message_ = next;
  if (!sent_.Add(message)) {
    return EndHere({std::nullopt, {kResourceExhausted, "a message must be smaller than 4 GiB", ""}, {}});
  }
  if (control_ != nullptr) control_->Resume(stream_);
  UpdateWritable();
}

void H2Call::HalfClose() {
  half_close_asked_ = true;
  is_writable_ = false;
  if (control_ != nullptr && !HasEnded()) control_->Resume(stream_);
}

void H2Call::Cancel() {
  if (HasEnded()) return;
  // Whose message is being told still reads it.
  is_telling_ ? void(drops_received_ = true) : received_.Clear();
  EndHere({std::nullopt, {kCancelled, "cancelled", ""}, {}});
}

void H2Call::Abandon() {
  // The agenda holds what stands in it, and each call holds the agenda.
  if (std::exchange(is_scheduled_, false)) agenda_->RemoveReady(*this);
  if (events_ == nullptr) return;
  agenda_->RemoveDeadline(start_.deadline, *this);
  events_ = nullptr;
  LeaveStream(NGHTTP2_CANCEL);
}

// ---- events ----

void H2Call::Begin() {
  if (HasEnded()) return;
  is_writable_ = true;
  agenda_->AddDeadline(start_.deadline, *this);
  ScheduleEvents();
}

bool H2Call::HasEvent() const {
  if (events_ == nullptr) return false;
  return headers_ || end_ || is_writable_ || received_.HasNext(start_.max_message_size);
}

void H2Call::ScheduleEvents() {
  if (is_scheduled_ || !HasEvent()) return;
  is_scheduled_ = true;
  agenda_->AddReady(shared_from_this());
}

bool H2Call::Deliver() {
  is_scheduled_ = false;
  if (!HasEvent()) return false;
  is_telling_ = true;
  if (headers_) {
    events_->OnHeaders(*std::exchange(headers_, std::nullopt));
  } else if (DeliverMessage()) {
    // What follows it comes with the next turn.
  } else if (end_) {
    CallEvents& events = *std::exchange(events_, nullptr);
    events.OnEnd(std::move(*end_));
  } else {
    is_writable_ = false;
    events_->OnWritable();
  }
  is_telling_ = false;
  if (std::exchange(drops_received_, false)) received_.Clear();
  ScheduleEvents();
  return true;
}

// Whether a message was told.
bool H2Call::DeliverMessage() {
  const ReceivedMessages::Taken taken = received_.Take(start_.max_message_size);
  if (taken.state == ReceivedMessages::Taken::State::kNone) return false;
  if (taken.state == ReceivedMessages::Taken::State::kTooLarge) {
    Refuse(TooLarge(taken.size, start_.max_message_size));
    return false;
  }
  std::string_view message = taken.bytes;
  if (taken.is_compressed) {
    RpcStatus status = InflateMessage(message);
    if (!status.ok()) {
      Refuse(std::move(status));
      return false;
    }
    message = inflated_;
  }
  events_->OnMessage(message);
  return true;
}

RpcStatus H2Call::InflateMessage(std::string_view message) {
  if (encoding_.empty() || encoding_ == "identity") {
    return {kInternalStatus, "the server sent a compressed message and did not say how it is compressed", ""};
  }
  const std::optional<Compression> compression = CompressionOf(encoding_);
  if (!compression) {
    return {kInternalStatus,
            fmt::format("the server compressed a message by '{}', which was not offered", encoding_), ""};
  }
  return Inflate(*compression, message, start_.max_message_size, inflated_);
}

// A message cannot be taken: what the server says after it does not count.
void H2Call::Refuse(RpcStatus status) {
  received_.Clear();
  Metadata trailers = end_ ? std::move(end_->trailers) : Metadata();
  end_.reset();
  Conclude({std::nullopt, std::move(status), std::move(trailers)});
  LeaveStream(NGHTTP2_CANCEL);
}

// ---- the end ----

void H2Call::EndHere(CallEnd end) {
  if (HasEnded()) return;
  Conclude(std::move(end));
  LeaveStream(NGHTTP2_CANCEL);
}

void H2Call::Conclude(CallEnd end) {
  agenda_->RemoveDeadline(start_.deadline, *this);
  end_ = std::move(end);
  is_writable_ = false;
  ScheduleEvents();
}

void H2Call::LeaveStream(uint32_t error_code) {
  if (control_ != nullptr && !std::exchange(left_stream_, true)) control_->Reset(stream_, error_code);
}

// The server has ended the call.
void H2Call::Finish(RpcStatus status, Metadata trailers) {
  if (HasEnded()) return;
  uint64_t expected = 0;
  const uint64_t rest = received_.SizeOfRest(&expected);
  if (rest > 0 && status.ok()) {
    std::string message =
        fmt::format("the server ended the call in the middle of a message, after {} bytes", rest);
    if (expected > 0) message += fmt::format(" of {}", expected);
    status = {kInternalStatus, std::move(message), ""};
  }
  Conclude({std::nullopt, std::move(status), std::move(trailers)});
  if (!half_closed_) LeaveStream(NGHTTP2_NO_ERROR);
}

// ---- for its connection ----

void H2Call::Attach(StreamControl& control, int32_t stream) {
  control_ = &control;
  stream_ = stream;
}

H2Call::Outgoing H2Call::Take(std::span<char> into, size_t& size) {
  size = sent_.Take(into);
  UpdateWritable();
  if (sent_.IsEmpty() && half_close_asked_) {
    half_closed_ = true;
    return Outgoing::kLast;
  }
  return size == 0 ? Outgoing::kNothingNow : Outgoing::kMore;
}

void H2Call::UpdateWritable() {
  const bool has_room = after_message_ == Next::kMessage ? !sent_.IsFull() : sent_.IsEmpty();
  if (!owes_writable_ || !has_room || half_close_asked_ || HasEnded()) return;
  owes_writable_ = false;
  is_writable_ = true;
  ScheduleEvents();
}

bool H2Call::AddField(std::string_view name, std::string_view value) {
  if (HasEnded() || fields_.Add(name, value)) return true;
  EndHere({std::nullopt, {kResourceExhausted, "the server sent headers of more than 1 MiB", ""}, {}});
  return false;
}

void H2Call::EndFields(bool is_last) {
  if (HasEnded()) return;
  const bool is_interim = fields_.http_status() / 100 == 1 && !is_last;
  if (is_interim) return;
  if (!std::exchange(has_response_, true)) return BeginResponse(is_last);
  if (!is_last) return;
  // What came was no message: an OK would hide that.
  if (is_foreign_ && (!fields_.has_status() || fields_.Status().ok())) return FinishForeign();
  Finish(fields_.Status(), fields_.TakeMetadata());
}

void H2Call::BeginResponse(bool is_last) {
  is_foreign_ = !fields_.has_status() && (fields_.http_status() != 200 || !fields_.IsGrpc());
  if (is_foreign_) {
    foreign_status_ = fields_.http_status();
    foreign_type_ = fields_.content_type().substr(0, kShownLine);
  }
  if (is_last) return is_foreign_ ? FinishForeign() : Finish(fields_.Status(), fields_.TakeMetadata());
  encoding_ = fields_.encoding().substr(0, kShownLine);
  headers_ = fields_.TakeMetadata();
  ScheduleEvents();
}

void H2Call::AddData(std::string_view bytes) {
  if (HasEnded()) return;
  if (is_foreign_) {
    foreign_body_ += bytes.substr(0, kShownBody - std::min(kShownBody, foreign_body_.size()));
    if (foreign_body_.size() < kShownBody) return;
    FinishForeign();
    return LeaveStream(NGHTTP2_CANCEL);  // it might never end
  }
  received_.Add(bytes);
  ScheduleEvents();
}

void H2Call::EndStream() {
  if (HasEnded()) return;
  if (is_foreign_) return FinishForeign();
  Finish(ResponseFields().Status(), {});
}

// An answer of HTTP that is not gRPC's.
void H2Call::FinishForeign() {
  const std::string type = foreign_type_.empty() ? "without a content type" : foreign_type_;
  std::string message = fmt::format("{}{} ({}), not gRPC", kHttpAnswer, foreign_status_, type);
  const std::string_view line = FirstLine(foreign_body_);
  if (!line.empty()) message += fmt::format(": {}", SafeExcerpt(line, kShownLine));
  Finish({StatusOfHttp(foreign_status_), std::move(message), ""}, {});
}

}  // namespace rpcctl
