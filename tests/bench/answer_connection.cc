#include "tests/bench/answer_connection.h"

#include <nghttp2/nghttp2.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "tests/support/h2_wire.h"

namespace rpcctl::bench {
namespace {

using rpcctl::testing::ReadNumber;
using rpcctl::testing::WithPrefix;

constexpr size_t kPrefix = 5;  // a flag and the size
constexpr size_t kChunk = 16 * 1024;
constexpr size_t kMostOutput = 256 * 1024;
constexpr int kInvalidArgument = 3;
constexpr int kUnimplemented = 12;

nghttp2_nv Field(std::string_view name, std::string_view value) {
  const auto bytes = [](std::string_view text) {
    return const_cast<uint8_t*>(reinterpret_cast<const uint8_t*>(text.data()));  // nghttp2 copies them
  };
  return {bytes(name), bytes(value), name.size(), value.size(), NGHTTP2_NV_FLAG_NONE};
}

void SubmitTrailers(nghttp2_session* session, int32_t stream, int status) {
  const std::string number = std::to_string(status);
  const nghttp2_nv trailer = Field("grpc-status", number);
  nghttp2_submit_trailer(session, stream, &trailer, 1);
}

}  // namespace

struct AnswerConnection::Callbacks {
  static AnswerConnection& Self(void* user_data) { return *static_cast<AnswerConnection*>(user_data); }

  static int OnBeginHeaders(nghttp2_session*, const nghttp2_frame* frame, void* user_data) {
    Self(user_data).calls_.try_emplace(frame->hd.stream_id);
    return 0;
  }

  static int OnHeader(nghttp2_session*, const nghttp2_frame* frame, const uint8_t* name, size_t name_size,
                      const uint8_t* value, size_t value_size, uint8_t, void* user_data) {
    if (std::string_view(reinterpret_cast<const char*>(name), name_size) != ":path") return 0;
    AnswerConnection& self = Self(user_data);
    const auto method =
        self.methods_.find(std::string_view(reinterpret_cast<const char*>(value), value_size));
    if (method != self.methods_.end()) self.calls_[frame->hd.stream_id].method = &method->second;
    return 0;
  }

  static int OnDataChunk(nghttp2_session* session, uint8_t, int32_t stream, const uint8_t* bytes, size_t size,
                         void* user_data) {
    AnswerConnection& self = Self(user_data);
    Call& call = self.calls_[stream];
    if (call.has_ended) return 0;
    call.request.append(reinterpret_cast<const char*>(bytes), size);
    self.AnswerMessages(call);
    nghttp2_session_resume_data(session, stream);  // fails where it is not deferred
    return 0;
  }

  static int OnFrame(nghttp2_session*, const nghttp2_frame* frame, void* user_data) {
    if (frame->hd.type != NGHTTP2_HEADERS && frame->hd.type != NGHTTP2_DATA) return 0;
    AnswerConnection& self = Self(user_data);
    const auto call = self.calls_.find(frame->hd.stream_id);
    if (call == self.calls_.end()) return 0;
    const bool begins = frame->hd.type == NGHTTP2_HEADERS && frame->headers.cat == NGHTTP2_HCAT_REQUEST;
    if (begins) self.Begin(call->first, call->second);
    if ((frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0) self.End(call->first, call->second);
    return 0;
  }

  static int OnStreamClose(nghttp2_session*, int32_t stream, uint32_t, void* user_data) {
    Self(user_data).calls_.erase(stream);
    return 0;
  }

  static ssize_t OnWantsData(nghttp2_session* session, int32_t stream, uint8_t* into, size_t size,
                             uint32_t* flags, nghttp2_data_source* source, void*) {
    Call& call = *static_cast<Call*>(source->ptr);
    if (call.answers.empty() && !call.has_ended) return NGHTTP2_ERR_DEFERRED;
    const size_t taken = std::min(size, call.answers.size());
    std::memcpy(into, call.answers.data(), taken);
    call.answers.erase(0, taken);
    if (call.answers.empty() && call.has_ended) {
      *flags |= NGHTTP2_DATA_FLAG_EOF | NGHTTP2_DATA_FLAG_NO_END_STREAM;
      SubmitTrailers(session, stream, call.status);
    }
    return static_cast<ssize_t>(taken);
  }

  static nghttp2_session* MakeSession(AnswerConnection& self) {
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, OnBeginHeaders);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, OnHeader);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, OnDataChunk);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, OnFrame);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, OnStreamClose);
    nghttp2_session* session = nullptr;
    nghttp2_session_server_new(&session, callbacks, &self);
    nghttp2_session_callbacks_del(callbacks);
    return session;
  }
};

