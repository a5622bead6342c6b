#include "transport/h2/h2_connection.h"

#include <fmt/format.h>
#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/files.h"
#include "transport/h2/http_status.h"
#include "transport/peer_probe.h"
#include "transport/speech.h"

namespace rpcctl {
namespace {

// What a peer may send ahead of what was read. It waits in the kernel, not here: nothing is read before
// what was read last is told. So it is generous: a way of 100 ms carries 40 MB/s.
constexpr int32_t kWindow = 4 << 20;
// What is announced. nghttp2 takes eight CONTINUATION frames behind HEADERS, 144 KiB in frames of the usual
// size; what it inflates to is bounded by ResponseFields.
constexpr uint32_t kMostHeaderBytes = 128 << 10;
// nghttp2's own limit for what is sent is 64 KiB.
constexpr size_t kMostSentHeaderBytes = 16 << 20;
constexpr size_t kReadBytes = 64 * 1024;
constexpr size_t kWriteBytes = 64 * 1024;
constexpr size_t kFrameHeaderBytes = 9;  // RFC 9113, section 4.1
constexpr size_t kFirstBytes = 512;
constexpr size_t kShownGoodbye = 1000;

RpcStatus BrokenStatus(const std::string& why) {
  // nghttp2 takes no longer field, and does not tell it from broken compression.
  if (why.empty()) {
    return {kInternalStatus, "the server broke HTTP/2, or sent a header of more than 64 KiB", ""};
  }
  return {kInternalStatus, "the server broke HTTP/2: " + why, ""};
}

// RFC 9113, section 8.7: what was refused like this was not begun with.
RpcStatus RefusedStatus(const std::string& why) {
  std::string message = "the server did not begin with the call";
  if (!why.empty()) message += fmt::format(" ({})", why);
  return {kUnavailable, std::move(message), ""};
}

std::string_view View(const uint8_t* bytes, size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

}  // namespace

// What nghttp2 calls, while it is fed or asked for output.
struct H2Connection::Callbacks {
  static H2Connection& Self(void* user_data) { return *static_cast<H2Connection*>(user_data); }

  static H2Call* CallOf(nghttp2_session* session, int32_t stream) {
    return static_cast<H2Call*>(nghttp2_session_get_stream_user_data(session, stream));
  }

  static int OnBeginHeaders(nghttp2_session* session, const nghttp2_frame* frame, void*) {
    H2Call* call = CallOf(session, frame->hd.stream_id);
    if (frame->hd.type == NGHTTP2_HEADERS && call != nullptr) call->BeginFields();
    return 0;
  }

  static int OnHeader(nghttp2_session* session, const nghttp2_frame* frame, const uint8_t* name,
                      size_t name_size, const uint8_t* value, size_t value_size, uint8_t, void*) {
    H2Call* call = CallOf(session, frame->hd.stream_id);
    if (frame->hd.type != NGHTTP2_HEADERS || call == nullptr) return 0;
    const bool fits = call->AddField(View(name, name_size), View(value, value_size));
    return fits ? 0 : NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;  // resets the stream
  }

  // nghttp2 leaves out fields whose value HTTP does not allow; they are shown like others, escaped.
  static int OnInvalidHeader(nghttp2_session* session, const nghttp2_frame* frame, const uint8_t* name,
                             size_t name_size, const uint8_t* value, size_t value_size, uint8_t flags,
                             void* user_data) {
    if (View(name, name_size).starts_with(':')) return 0;
    return OnHeader(session, frame, name, name_size, value, value_size, flags, user_data);
  }

  static int OnDataChunk(nghttp2_session* session, uint8_t, int32_t stream, const uint8_t* bytes, size_t size,
                         void* user_data) {
    Self(user_data).heard_data_ = true;
    if (H2Call* call = CallOf(session, stream)) call->AddData(View(bytes, size));
    return 0;
  }

