// Writes messages as the items that make them: {"name": "you"} as name=you.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "message/known_types.h"

namespace google::protobuf {
class Descriptor;
}

namespace rpcctl {

// The words, laid over an empty message by a Builder, make the same message again but for unknown fields.
// What items have no short form for is in them as JSON: detail:={"@type":...}. Not for several threads at
// once.
class ItemsWriter {
 public:
  // Borrows `type` and the pool of `known` for life.
  explicit ItemsWriter(const google::protobuf::Descriptor& type, KnownTypes known = {});
  ~ItemsWriter();
  ItemsWriter(ItemsWriter&&) noexcept;

  // The words of the message in `wire`, fields by number; none for an empty one. They are
  // safe to show. Errors are JsonWriter's.
  Result<std::vector<std::string>> Write(std::string_view wire);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace rpcctl
