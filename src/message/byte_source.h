// Reads the bytes of a data source as they come, and never blocks.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "message/request_words.h"

namespace rpcctl {

enum class Arrival {
  kBytes,    // some bytes came
  kEnd,      // none will come any more
  kWaiting,  // none now: wait until the descriptor is readable
};

// One source, open. Nothing is set on a descriptor that others share.
class ByteSource final {
 public:
  // Opens `source`; standard input is the descriptor `standard_input`, borrowed. A kInput error names a file
  // that cannot be opened, with the cause.
  static Result<ByteSource> Open(const DataSource& source, int standard_input);
  // Whether Open is likely to work, without opening: a named pipe would feel that. Errors as for Open.
  static Result<void> Check(const DataSource& source);
  ByteSource(ByteSource&& other) noexcept;
  ByteSource& operator=(ByteSource&& other) noexcept;
  ~ByteSource();

  // With kBytes, `bytes` holds them, in place of what it held. A kInput error names the source and the cause.
  Result<Arrival> Read(std::string& bytes);

  // To wait on after kWaiting. -1 for text.
  int descriptor() const { return descriptor_; }
  // "" for text, "standard input", or the name of the file in quotes.
  const std::string& name() const { return name_; }

 private:
  ByteSource() = default;

  std::string name_;
  std::string text_;  // not read yet
  int descriptor_ = -1;
  bool owned_ = false;
};

}  // namespace rpcctl