  static int OnFrame(nghttp2_session* session, const nghttp2_frame* frame, void* user_data) {
    H2Connection& self = Self(user_data);
    const bool is_last = (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
    H2Call* call = CallOf(session, frame->hd.stream_id);
    switch (frame->hd.type) {
      case NGHTTP2_HEADERS:
        self.heard_data_ = true;
        if (call != nullptr) call->EndFields(is_last);
        break;
      case NGHTTP2_DATA:
        if (call != nullptr && is_last) call->EndStream();
        break;
      case NGHTTP2_RST_STREAM:
        // Of a stream that is closed already no close is told, which would take the code away again.
        if (call != nullptr) self.reset_by_peer_ = frame->rst_stream.error_code;
        break;
      case NGHTTP2_PING:
        if ((frame->hd.flags & NGHTTP2_FLAG_ACK) != 0) self.keepalive_.Answered();
        break;
      case NGHTTP2_GOAWAY:
        self.HearGoodbye(frame->goaway.error_code,
                         View(frame->goaway.opaque_data, frame->goaway.opaque_data_len));
        break;
      default:
        break;
    }
    return 0;
  }

  static int OnInvalidFrame(nghttp2_session*, const nghttp2_frame*, int code, void* user_data) {
    Self(user_data).fault_ = nghttp2_strerror(code);
    return 0;
  }

  static int OnStreamClose(nghttp2_session*, int32_t stream, uint32_t error_code, void* user_data) {
    Self(user_data).CloseStream(stream, error_code);
    return 0;
  }

  static int OnNotSent(nghttp2_session*, const nghttp2_frame* frame, int, void* user_data) {
    if (frame->hd.type != NGHTTP2_HEADERS) return 0;
    Self(user_data).CloseStream(frame->hd.stream_id, NGHTTP2_REFUSED_STREAM);
    return 0;
  }

  static ssize_t OnWantsData(nghttp2_session*, int32_t, uint8_t* into, size_t size, uint32_t* flags,
                             nghttp2_data_source* source, void*) {
    size_t taken = 0;
    const H2Call::Outgoing outgoing =
        static_cast<H2Call*>(source->ptr)->Take({reinterpret_cast<char*>(into), size}, taken);
    if (outgoing == H2Call::Outgoing::kNothingNow) return NGHTTP2_ERR_DEFERRED;
    if (outgoing == H2Call::Outgoing::kLast) *flags |= NGHTTP2_DATA_FLAG_EOF;
    return static_cast<ssize_t>(taken);
  }

  static nghttp2_session* MakeSession(H2Connection& self) {
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, OnBeginHeaders);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, OnHeader);
    nghttp2_session_callbacks_set_on_invalid_header_callback(callbacks, OnInvalidHeader);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, OnDataChunk);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, OnFrame);
    nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(callbacks, OnInvalidFrame);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, OnStreamClose);
    nghttp2_session_callbacks_set_on_frame_not_send_callback(callbacks, OnNotSent);
    nghttp2_option* option = nullptr;
    nghttp2_option_new(&option);
    nghttp2_option_set_no_closed_streams(option, 1);
    nghttp2_option_set_max_send_header_block_length(option, kMostSentHeaderBytes);
    nghttp2_session* session = nullptr;
    nghttp2_session_client_new2(&session, callbacks, &self, option);
    nghttp2_option_del(option);
    nghttp2_session_callbacks_del(callbacks);
    return session;
  }
};

H2Connection::H2Connection(ByteChannel channel, H2ConnectionSettings settings)
    : channel_(std::move(channel)),
      settings_(std::move(settings)),
      session_(Callbacks::MakeSession(*this)),
      keepalive_(settings_.keepalive) {
  constexpr std::array<nghttp2_settings_entry, 3> kSettings = {
      {{NGHTTP2_SETTINGS_ENABLE_PUSH, 0},
       {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, kWindow},
       {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, kMostHeaderBytes}}};
  nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, kSettings.data(), kSettings.size());
  nghttp2_session_set_local_window_size(session_, NGHTTP2_FLAG_NONE, 0, kWindow);
}

H2Connection::~H2Connection() {
  for (const auto& [stream, call] : calls_) call->Detach();
  nghttp2_session_del(session_);
  channel_.Close();
}

