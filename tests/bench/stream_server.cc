#include "tests/bench/stream_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <utility>

#include "tests/support/h2_wire.h"

namespace rpcctl::bench {
namespace {

using namespace rpcctl::testing;  // the frames

constexpr size_t kChunk = 256 * 1024;
constexpr uint32_t kReceiveWindow = 16 << 20;

// The frames of a list of messages for one stream, end to end, over and over: for a while, or for `most`
// messages.
struct Frames {
  std::string bytes;
  std::vector<size_t> ends;  // of each frame in `bytes`
};

Frames MakeFrames(const std::vector<std::string>& messages, uint32_t stream, uint64_t most) {
  Frames frames;
  while (!messages.empty() && frames.bytes.size() < kChunk && frames.ends.size() < most) {
    for (const std::string& message : messages) {
      if (frames.ends.size() == most) break;
      AppendFrame(kData, 0, stream, WithPrefix(message), frames.bytes);
      frames.ends.push_back(frames.bytes.size());
    }
  }
  return frames;
}

class Connection {
 public:
  Connection(int descriptor, const Answer& answer) : descriptor_(descriptor), answer_(answer) {}

  void Serve() {
    std::string hello, settings;
    AppendSetting(kInitialWindow, kReceiveWindow, settings);
    AppendFrame(kSettings, 0, 0, settings, hello);
    AppendWindowUpdate(0, kReceiveWindow - kFirstWindow, hello);
    if (!SendAll(descriptor_, hello)) return;
    while (Receive(kBlocking)) {
    }
  }

 private:
  enum Patience { kBlocking, kHurried };

  // Takes what the peer sent; false when it is gone.
  bool Receive(Patience patience) {
    const int flags = patience == kHurried ? MSG_DONTWAIT : 0;
    const ssize_t count = recv(descriptor_, chunk_.data(), chunk_.size(), flags);
    if (count < 0 && patience == kHurried) return true;
    if (count <= 0) return false;
    received_.append(chunk_.data(), static_cast<size_t>(count));
    return HandleFrames();
  }

  bool HandleFrames() {
    size_t at = greeted_ ? 0 : kPreface.size();
    if (received_.size() < at) return true;
    greeted_ = true;
    std::vector<uint32_t> ended;
    for (std::string_view rest; rest = std::string_view(received_).substr(at), rest.size() >= kFrameHeader;) {
      const Frame frame = ReadFrame(rest);
      if (rest.size() < kFrameHeader + frame.length) break;
      Handle(frame, rest.substr(kFrameHeader, frame.length));
      const bool carries = frame.type == kData || frame.type == kHeaders;
      if (carries && (frame.flags & kEndStream) != 0) ended.push_back(frame.stream);
      at += kFrameHeader + frame.length;
    }
    received_.erase(0, at);
    if (!SendAll(descriptor_, std::exchange(control_, ""))) return false;
    return std::all_of(ended.begin(), ended.end(), [this](uint32_t stream) { return AnswerCall(stream); });
  }

  void Handle(const Frame& frame, std::string_view content) {
    switch (frame.type) {
      case kSettings:
        if ((frame.flags & kAck) != 0) return;
        TakeSettings(content);
        return AppendFrame(kSettings, kAck, 0, "", control_);
      case kPing:
        if ((frame.flags & kAck) == 0) AppendFrame(kPing, kAck, 0, content, control_);
        return;
      case kWindowUpdate:
        granted_[frame.stream] += ReadNumber(content);
        return;
      case kResetStream:
        reset_ = frame.stream;
        return;
      case kData:
        // Both windows are filled up again at once: taking is never what holds a client back.
        if (frame.length == 0) return;
        AppendWindowUpdate(0, frame.length, control_);
        if ((frame.flags & kEndStream) == 0) AppendWindowUpdate(frame.stream, frame.length, control_);
        return;
    }
  }

  void TakeSettings(std::string_view content) {
    for (; content.size() >= 6; content.remove_prefix(6)) {
      const int setting = content[0] << 8 | content[1];
      if (setting == kInitialWindow) initial_window_ = ReadNumber(content.substr(2));
    }
  }

  // How much may be sent now.
  int64_t Window(uint32_t stream) {
    return std::min(kFirstWindow + granted_[0], initial_window_ + granted_[stream]);
  }

  bool AnswerCall(uint32_t stream) {
    std::string headers, out;
    headers += '\x88';  // :status 200
    AppendField("content-type", "application/grpc", headers);
    AppendFrame(kHeaders, kEndHeaders, stream, headers, out);
    if (!SendAll(descriptor_, out) || !SendMessages(stream)) return false;
    if (reset_ == stream) return true;
    std::string trailers;
    AppendField("grpc-status", "0", trailers);
    out.clear();
    AppendFrame(kHeaders, kEndHeaders | kEndStream, stream, trailers, out);
    return SendAll(descriptor_, out);
  }

