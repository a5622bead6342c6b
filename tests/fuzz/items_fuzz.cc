// Items, one a line: what a message is built from, it is written as, and built from that it is the same
// message.
#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "message/builder.h"
#include "message/item.h"
#include "message/items_writer.h"
#include "message/wire.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/fuzz_types.h"

using namespace rpcctl;
using namespace rpcctl::fuzz;

namespace {

std::chrono::system_clock::time_point Now() {
  return std::chrono::system_clock::time_point(std::chrono::seconds(1'795'343'400));
}

// The assignments among `words`, but for those that name files.
std::vector<Item> Parse(const std::vector<std::string>& words) {
  std::vector<Item> items;
  for (const std::string& word : words) {
    Result<Item> item = ParseItem(word);
    if (!item || item->kind != ItemKind::kAssignment) continue;
    Require(item->word == word && !item->path.empty(), "an item is not what was typed", word);
    if (item->value_kind == ItemValue::kText || item->value_kind == ItemValue::kJson) items.push_back(*item);
  }
  return items;
}

// The message of `type` that `words` make; nullptr where they make none.
std::unique_ptr<google::protobuf::Message> Build(const std::vector<std::string>& words,
                                                 const google::protobuf::Descriptor& type) {
  std::unique_ptr<google::protobuf::Message> message = ParseByProtobuf(type, "");
  Builder builder({.now = Now, .reading = {.known = FuzzKnownTypes()}});
  return builder.Apply(Parse(words), *message) ? std::move(message) : nullptr;
}

std::string WireOf(const google::protobuf::Message& message) {
  std::string wire;
  AppendWire(message, wire);
  return wire;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  FuzzInput input(bytes, size);
  const google::protobuf::Descriptor& type = TypeOf(input.Byte());
  std::vector<std::string> words;
  while (!input.empty()) words.emplace_back(input.Until('\n'));
  const std::unique_ptr<google::protobuf::Message> message = Build(words, type);
  if (message == nullptr) return 0;
  const std::string wire = WireOf(*message);
  const Result<std::vector<std::string>> written = ItemsWriter(type, FuzzKnownTypes()).Write(wire);
  if (!written) return 0;  // JSON has no form for all that items can say
  const std::unique_ptr<google::protobuf::Message> again = Build(*written, type);
  if (again == nullptr) Require(false, "what was written as items cannot be built", message->DebugString());
  if (WireOf(*again) != wire) {
    Require(false, "what was written as items is another message", message->DebugString(),
            again->DebugString());
  }
  return 0;
}
