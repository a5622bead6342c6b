#include "transport/peer_probe.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "base/safe_text.h"
#include "transport/reach.h"
#include "transport/speech.h"
#include "transport/tls_greeting.h"
#include "transport/waiting.h"

namespace rpcctl {
namespace {

using std::string_view_literals::operator""sv;

constexpr Duration kLongestProbe = std::chrono::seconds(1);
constexpr size_t kMostBytes = 512;

// RFC 9113, section 3.4: the client's preface, with an empty SETTINGS frame.
constexpr std::string_view kHttp2Greeting = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"sv;

// What the peer says first after `greeting`; empty when it says nothing.
std::string FirstBytes(const TransportOptions& options, std::string_view greeting, TimePoint until) {
  Result<Reached> reached = ReachPlainly(options, until);
  if (!reached) return "";
  const int descriptor = reached->socket.descriptor();
  send(descriptor, greeting.data(), greeting.size(), MSG_NOSIGNAL);
  pollfd waiting[] = {{descriptor, POLLIN, 0}, {options.interrupt_descriptor, POLLIN, 0}};
  WaitForAny(waiting, until);
  std::string bytes(kMostBytes, '\0');
  const ssize_t count = recv(descriptor, bytes.data(), bytes.size(), 0);
  bytes.resize(count > 0 ? static_cast<size_t>(count) : 0);
  return bytes;
}

}  // namespace

std::optional<Error> ExplainPeer(const TransportOptions& options, TimePoint until) {
  const TimePoint soon = std::min(until, After(std::chrono::steady_clock::now(), kLongestProbe));
  return ExplainPeer(options, FirstBytes(options, kHttp2Greeting, soon), until);
}

std::optional<Error> ExplainPeer(const TransportOptions& options, std::string_view first_bytes,
                                 TimePoint until) {
  until = std::min(until, After(std::chrono::steady_clock::now(), kLongestProbe));
  std::string bytes(first_bytes);
  Speech speech = SpeechOf(bytes);
  // Most servers with TLS close the connection without a word, some tell off in HTTP/1.x.
  if (speech == Speech::kNothing || speech == Speech::kHttp1) {
    const std::string second = FirstBytes(options, TlsGreeting(options.target.host), until);
    if (SpeechOf(second) == Speech::kTls) speech = SpeechOf(bytes = second);
  }
  if (speech == Speech::kNothing || speech == Speech::kHttp2) return std::nullopt;
  const std::string what = fmt::format("cannot connect to {} without TLS: the server {}",
                                       SafeText(options.target.Name()), DescribeSpeech(bytes));
  if (speech == Speech::kTls) return Error{ErrorKind::kConnect, what, "try --tls"};
  return Error{ErrorKind::kConnect, what + ", not gRPC", "is this the port of a gRPC server?"};
}

Error ClosedWithoutAWord(const Target& target) {
  return {ErrorKind::kConnect,
          fmt::format("cannot connect to {}: the server closed the connection without a word",
                      SafeText(target.Name())),
          ""};
}

Error SaidNothing(const Target& target) {
  return {ErrorKind::kConnect,
          fmt::format("cannot connect to {}: timed out: the peer took the connection and said nothing",
                      SafeText(target.Name())),
          ""};
}

}  // namespace rpcctl
