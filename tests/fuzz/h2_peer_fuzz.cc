// The whole client against arbitrary bytes from its peer: every call ends once, and nothing comes after that.
//
// One thread: the target listens, lets the transport dial, accepts, and writes its input in pieces, turning
// the transport after each.
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/support/h2_answers.h"
#include "transport/h2/h2_transport.h"
#include "transport/socket.h"

using namespace rpcctl;
using namespace rpcctl::fuzz;

namespace {

constexpr int kMostTurns = 20'000;  // in a row: more events than any input has bytes
constexpr int kMostWrites = 3;
constexpr uint64_t kSmallLimit = 64;

// What the first bytes of an input choose.
struct Choices {
  explicit Choices(FuzzInput& input) {
    const uint8_t first = input.Byte();
    has_second_call = (first & 1) != 0;
    has_late_call = (first & 2) != 0;
    is_framed = (first & 4) != 0;
    has_long_requests = (first & 8) != 0;
    is_compressed = (first & 16) != 0;
    limit = (first & 32) != 0 ? kSmallLimit : kDefaultMaxMessageSize;
    ends_by_cancel = (first & 64) != 0;
    piece = 1 + size_t{input.Byte()};
    acts = input.Byte();
    ends_abruptly = (acts & 0xC0) == 0xC0;
    is_greeted = (first & 128) == 0;
  }

  bool has_second_call;
  bool has_late_call;  // begins when half is said
  bool is_framed;      // frames are made of the input, else it is their bytes
  bool has_long_requests;
  bool is_compressed;
  uint64_t limit;
  bool ends_by_cancel;  // else by the peer
  bool ends_abruptly;   // the user goes, whatever is under way
  bool is_greeted;      // the peer's SETTINGS come first
  size_t piece;         // bytes a write
  uint8_t acts;         // what calls do when something comes, two bits each
};

// A call, its user and what that has seen.
class User final : public CallEvents {
 public:
  enum Act { kPatient, kCancelsAtHeaders, kCancelsAtMessage, kLeavesAtMessage };

