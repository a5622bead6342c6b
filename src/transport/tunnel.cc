#include "transport/tunnel.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "base/base64.h"
#include "base/files.h"
#include "base/safe_text.h"
#include "transport/speech.h"
#include "transport/waiting.h"

namespace rpcctl {
namespace {

constexpr size_t kMostAnswerBytes = 64 * 1024;
constexpr size_t kShownReason = 80;
constexpr std::string_view kProtocol = "HTTP/1.";
constexpr int kAuthenticationRequired = 407;

// One CONNECT under way. Everything is borrowed.
struct Asking {
  const int descriptor;
  const Proxy& proxy;
  const Target& target;
  const TimePoint until;
  const int interrupt;

  Result<void> Say(std::string_view request) const;
  Result<std::string> Hear() const;
  Result<void> Wait(short events) const;
  Error Failure(std::string_view why) const;
  Error Garbage(std::string_view answer) const;
  Error EndlessAnswer() const;
  Result<void> Judge(std::string_view answer) const;
  Error Refusal(int code, std::string_view reason) const;
};

std::string RequestFor(const Proxy& proxy, const Target& target, std::string_view user_agent) {
  const std::string name = target.Name();
  std::string request =
      fmt::format("CONNECT {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: {}\r\n", name, name, user_agent);
  if (proxy.credentials)
    request += fmt::format("Proxy-Authorization: Basic {}\r\n", EncodeBase64(*proxy.credentials));
  return request + "\r\n";
}

// Where the head of an answer ends, after the empty line; npos when it does not yet.
size_t EndOfHead(std::string_view answer) {
  // RFC 9112, section 2.2: a line may end without its CR.
  for (size_t i = answer.find('\n'); i != std::string_view::npos; i = answer.find('\n', i + 1)) {
    const std::string_view rest = answer.substr(i + 1);
    if (rest.starts_with("\n")) return i + 2;
    if (rest.starts_with("\r\n")) return i + 3;
  }
  return std::string_view::npos;
}

Error Asking::Failure(std::string_view why) const {
  return {ErrorKind::kConnect, fmt::format("cannot connect to {}: {}", SafeText(target.Name()), why),
          HintAboutProxy(proxy)};
}

Error Asking::Garbage(std::string_view answer) const {
  return Failure(fmt::format("proxy {} did not answer CONNECT, it {}", proxy.Name(), DescribeSpeech(answer)));
}

Error Asking::EndlessAnswer() const {
  return Failure(fmt::format("proxy {} answers CONNECT without an end", proxy.Name()));
}

Result<void> Asking::Wait(short events) const {
  pollfd waiting[] = {{descriptor, events, 0}, {interrupt, POLLIN, 0}};
  const bool ready = WaitForAny(waiting, until);
  if (waiting[1].revents != 0) return Failure("interrupted");
  if (ready || std::chrono::steady_clock::now() < until) return {};
  return Failure(fmt::format("timed out: proxy {} did not answer CONNECT", proxy.Name()));
}

Result<void> Asking::Say(std::string_view request) const {
  while (!request.empty()) {
    const ssize_t count = send(descriptor, request.data(), request.size(), MSG_NOSIGNAL);
    if (count >= 0) {
      request.remove_prefix(static_cast<size_t>(count));
    } else if (errno == EAGAIN) {
      if (Result<void> ready = Wait(POLLOUT); !ready) return ready.error();
    } else if (errno != EINTR) {
      return Failure(fmt::format("proxy {}: {}", proxy.Name(), ErrnoText(errno)));
    }
  }
  return {};
}

// The head of the answer; nothing behind it is taken from the socket.
Result<std::string> Asking::Hear() const {
  std::string answer;
  for (;;) {
    if (Result<void> ready = Wait(POLLIN); !ready) return ready.error();
    char bytes[1024];
    const ssize_t count = recv(descriptor, bytes, sizeof bytes, MSG_PEEK);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (count < 0) return Failure(fmt::format("proxy {}: {}", proxy.Name(), ErrnoText(errno)));
    if (count == 0)
      return Failure(fmt::format("proxy {} closed the connection in place of an answer", proxy.Name()));
    const size_t before = answer.size();
    answer.append(bytes, static_cast<size_t>(count));
    const size_t found = EndOfHead(answer);
    const bool is_whole = found != std::string::npos;
    const size_t end = std::min(found, answer.size());
    [[maybe_unused]] const ssize_t taken = recv(descriptor, bytes, end - before, 0);
    answer.resize(end);
    const size_t compared = std::min(answer.size(), kProtocol.size());
    if (answer.compare(0, compared, kProtocol.substr(0, compared)) != 0) return Garbage(answer);
    if (is_whole) return answer;
    if (answer.size() > kMostAnswerBytes) return EndlessAnswer();
  }
}

Error Asking::Refusal(int code, std::string_view reason) const {
  Error error =
      Failure(fmt::format("proxy {} refused CONNECT: {}", proxy.Name(), SafeExcerpt(reason, kShownReason)));
  if (code != kAuthenticationRequired) return error;
  error.hint = proxy.credentials ? "does the proxy know this user, with this password?"
                                 : "--proxy http://USER:PASSWORD@HOST:PORT tells it who you are";
  return error;
}

// RFC 9110, section 15.2: answers of 1xx come before the one that counts; 101 would be that one.
bool IsInterim(std::string_view answer) {
  const std::string_view line = answer.substr(0, answer.find_first_of("\r\n"));
  const size_t space = line.find(' ');
  if (space == std::string_view::npos) return false;
  const std::string_view status = line.substr(space + 1);
  return status.starts_with("1") && !status.starts_with("101");
}

// "HTTP/1.1 200 Connection established": what the first line of the answer says.
Result<void> Asking::Judge(std::string_view answer) const {
  const std::string_view line = answer.substr(0, answer.find_first_of("\r\n"));
  const std::string_view status = line.substr(std::min(line.find(' ') + 1, line.size()));
  const bool has_code =
      status.size() >= 3 &&
      std::all_of(status.begin(), status.begin() + 3, [](char c) { return c >= '0' && c <= '9'; }) &&
      (status.size() == 3 || status[3] == ' ');
  if (!has_code || line.find(' ') == std::string_view::npos) return Garbage(answer);
  if (status[0] == '2') return {};
  return Refusal(std::stoi(std::string(status.substr(0, 3))), status);
}

}  // namespace

Result<size_t> OpenTunnel(int descriptor, const Proxy& proxy, const Target& target,
                          std::string_view user_agent, TimePoint until, int interrupt) {
  const Asking asking{descriptor, proxy, target, until, interrupt};
  if (Result<void> said = asking.Say(RequestFor(proxy, target, user_agent)); !said) return said.error();
  size_t taken = 0;
  for (;;) {
    const Result<std::string> answer = asking.Hear();
    if (!answer) return answer.error();
    taken += answer->size();
    if (!IsInterim(*answer)) {
      if (Result<void> granted = asking.Judge(*answer); !granted) return granted.error();
      return taken;
    }
    if (taken > kMostAnswerBytes) return asking.EndlessAnswer();
  }
}

}  // namespace rpcctl
