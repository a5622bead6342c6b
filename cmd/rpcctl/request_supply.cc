#include "cmd/rpcctl/request_supply.h"

#include <fmt/format.h>

#include "transport/waiting.h"

namespace rpcctl {
namespace {

// How much of a stream from files is checked before the call begins.
constexpr size_t kReadAheadBytes = 1 << 20;

RequestStep ToRequestStep(RequestStream::Step step) {
  if (step == RequestStream::Step::kMessage) return RequestStep::kMessage;
  return step == RequestStream::Step::kEnd ? RequestStep::kEnd : RequestStep::kWaiting;
}

}  // namespace

RequestSupply::RequestSupply(RequestStream stream, bool live, MethodKind kind, std::string method)
    : stream_(std::move(stream)), live_(live), kind_(kind), method_(std::move(method)) {}

Result<void> RequestSupply::Prepare(TimePoint deadline) {
  if (!StreamsRequests(kind_)) return ReadOne(deadline);
  // What somebody types or pipes in is sent as it comes, the documents before a bad one included.
  return live_ ? Result<void>() : ReadAhead();
}

Result<RequestStep> RequestSupply::NextWaiting(std::string& message, TimePoint deadline) {
  for (;;) {
    Result<RequestStep> step = Next(message);
    if (!step || *step != RequestStep::kWaiting) return step;
    pollfd input{stream_.descriptor(), POLLIN, 0};
    if (WaitForAny({&input, 1}, deadline)) continue;
    return Error{ErrorKind::kStatus,
                 "DEADLINE_EXCEEDED (4): the time was over while waiting for standard input", "",
                 kDeadlineExceeded};
  }
}

Result<void> RequestSupply::ReadOne(TimePoint deadline) {
  std::string message;
  Result<RequestStep> first = NextWaiting(message, deadline);
  if (!first) return first.error();
  if (*first == RequestStep::kEnd) {
    return Error{ErrorKind::kInput,
                 fmt::format("{} takes one request message, but the data holds none", method_),
                 "leave the data out to send an empty message"};
  }
  std::string another;
  Result<RequestStep> second = NextWaiting(another, deadline);
  if (!second) return second.error();
  ready_.push_back(std::move(message));
  ended_ = true;
  if (*second == RequestStep::kEnd) return {};
  return Error{ErrorKind::kInput, fmt::format("{} takes one request message, but there are more", method_),
               "only methods that stream requests take several"};
}

Result<void> RequestSupply::ReadAhead() {
  size_t bytes = 0;
  while (bytes < kReadAheadBytes) {
    std::string message;
    Result<RequestStream::Step> step = stream_.Next(message);
    if (!step) return step.error();
    ended_ = *step == RequestStream::Step::kEnd;
    if (*step != RequestStream::Step::kMessage) return {};
    bytes += message.size() + 1;
    ready_.push_back(std::move(message));
  }
  return {};
}

Result<RequestStep> RequestSupply::Next(std::string& message) {
  if (!ready_.empty()) {
    message = std::move(ready_.front());
    ready_.pop_front();
    return RequestStep::kMessage;
  }
  if (ended_) return RequestStep::kEnd;
  Result<RequestStream::Step> step = stream_.Next(message);
  if (!step) return step.error();
  return ToRequestStep(*step);
}

}  // namespace rpcctl
