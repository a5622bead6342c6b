// Reads ProtoJSON strictly, straight onto the wire.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "message/message_reader.h"

namespace rpcctl {

// The reader for DataFormat::kJson.
class JsonReader final : public MessageReader {
 public:
  // Borrows `type`, the types it leads to and the pool for life.
  explicit JsonReader(const google::protobuf::Descriptor& type, ReadOptions options = {});
  JsonReader(JsonReader&&) noexcept;
  JsonReader& operator=(JsonReader&&) noexcept;
  ~JsonReader() override;

  // Errors come with the path of the field, and the nearest names as hint: "line 2, column 5: user.tags[2]:
  // expected int32, found string "x"".
  Result<void> Read(std::string_view json, std::string& wire, TextPosition start = {}) override;

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace rpcctl