  User(const Choices& choices, int number)
      : limit_(choices.limit),
        act_(static_cast<Act>(choices.acts >> (2 * number) & 3)),
        // Three of them do not fit through the windows that a connection begins with.
        request_(choices.has_long_requests && number == 0 ? 25'000 : 3, 'r') {}

  void Open(Transport& transport, const Choices& choices) {
    CallStart start;
    start.path = "/fuzz.Service/Method";
    start.max_message_size = limit_;
    start.metadata = {{"x-own", "value"}, {"x-raw-bin", "\x01\x02"}};
    if (choices.is_compressed) start.compression = Compression::kGzip;
    call_ = transport.Open(std::move(start), *this);
  }

  void OnHeaders(Metadata) override {
    Live();
    Require(!has_headers_ && !has_message_, "headers come twice, or late");
    has_headers_ = true;
    if (act_ == kCancelsAtHeaders) call_->Cancel();
  }

  void OnMessage(std::string_view message) override {
    Live();
    has_message_ = true;
    Require(message.size() <= limit_, "a message is larger than the limit");
    if (act_ == kCancelsAtMessage) call_->Cancel();
    if (act_ == kLeavesAtMessage) wants_to_leave_ = true;
  }

  void OnWritable() override {
    Live();
    if (++writes_ > kMostWrites) return call_->HalfClose();
    call_->Write(request_, writes_ == 2 ? Next::kMessage : Next::kUnknown);
  }

  void OnEnd(CallEnd end) override {
    Live();
    has_ended_ = true;
    Require(end.not_reached || end.status.code >= 0, "a status is no number");
    Require(!end.not_reached || !has_message_, "a server that answered was not reached");
  }

  // Destroys the call, if that was wanted.
  void Leave() {
    if (wants_to_leave_) call_.reset();
  }
  void Cancel() {
    if (call_ && !has_ended_) call_->Cancel();
  }
  bool IsOver() const { return has_ended_ || !call_; }

 private:
  void Live() const { Require(!has_ended_ && call_, "an event comes after the end"); }

  const uint64_t limit_;
  const Act act_;
  const std::string request_;
  std::unique_ptr<Call> call_;
  int writes_ = 0;
  bool has_headers_ = false;
  bool has_message_ = false;
  bool wants_to_leave_ = false;
  bool has_ended_ = false;
};

// Where the transport dials to; the same for all inputs.
class Door {
 public:
  Door() : listener_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path + 1, name_.data(), name_.size());
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name_.size());
    const int descriptor = listener_.descriptor();
    Require(bind(descriptor, reinterpret_cast<sockaddr*>(&address), size) == 0 && listen(descriptor, 64) == 0,
            "cannot listen");
  }

  const std::string& name() const { return name_; }
  Socket Accept() {
    return Socket(accept4(listener_.descriptor(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  }

 private:
  const std::string name_ = "rpcctl-fuzz-" + std::to_string(getpid());
  Socket listener_;
};

// What tells the transport to dial nothing: on but while a call is opened, so that it does not look, for a
// second, what else its peer may speak.
class Interrupt {
 public:
  Interrupt() : event_(eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK)) {}
  int descriptor() const { return event_.descriptor(); }
  void Set(uint64_t value) {
    uint64_t count = 0;
    if (value == 0) Require(read(descriptor(), &count, sizeof count) == sizeof count, "no interrupt");
    if (value == 1) Require(write(descriptor(), &value, sizeof value) == sizeof value, "no interrupt");
  }

 private:
  Socket event_;
};

// The connections that the transport made. What is written goes to the last one.
class Peer {
 public:
  // `greeting` is written to each connection first.
  Peer(Door& door, std::string greeting) : door_(door), greeting_(std::move(greeting)) {}
  ~Peer() { Accept(); }  // what is left at the door is none of the next one's

  void Accept() {
    for (Socket socket = door_.Accept(); socket.descriptor() >= 0; socket = door_.Accept()) {
      sockets_.push_back(std::move(socket));
      Write(greeting_);
    }
  }
  void Write(std::string_view bytes) {
    // What does not fit was not read by a client that is not interested any more.
    if (!sockets_.empty()) send(sockets_.back().descriptor(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }
  // Reads away what the client says, so that it can go on.
  void ReadAway() {
    static std::array<char, 1 << 16> buffer;
    for (const Socket& socket : sockets_) {
      while (recv(socket.descriptor(), buffer.data(), buffer.size(), 0) > 0) {
      }
    }
  }
  void Close() { sockets_.clear(); }

 private:
  Door& door_;
  const std::string greeting_;
  std::vector<Socket> sockets_;
};

// Whether a client looks, for milliseconds, if a peer that begins like this speaks TLS.
bool IsProbed(std::string_view said) {
  constexpr std::string_view kHttp1 = "HTTP/";
  return said.size() < testing::kFrameHeader || said.starts_with(kHttp1);
}

// Frames of which the input says type, flags, stream, length and content.
std::string Framed(FuzzInput& input) {
  std::string bytes;
  while (!input.empty()) {
    const uint8_t type = input.Byte() % 11, flags = input.Byte(), stream = input.Byte() % 9;
    std::string content;
    for (size_t size = input.Byte(); content.size() < size && !input.empty();)
      content += static_cast<char>(input.Byte());
    testing::AppendFrame(type, flags, stream, content, bytes);
  }
  return bytes;
}

class Session {
 public:
  Session(Door& door, const Choices& choices)
      : choices_(choices), peer_(door, choices.is_greeted ? testing::SettingsBytes() : "") {
    TransportOptions options;
    options.target.kind = Target::Kind::kUnixAbstract;
    options.target.socket = door.name();
    options.target.is_local = true;
    options.keepalive = Duration::max();
    options.interrupt_descriptor = interrupt_.descriptor();
    transport_ = MakeH2Transport(std::move(options));
  }

  void Run(std::string_view bytes) {
    Open();
    if (choices_.has_second_call) Open();
    const size_t half = bytes.size() / 2;
    for (bool is_due = choices_.has_late_call; !bytes.empty();) {
      const std::string_view piece = bytes.substr(0, choices_.piece);
      bytes.remove_prefix(piece.size());
      peer_.Write(piece);
      if (choices_.ends_abruptly && bytes.empty()) {
        transport_->Dispatch(TimePoint::min());
        break;
      }
      Turn();
      if (bytes.size() <= half && std::exchange(is_due, false)) Open();
    }
    End();
  }

 private:
  void Open() {
    users_.push_back(std::make_unique<User>(choices_, static_cast<int>(users_.size()) % 4));
    interrupt_.Set(0);
    users_.back()->Open(*transport_, choices_);
    interrupt_.Set(1);
    peer_.Accept();
    Turn();
  }

  // Until nothing more happens.
  void Turn() {
    int turns = 0;
    do {
      peer_.ReadAway();
      for (const auto& user : users_) user->Leave();
      Require(++turns < kMostTurns, "events without an end");
    } while (transport_->Dispatch(TimePoint::min()));
  }

  void End() {
    if (choices_.ends_abruptly) return;
    if (choices_.ends_by_cancel) {
      for (const auto& user : users_) user->Cancel();
    } else {
      peer_.Close();
    }
    Turn();
    for (const auto& user : users_) Require(user->IsOver(), "a call does not end");
  }

  const Choices& choices_;
  Interrupt interrupt_;
  Peer peer_;
  std::unique_ptr<Transport> transport_;
  std::vector<std::unique_ptr<User>> users_;  // their calls go before the transport
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  static Door door;
  FuzzInput input(bytes, size);
  Choices choices(input);
  const std::string said = choices.is_framed ? Framed(input) : std::string(input.rest());
  choices.is_greeted = choices.is_greeted || IsProbed(said);
  Session(door, choices).Run(said);
  return 0;
}