void H2Connection::Start(const std::shared_ptr<H2Call>& call, const std::vector<HeaderField>& fields) {
  if (calls_.empty()) keepalive_.Begin(std::chrono::steady_clock::now());
  std::vector<nghttp2_nv> pairs;
  pairs.reserve(fields.size());
  for (const HeaderField& field : fields) {
    // nghttp2 copies what these point to, and writes to none of it.
    pairs.push_back({reinterpret_cast<uint8_t*>(const_cast<char*>(field.name.data())),
                     reinterpret_cast<uint8_t*>(const_cast<char*>(field.value.data())), field.name.size(),
                     field.value.size(), NGHTTP2_NV_FLAG_NONE});
  }
  nghttp2_data_provider provider{{.ptr = call.get()}, Callbacks::OnWantsData};
  const int32_t stream =
      nghttp2_submit_request(session_, nullptr, pairs.data(), pairs.size(), &provider, call.get());
  if (stream < 0) {
    said_goodbye_ = true;  // it has no number left for a stream
    return call->EndHere({std::nullopt, {kUnavailable, nghttp2_strerror(stream), ""}, {}});
  }
  calls_[stream] = call;
  call->Attach(*this, stream);
}

void H2Connection::Resume(int32_t stream) {
  nghttp2_session_resume_data(session_, stream);  // fails where it is not deferred
}

void H2Connection::Reset(int32_t stream, uint32_t error_code) {
  nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, stream, error_code);
}

// ---- bytes ----

bool H2Connection::HasOutput() const {
  return !is_over_ && (output_at_ < output_.size() || nghttp2_session_want_write(session_) != 0);
}

void H2Connection::Flush() {
  const bool was_blocked = !output_.empty();
  while (!is_over_ && !channel_.IsBroken()) {
    if (output_.empty()) FillOutput();
    const size_t written = channel_.Write(std::string_view(output_).substr(output_at_));
    if (written == 0) return;
    // Who makes room is there, though his answer to a PING may stand behind much.
    if (was_blocked) keepalive_.Hear(std::chrono::steady_clock::now(), false);
    output_at_ += written;
    if (output_at_ < output_.size()) continue;
    output_.clear();
    output_at_ = 0;
  }
}

void H2Connection::FillOutput() {
  while (output_.size() < kWriteBytes) {
    const uint8_t* bytes = nullptr;
    const ssize_t size = nghttp2_session_mem_send(session_, &bytes);
    if (size <= 0) return;  // less than nothing: for want of memory
    output_ += View(bytes, static_cast<size_t>(size));
  }
}

bool H2Connection::Receive() {
  if (is_over_) return false;
  char buffer[kReadBytes];
  const size_t size = channel_.Read(buffer);
  if (size > 0) {
    heard_data_ = false;
    Feed({buffer, size});
    keepalive_.Hear(std::chrono::steady_clock::now(), heard_data_);
  }
  if (channel_.HasEnded() && !is_over_) Lose();
  return size > 0;
}

