#include "tests/support/scripted_peer.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>

namespace rpcctl::testing {
namespace {

constexpr time_t kPatience = 20;  // seconds: nothing in a test takes as long

// The content of a frame without its padding and priority.
std::string_view Unpadded(const Frame& frame, std::string_view content) {
  size_t padding = 0;
  if ((frame.flags & kPadded) != 0 && !content.empty()) {
    padding = static_cast<uint8_t>(content[0]);
    content.remove_prefix(1);
  }
  const bool has_priority = frame.type == kHeaders && (frame.flags & kWithPriority) != 0;
  if (has_priority) content.remove_prefix(std::min<size_t>(5, content.size()));
  content.remove_suffix(std::min(padding, content.size()));
  return content;
}

void SetOption(int descriptor, int level, int option, const auto& value) {
  setsockopt(descriptor, level, option, &value, sizeof value);
}

}  // namespace

std::optional<std::string> PeerStream::Value(std::string_view name) const {
  for (const auto& [key, value] : fields) {
    if (key == name) return value;
  }
  return std::nullopt;
}

size_t PeerStream::MessageCount() const {
  constexpr size_t kPrefix = 5;
  size_t count = 0;
  for (std::string_view rest = data; rest.size() >= kPrefix; ++count) {
    const size_t size = kPrefix + ReadNumber(rest.substr(1));
    if (rest.size() < size) break;
    rest.remove_prefix(size);
  }
  return count;
}

PeerConnection::PeerConnection(Socket socket) : socket_(std::move(socket)) {
  const timeval patience = {kPatience, 0};
  SetOption(socket_.descriptor(), SOL_SOCKET, SO_RCVTIMEO, patience);
  SetOption(socket_.descriptor(), IPPROTO_TCP, TCP_NODELAY, 1);
}

bool PeerConnection::Receive(size_t size, std::string& out) {
  while (received_.size() < size && !is_gone_) {
    std::array<char, 1 << 16> chunk;
    const ssize_t count = recv(socket_.descriptor(), chunk.data(), chunk.size(), 0);
    if (count <= 0) is_gone_ = true;
    if (count > 0) received_.append(chunk.data(), static_cast<size_t>(count));
  }
  if (received_.size() < size) return false;
  out = received_.substr(0, size);
  received_.erase(0, size);
  return true;
}

bool PeerConnection::Greet(std::initializer_list<std::pair<uint16_t, uint32_t>> settings) {
  std::string preface;
  if (!Receive(kPreface.size(), preface) || preface != kPreface) return false;
  Send(SettingsBytes(settings));
  return true;
}

bool PeerConnection::ReadFrame() {
  std::string head, content;
  if (!Receive(kFrameHeader, head)) return false;
  Frame frame = testing::ReadFrame(head);
  frame.stream &= kLargestWindow;
  if (!Receive(frame.length, content)) return false;
  if (frame.type == kHeaders) {
    NoteHeaders(frame, std::string(Unpadded(frame, content)));
  } else {
    Note(frame, content);
  }
  return true;
}

void PeerConnection::NoteHeaders(const Frame& frame, std::string content) {
  for (uint8_t flags = frame.flags; (flags & kEndHeaders) == 0;) {
    std::string head, more;
    if (!Receive(kFrameHeader, head) || !Receive(testing::ReadFrame(head).length, more)) return;
    flags = testing::ReadFrame(head).flags;
    content += more;
  }
  PeerStream& stream = streams_[frame.stream];
  stream.number = frame.stream;
  stream.fields = decoder_.Decode(content);
  stream.ended = (frame.flags & kEndStream) != 0;
  stream.window = stream_window_;
  unserved_.push_back(frame.stream);
}

void PeerConnection::Note(const Frame& frame, std::string_view content) {
  const bool is_ack = (frame.flags & kAck) != 0;
  const auto stream = streams_.find(frame.stream);
  switch (frame.type) {
    case kData:
      return NoteData(frame, content);
    case kSettings:
      return is_ack ? void(++notes_.settings_acks) : NoteSettings(frame, content);
    case kPing:
      if (is_ack) return notes_.ping_acks.emplace_back(content), void();
      ++notes_.pings;
      return manners.acks_pings ? Send(PingBytes(content, kAck)) : void();
    case kResetStream:
      if (stream != streams_.end()) stream->second.reset = ReadNumber(content);
      return;
    case kGoAway:
      notes_.go_away = ReadNumber(content.substr(4));
      return;
    case kWindowUpdate:
      return NoteWindow(frame.stream, ReadNumber(content));
    default:
      return;
  }
}

void PeerConnection::NoteData(const Frame& frame, std::string_view content) {
  PeerStream& stream = streams_[frame.stream];
  stream.data += Unpadded(frame, content);
  stream.largest_frame = std::max(stream.largest_frame, content.size());
  if ((frame.flags & kEndStream) != 0) stream.ended = true;
  if (!manners.opens_windows || content.empty()) return;
  Send(WindowBytes(0, frame.length) + (stream.ended ? "" : WindowBytes(frame.stream, frame.length)));
}

void PeerConnection::NoteSettings(const Frame&, std::string_view content) {
  for (; content.size() >= 6; content.remove_prefix(6)) {
    const auto key =
        static_cast<uint16_t>(static_cast<uint8_t>(content[0]) << 8 | static_cast<uint8_t>(content[1]));
    const uint32_t value = ReadNumber(content.substr(2));
    notes_.settings[key] = value;
    if (key != kInitialWindow) continue;
    for (auto& [number, stream] : streams_) stream.window += int64_t{value} - stream_window_;
    stream_window_ = value;
  }
  if (manners.acks_settings) Send(SettingsBytes({}, kAck));
}

void PeerConnection::NoteWindow(uint32_t stream, uint32_t more) {
  notes_.opened_windows[stream] += more;
  if (stream == 0) window_ += more;
  const auto found = streams_.find(stream);
  if (found != streams_.end()) found->second.window += more;
}

bool PeerConnection::ReadUntil(const std::function<bool()>& condition) {
  while (!condition()) {
    if (!ReadFrame()) return false;
  }
  return true;
}

void PeerConnection::ReadToEnd() {
  while (ReadFrame()) {
  }
}

PeerStream& PeerConnection::NextStream() {
  if (!ReadUntil([this] { return !unserved_.empty(); })) return none_;
  const uint32_t number = unserved_.front();
  unserved_.pop_front();
  return streams_[number];
}

bool PeerConnection::AwaitMessages(const PeerStream& stream, size_t count) {
  return ReadUntil([&] { return stream.MessageCount() >= count; });
}

bool PeerConnection::AwaitEnd(const PeerStream& stream) {
  return ReadUntil([&] { return stream.ended; });
}

bool PeerConnection::AwaitReset(const PeerStream& stream) {
  return ReadUntil([&] { return stream.reset.has_value(); });
}

bool PeerConnection::AwaitRoundTrip() {
  const size_t count = notes_.ping_acks.size();
  Send(PingBytes());
  return ReadUntil([&] { return notes_.ping_acks.size() > count; });
}

void PeerConnection::Send(std::string_view bytes) {
  while (!bytes.empty() && !is_gone_) {
    const ssize_t count = send(socket_.descriptor(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return;  // what it said before can still be read
    bytes.remove_prefix(static_cast<size_t>(count));
  }
}

void PeerConnection::SendInPieces(std::string_view bytes, size_t piece) {
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) Send(bytes.substr(0, piece));
}

bool PeerConnection::SendData(PeerStream& stream, std::string_view data) {
  while (!data.empty()) {
    const auto is_open = [&] { return std::min(window_, stream.window) > 0 || stream.reset.has_value(); };
    pollfd room = {socket_.descriptor(), POLLOUT, 0};
    if (on_held_back && (!is_open() || poll(&room, 1, 0) == 0)) std::exchange(on_held_back, nullptr)();
    if (!ReadUntil(is_open) || stream.reset) return false;
    const int64_t window = std::min({window_, stream.window, int64_t{kLargestFrame}});
    const std::string_view part = data.substr(0, static_cast<size_t>(window));
    Send(DataBytes(stream.number, part));
    window_ -= static_cast<int64_t>(part.size());
    stream.window -= static_cast<int64_t>(part.size());
    data_sent_ += part.size();
    data.remove_prefix(part.size());
  }
  return true;
}

void PeerConnection::Close() {
  shutdown(socket_.descriptor(), SHUT_WR);
  ReadToEnd();
}

void PeerConnection::Abort() {
  const linger at_once = {1, 0};
  SetOption(socket_.descriptor(), SOL_SOCKET, SO_LINGER, at_once);
  socket_ = Socket();
  is_gone_ = true;
}

ScriptedPeer::ScriptedPeer(std::vector<Script> scripts)
    : scripts_(std::move(scripts)), thread_([this] { Serve(); }) {}

void ScriptedPeer::Serve() {
  for (size_t number = 0;; ++number) {
    Socket socket = listener_.Accept();
    if (socket.descriptor() < 0) return;
    const Script& script = scripts_[std::min(number, scripts_.size() - 1)];
    connections_.emplace_back([&script, taken = std::move(socket)]() mutable {
      PeerConnection connection(std::move(taken));
      script(connection);
      if (!connection.is_gone()) connection.ReadToEnd();
    });
  }
}

void ScriptedPeer::Join() {
  if (!thread_.joinable()) return;
  shutdown(listener_.descriptor(), SHUT_RDWR);
  thread_.join();
  for (std::thread& connection : connections_) connection.join();
}

}  // namespace rpcctl::testing
