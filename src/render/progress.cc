#include "render/progress.h"

#include <fmt/format.h>

#include "base/size.h"
#include "base/text.h"

namespace rpcctl {
namespace {

constexpr Duration kQuietStart = std::chrono::seconds(1);
constexpr Duration kInterval = std::chrono::milliseconds(250);
constexpr size_t kSamples = 4;  // the rate is that of the last second

}  // namespace

void Progress::Count(size_t bytes, TimePoint now) {
  if (messages_ == 0) {
    next_ = After(now, kQuietStart);
    samples_.push_back({now, 0});
  }
  ++messages_;
  bytes_ += bytes;
}

std::string Progress::Refresh(TimePoint now) {
  if (messages_ == 0 || now < next_) return "";
  const uint64_t rate = MessagesPerSecond(now);
  samples_.push_back({now, messages_});
  if (samples_.size() > kSamples) samples_.pop_front();
  next_ = After(now, kInterval);
  shown_ = true;
  return fmt::format("\r{}, {}/s, {}\x1b[K", Plural(messages_, "message"), rate, FormatSize(bytes_));
}

std::string Progress::Erase() {
  if (!shown_) return "";
  shown_ = false;
  return kEraseLine;
}

uint64_t Progress::MessagesPerSecond(TimePoint now) const {
  const Sample& oldest = samples_.front();
  const double seconds = std::chrono::duration<double>(now - oldest.at).count();
  return static_cast<uint64_t>(static_cast<double>(messages_ - oldest.messages) / seconds + 0.5);
}

}  // namespace rpcctl
