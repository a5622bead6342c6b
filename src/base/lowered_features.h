// How a file of an edition, built as one of proto2 or proto3, remembers what these cannot say.
#pragma once

#include <algorithm>
#include <cstdint>

namespace rpcctl {

// The number of an unknown field (a varint) in the FileOptions, MessageOptions, FieldOptions and EnumOptions
// of the descriptors that `schema` builds and `message` reads. It is the largest number there is, and leaves
// the program in nothing that is exported.
inline constexpr int kLoweredNumber = 536'870'911;
// It stands among the last so many unknown fields, so that a server's own millions need not be looked
// through: behind it come only the options that a .proto file left to be interpreted.
inline constexpr int kLoweredAmongLast = 1100;

// In FileOptions: the edition as descriptor.proto numbers it (1000 is 2023). 999, which is proto3, in a
// proto3 file that had to be built as proto2. Beside it, with a length, the files that were imported for
// their options alone.

// In MessageOptions: the visibility as descriptor.proto numbers it, where one was written.

// In FieldOptions: bits, where a file built as proto2 would otherwise tell something else.
inline constexpr uint64_t kLoweredImplicit = 1;   // absent when it holds its default
inline constexpr uint64_t kLoweredUtf8 = 2;       // a string that is not UTF-8 is a fault
inline constexpr uint64_t kLoweredDelimited = 4;  // a message between two tags, yet no group by its name

// In EnumOptions: bits. Any number can be a value; and the visibility, shifted.
inline constexpr uint64_t kLoweredOpen = 1;
inline constexpr int kLoweredVisibilityShift = 1;

// The mark, a varint, among the unknown fields (protobuf's UnknownFieldSet) of options; 0 without one. Looks
// at kLoweredAmongLast fields at most, so it may be asked of a file for each of its declarations.
template <typename UnknownFields>
uint64_t LoweredMark(const UnknownFields& unknown) {
  const int count = unknown.field_count();
  const int first = std::max(0, count - kLoweredAmongLast);
  for (int i = count - 1; i >= first; --i) {
    const auto& field = unknown.field(i);
    if (field.number() == kLoweredNumber && field.type() == field.TYPE_VARINT) return field.varint();
  }
  return 0;
}

}  // namespace rpcctl