  bool SendMessages(uint32_t stream) {
    const Frames frames = MakeFrames(answer_.messages, stream, answer_.count);
    size_t next = 0;  // the frame that is to be sent
    for (uint64_t left = answer_.count; left > 0 && reset_ != stream;) {
      const size_t sent = SendSome(frames, next, left, stream);
      if (sent == 0 && !Receive(kBlocking)) return false;
      if (failed_ || !Receive(kHurried)) return false;
      left -= sent;
      next = (next + sent) % frames.ends.size();
    }
    granted_.erase(stream);
    return true;
  }

  // As many frames from the `next` on as the windows, the count and the end of the list allow.
  size_t SendSome(const Frames& frames, size_t next, uint64_t left, uint32_t stream) {
    const int64_t window = Window(stream);
    const size_t begin = next == 0 ? 0 : frames.ends[next - 1];
    const size_t most = std::min<uint64_t>(frames.ends.size() - next, left);
    size_t count = 0;
    int64_t charged = 0;  // frame headers are free
    while (count < most) {
      const auto bytes = static_cast<int64_t>(frames.ends[next + count] - begin);
      const auto charge = bytes - static_cast<int64_t>((count + 1) * kFrameHeader);
      if (charge > window) break;
      charged = charge;
      ++count;
    }
    if (count == 0) return 0;
    granted_[0] -= charged;
    granted_[stream] -= charged;
    const std::string_view bytes =
        std::string_view(frames.bytes).substr(begin, frames.ends[next + count - 1] - begin);
    failed_ = !SendAll(descriptor_, bytes);
    return count;
  }

  const int descriptor_;
  const Answer& answer_;
  std::string received_;  // not handled yet
  std::string control_;   // answers to what was handled
  bool greeted_ = false;
  bool failed_ = false;
  uint32_t reset_ = 0;  // the stream that the peer gave up last
  int64_t initial_window_ = kFirstWindow;
  std::map<uint32_t, int64_t> granted_;  // beyond the first window, less what was sent, by stream; 0: all
  std::string chunk_ = std::string(kChunk, '\0');
};

int ConnectTo(uint16_t port) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  const bool connected = connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  if (connected) return descriptor;
  close(descriptor);
  return -1;
}

// A call's beginning: all windows open, one empty message.
std::string Request() {
  std::string out(kPreface), settings, headers;
  AppendSetting(kInitialWindow, kLargestWindow, settings);
  AppendFrame(kSettings, 0, 0, settings, out);
  AppendWindowUpdate(0, kLargestWindow - kFirstWindow, out);
  headers += "\x83\x86";  // :method POST, :scheme http
  AppendField(":path", "/bench.Bench/ListMixed", headers);
  AppendField(":authority", "bench", headers);
  AppendField("content-type", "application/grpc", headers);
  AppendField("te", "trailers", headers);
  AppendFrame(kHeaders, kEndHeaders, 1, headers, out);
  AppendFrame(kData, kEndStream, 1, WithPrefix(""), out);
  return out;
}

}  // namespace

void ServeConnection(int descriptor, const Answer& answer) {
  Connection(descriptor, answer).Serve();
  close(descriptor);
}

uint64_t Drain(uint16_t port) {
  const int descriptor = ConnectTo(port);
  if (descriptor < 0 || !SendAll(descriptor, Request())) return 0;
  std::string held;
  std::string chunk(kChunk, '\0');
  uint64_t bytes = 0;
  for (bool ended = false; !ended;) {
    const ssize_t count = recv(descriptor, chunk.data(), chunk.size(), 0);
    if (count <= 0) break;
    held.append(chunk.data(), static_cast<size_t>(count));
    size_t at = 0;
    uint32_t consumed = 0;
    while (held.size() - at >= kFrameHeader) {
      const Frame frame = ReadFrame(std::string_view(held).substr(at));
      if (held.size() - at < kFrameHeader + frame.length) break;
      if (frame.type == kData) consumed += frame.length;
      ended = ended || (frame.type == kHeaders && (frame.flags & kEndStream) != 0);
      at += kFrameHeader + frame.length;
    }
    held.erase(0, at);
    bytes += consumed;
    std::string updates;
    if (consumed > 0) {
      AppendWindowUpdate(0, consumed, updates);
      AppendWindowUpdate(1, consumed, updates);
    }
    if (!SendAll(descriptor, updates)) break;
  }
  close(descriptor);
  return bytes;
}

}  // namespace rpcctl::bench