void H2Connection::Feed(std::string_view bytes) {
  if (!speaks_http2_) return FeedFirst(bytes);
  const ssize_t fed =
      nghttp2_session_mem_recv(session_, reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  if (fed < 0) return Break(nghttp2_strerror(static_cast<int>(fed)));
  // The peer may send on before what came is told.
  Flush();
  // Once nghttp2 has found a fault that ends the connection, and said so, it wants nothing more.
  if (nghttp2_session_want_read(session_) == 0) return Break(fault_);
  fault_.clear();  // it was that of a stream, which has been told
}

// The first bytes are kept until they tell whether the peer speaks HTTP/2 at all.
void H2Connection::FeedFirst(std::string_view bytes) {
  first_bytes_ += bytes;
  if (first_bytes_.size() < kFrameHeaderBytes) return;
  if (SpeechOf(first_bytes_) != Speech::kHttp2) return Lose();
  speaks_http2_ = true;
  Feed(std::exchange(first_bytes_, {}));
}

// ---- ends ----

// The peer said what it must not. By value: closing a stream takes the fault away.
void H2Connection::Break(std::string why) {
  Flush();
  // After a goodbye nghttp2 wants nothing more either, and what is left was not begun with.
  const bool is_goodbye = said_goodbye_ && why.empty();
  EndCalls({std::nullopt, is_goodbye ? RefusedStatus(goodbye_) : BrokenStatus(why), {}});
}

void H2Connection::Lose() {
  is_over_ = true;
  if (speaks_http2_) return EndCalls({std::nullopt, LostStatus(), {}});
  if (first_bytes_.size() > kFirstBytes) first_bytes_.resize(kFirstBytes);
  std::optional<Error> why = first_bytes_.empty() ? channel_.WhyRefused() : std::nullopt;
  if (!why) why = settings_.explain(first_bytes_);
  if (!why) return EndCalls({std::nullopt, LostStatus(), {}});
  EndUnreached(std::move(*why));
}

RpcStatus H2Connection::LostStatus() const {
  const int number = channel_.error_number();
  std::string message =
      number == 0 ? "the server closed the connection" : "the connection was lost: " + ErrnoText(number);
  if (!goodbye_.empty()) message += fmt::format(" ({})", goodbye_);
  return {kUnavailable, std::move(message), ""};
}

void H2Connection::EndCalls(const CallEnd& end) {
  is_over_ = true;
  for (const auto& [stream, call] : std::exchange(calls_, {})) {
    call->Detach();
    call->EndHere(end);
  }
}

void H2Connection::EndUnreached(Error error) {
  EndCalls({std::move(error), {}, {}});
}

void H2Connection::HearGoodbye(uint32_t error_code, std::string_view why) {
  said_goodbye_ = true;
  goodbye_ = "GOAWAY " + ErrorCodeName(error_code);
  if (!why.empty()) goodbye_ += fmt::format(": {}", why.substr(0, kShownGoodbye));
}

void H2Connection::CloseStream(int32_t stream, uint32_t error_code) {
  const std::optional<uint32_t> reset = std::exchange(reset_by_peer_, std::nullopt);
  const auto found = calls_.find(stream);
  if (found == calls_.end()) return;
  const std::shared_ptr<H2Call> call = found->second;
  calls_.erase(found);
  call->Detach();
  if (call->HasEnded()) return;
  if (reset.value_or(error_code) == NGHTTP2_REFUSED_STREAM) {
    return call->EndHere({std::nullopt, RefusedStatus(reset ? ErrorCodeName(*reset) : goodbye_), {}});
  }
  if (reset) {
    std::string message = fmt::format("the server reset the stream ({})", ErrorCodeName(*reset));
    // A server that ends a call because its time is over is no earlier than the client.
    const bool is_overdue =
        *reset == NGHTTP2_CANCEL && std::chrono::steady_clock::now() >= call->start().deadline;
    const int code = is_overdue ? kDeadlineExceeded : StatusOfReset(*reset);
    return call->EndHere({std::nullopt, {code, std::move(message), ""}, {}});
  }
  const std::string fault = std::exchange(fault_, {});
  call->EndHere({std::nullopt, BrokenStatus(fault.empty() ? ErrorCodeName(error_code) : fault), {}});
}

// ---- time ----

TimePoint H2Connection::Due() const {
  if (is_over_ || calls_.empty()) return TimePoint::max();
  return std::min(keepalive_.Due(), speaks_http2_ ? TimePoint::max() : settings_.first_word_due);
}

void H2Connection::Check(TimePoint now) {
  if (Due() > now) return;
  // A user who was long about an event has left unread what the peer said meanwhile.
  if (Receive() || is_over_) return;
  if (!speaks_http2_ && settings_.first_word_due <= now) {
    if (!first_bytes_.empty()) return Lose();
    return EndUnreached(SaidNothing(settings_.target));
  }
  if (keepalive_.IsGivenUp(now)) {
    std::string message = fmt::format("the server is gone: it did not answer a PING within {}",
                                      FormatDuration(keepalive_.Patience()));
    return EndCalls({std::nullopt, {kUnavailable, std::move(message), ""}, {}});
  }
  if (!keepalive_.IsPingDue(now)) return;
  nghttp2_submit_ping(session_, NGHTTP2_FLAG_NONE, nullptr);
  keepalive_.Pinged(now);
  Flush();
}

}  // namespace rpcctl
