// Writes bytes to a descriptor and never loses one without saying so.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/duration.h"
#include "base/result.h"

namespace rpcctl {

// Where finished text goes. Two implementations: a descriptor, and a string in tests.
class Output {
 public:
  virtual ~Output() = default;
  // Takes `bytes`, buffering them as it likes. A kOutput error once the sink has failed; from then on always.
  virtual Result<void> Write(std::string_view bytes) = 0;
  // Hands everything taken so far to the system.
  virtual Result<void> Flush() = 0;
};

// Writes `text` to where people are told things, at once. When that fails there is nobody left to tell.
inline void Tell(Output& err, std::string_view text) {
  [[maybe_unused]] const Result<void> written = err.Write(text);
  [[maybe_unused]] const Result<void> shown = err.Flush();
}

// A buffered Output over a borrowed descriptor. Not flushed on destruction: an error there could not be told.
class DescriptorOutput final : public Output {
 public:
  // How long a reader that takes nothing is waited for; nullopt: for ever. Asked before each write, and again
  // when a signal broke one off.
  using Patience = std::function<std::optional<Duration>()>;

  // `name` is how an error calls it: "standard output". When the patience is at an end, that is an error.
  DescriptorOutput(int descriptor, std::string name, Patience patience = {});
  Result<void> Write(std::string_view bytes) override;
  Result<void> Flush() override;

 private:
  const int descriptor_;
  const std::string name_;
  const Patience patience_;
  std::string buffer_;
  int failure_ = 0;  // the errno of the first failed write
};

// Keeps what was written.
class StringOutput final : public Output {
 public:
  Result<void> Write(std::string_view bytes) override {
    text_ += bytes;
    return {};
  }
  Result<void> Flush() override { return {}; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace rpcctl