AnswerConnection::AnswerConnection(int descriptor, const Methods& methods)
    : descriptor_(descriptor), methods_(methods), session_(Callbacks::MakeSession(*this)) {
  constexpr nghttp2_settings_entry kAtOnce = {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 100};
  nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, &kAtOnce, 1);
}

AnswerConnection::~AnswerConnection() {
  nghttp2_session_del(session_);
  close(descriptor_);
}

bool AnswerConnection::Proceed() {
  if (!Receive() || !Send()) return false;
  return nghttp2_session_want_read(session_) != 0 || nghttp2_session_want_write(session_) != 0;
}

bool AnswerConnection::Receive() {
  std::array<uint8_t, kChunk> chunk;
  for (;;) {
    const ssize_t count = recv(descriptor_, chunk.data(), chunk.size(), 0);
    if (count < 0) return errno == EAGAIN;
    if (count == 0) return false;
    if (nghttp2_session_mem_recv(session_, chunk.data(), static_cast<size_t>(count)) < 0) return false;
  }
}

bool AnswerConnection::Send() {
  for (;;) {
    FillOutput();
    if (output_.empty()) return true;
    const ssize_t count = send(descriptor_, output_.data(), output_.size(), MSG_NOSIGNAL);
    if (count < 0) return errno == EAGAIN;
    output_.erase(0, static_cast<size_t>(count));
  }
}

// Many frames, one write.
void AnswerConnection::FillOutput() {
  const uint8_t* bytes = nullptr;
  while (output_.size() < kMostOutput) {
    const ssize_t size = nghttp2_session_mem_send(session_, &bytes);
    if (size <= 0) return;
    output_.append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(size));
  }
}

void AnswerConnection::Begin(int32_t stream, Call& call) {
  const std::string status = std::to_string(kUnimplemented);
  const std::array<nghttp2_nv, 3> fields = {
      Field(":status", "200"), Field("content-type", "application/grpc"), Field("grpc-status", status)};
  if (call.method == nullptr) {
    // An answer that is nothing but its end.
    call.has_ended = true;
    nghttp2_submit_response(session_, stream, fields.data(), fields.size(), nullptr);
    return;
  }
  const nghttp2_data_provider provider{{.ptr = &call}, Callbacks::OnWantsData};
  nghttp2_submit_response(session_, stream, fields.data(), fields.size() - 1, &provider);
}

void AnswerConnection::AnswerMessages(Call& call) {
  std::string_view rest = call.request;
  while (!call.has_ended && rest.size() >= kPrefix) {
    const size_t size = ReadNumber(rest.substr(1));
    if (rest.size() < kPrefix + size) break;
    const std::optional<std::string> answer = (*call.method)(rest.substr(kPrefix, size));
    if (answer) {
      call.answers += WithPrefix(*answer);
    } else {
      call.status = kInvalidArgument;
      call.has_ended = true;
    }
    rest.remove_prefix(kPrefix + size);
  }
  call.request.erase(0, call.request.size() - rest.size());
}

void AnswerConnection::End(int32_t stream, Call& call) {
  call.has_ended = true;
  nghttp2_session_resume_data(session_, stream);
}

}  // namespace rpcctl::bench
