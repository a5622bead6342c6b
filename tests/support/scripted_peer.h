// An HTTP/2 server on loopback that does what a test says, frame by frame, right or wrong.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/support/h2_answers.h"
#include "tests/support/hpack.h"
#include "tests/support/listener.h"
#include "transport/socket.h"

namespace rpcctl::testing {

// What a client said on one stream.
struct PeerStream {
  uint32_t number = 0;       // 0: there is none, for the client is gone
  Fields fields;             // of the request, in their order
  std::string data;          // what its DATA frames carried
  size_t largest_frame = 0;  // of DATA, with its padding
  bool ended = false;
  std::optional<uint32_t> reset;  // the code of its RST_STREAM
  int64_t window = 0;             // what may be sent on it

  // Of the first field with this name; nullopt for none.
  std::optional<std::string> Value(std::string_view name) const;
  size_t MessageCount() const;  // of the whole messages in `data`
};

// What a client said about the connection.
struct PeerNotes {
  std::map<uint16_t, uint32_t> settings;  // the last of each
  int settings_acks = 0;
  int pings = 0;
  std::vector<std::string> ping_acks;           // the eight bytes of each
  std::optional<uint32_t> go_away;              // its code
  std::map<uint32_t, uint64_t> opened_windows;  // sums of WINDOW_UPDATE by stream; 0 is the connection's
};

// What a peer does without being told to.
struct PeerManners {
  bool acks_settings = true;
  bool acks_pings = true;
  bool opens_windows = true;  // by as much as DATA took
};

// One connection, from the server's side. Once the client is gone (or silent for 20 s) whatever waits returns
// false, and what is written goes nowhere. All methods are for the thread of the script.
class PeerConnection final {
 public:
  explicit PeerConnection(Socket socket);

  PeerManners manners;
  // Told by SendData before it waits for a window or for the client to read; once.
  std::function<void()> on_held_back;

  // ---- what the client says ----

  // Reads the client's preface and sends SETTINGS; false when there is no preface.
  bool Greet(std::initializer_list<std::pair<uint16_t, uint32_t>> settings = {});
  // Reads one frame and does what manners ask for.
  bool ReadFrame();
  bool ReadUntil(const std::function<bool()>& condition);
  void ReadToEnd();
  // The next call that was not handed out so far; number 0 when the client is gone.
  PeerStream& NextStream();
  bool AwaitMessages(const PeerStream& stream, size_t count);
  bool AwaitEnd(const PeerStream& stream);
  bool AwaitReset(const PeerStream& stream);
  // Sends a PING and reads until it is answered: what the client was sent before, it has then seen.
  bool AwaitRoundTrip();
  const PeerNotes& notes() const { return notes_; }
  size_t stream_count() const { return streams_.size(); }
  bool is_gone() const { return is_gone_; }

  // ---- what the peer says ----

  void Send(std::string_view bytes);
  // In writes of `piece` bytes, each a packet of its own.
  void SendInPieces(std::string_view bytes, size_t piece);
  // DATA frames, no more than the client's windows allow; false when it is gone or has reset the stream.
  bool SendData(PeerStream& stream, std::string_view data);
  uint64_t data_sent() const { return data_sent_; }
  // Says nothing more, and reads until the client closes its end too.
  void Close();
  // Breaks the connection (TCP RST).
  void Abort();

 private:
  bool Receive(size_t size, std::string& out);
  void Note(const Frame& frame, std::string_view content);
  void NoteHeaders(const Frame& frame, std::string content);
  void NoteData(const Frame& frame, std::string_view content);
  void NoteSettings(const Frame& frame, std::string_view content);
  void NoteWindow(uint32_t stream, uint32_t more);

  Socket socket_;
  std::string received_;  // and not read yet
  HpackDecoder decoder_;
  PeerNotes notes_;
  std::map<uint32_t, PeerStream> streams_;
  std::deque<uint32_t> unserved_;
  PeerStream none_;
  int64_t window_ = kFirstWindow;
  int64_t stream_window_ = kFirstWindow;
  uint64_t data_sent_ = 0;
  bool is_gone_ = false;
};

// Listens, and runs a script for each connection, on a thread of its own.
class ScriptedPeer final {
 public:
  using Script = std::function<void(PeerConnection&)>;

  // The n-th connection is served by the n-th script, all that follow by the last one. After its script a
  // connection is read until the client closes it.
  explicit ScriptedPeer(std::vector<Script> scripts);
  explicit ScriptedPeer(Script script) : ScriptedPeer(std::vector<Script>{std::move(script)}) {}
  ~ScriptedPeer() { Join(); }
  ScriptedPeer(const ScriptedPeer&) = delete;
  ScriptedPeer& operator=(const ScriptedPeer&) = delete;

  // "127.0.0.1:port"
  std::string address() const { return "127.0.0.1:" + std::to_string(listener_.port()); }
  // Stops listening and waits for all scripts: what they noted may be read after that. The client should be
  // gone.
  void Join();

 private:
  void Serve();

  const std::vector<Script> scripts_;
  Listener listener_;
  std::vector<std::thread> connections_;  // of the listening thread, until that ends
  std::thread thread_;
};

}  // namespace rpcctl::testing
