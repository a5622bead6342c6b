// The objects and arrays of a JSON document that are open at one time, and the path they make.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "message/plan.h"
#include "message/wire_writer.h"

namespace rpcctl {

enum class FrameKind : uint8_t {
  kMessage,
  kMap,            // also what is in a Struct
  kArray,          // a repeated field, or what is in a ListValue
  kIgnoredObject,  // the value of an unknown field
  kIgnoredArray,
};

// An object or array between its brackets.
struct JsonFrame {
  static constexpr size_t kNoKey = static_cast<size_t>(-1);

  FrameKind kind = FrameKind::kMessage;
  bool is_any = false;               // kMessage: "@type" is one of the members
  bool has_type = false;             // it was there
  uint8_t inner_lengths = 0;         // to close at the end, before the element is
  uint32_t cursor = 0;               // kMessage: where Find goes on
  uint32_t seen = 0;                 // kMessage: its first word among the words of all frames
  uint32_t missing = 0;              // kMessage: required fields to come
  uint32_t map = 0;                  // kMap: its number among the maps of the document
  MessagePlan* type = nullptr;       // kMessage
  FieldPlan* field = nullptr;        // whose value comes next; nullptr where it is to be ignored
  const FieldPlan* whole = nullptr;  // kMap: the field whose entries these are
  FieldPlan* element =
      nullptr;                 // the value that this frame is, to be ended with it; nullptr for a whole field
  size_t key_offset = kNoKey;  // objects: where the key of the next value is in the text
  size_t index = 0;            // arrays: elements before the one that comes next
  WireWriter::Mark mark;       // kMap: before the last entry; kArray: before the first element
};

enum class PathEnd : uint8_t { kLast, kContainer };

// "user.tags[2]", "labels[env]": the path to the value that comes next in the last of `frames` (to that frame
// where no name was read since the last value), or with kContainer to that frame itself. Safe to show. `json`
// is the document as it was given.
std::string FormatPath(std::span<const JsonFrame> frames, std::string_view json, PathEnd end);

// What is between the quotes of the string that begins at `offset` of `json`, escapes as they are.
std::string_view RawStringAt(std::string_view json, size_t offset);

}  // namespace rpcctl
