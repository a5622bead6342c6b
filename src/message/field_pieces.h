// The values in a message as they stand on the wire, in the order in which they are printed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "message/plan.h"

namespace rpcctl {

// One value of a field, or a packed run of them.
struct FieldPiece {
  FieldPlan* field = nullptr;
  uint64_t bits = 0;           // a varint or a fixed-width number; otherwise how many bytes there are
  const char* data = nullptr;  // of a string, bytes, a message, a group or a packed run; null for a number

  std::string_view bytes() const { return {data, data == nullptr ? 0 : static_cast<size_t>(bits)}; }
  bool is_packed() const { return data != nullptr && field->packable; }
};

// Pieces from `begin` up to `end`; all of one field where a field's value is meant. What several pieces say
// of a singular message is to be merged.
struct PieceRun {
  size_t begin = 0;
  size_t end = 0;
};

// A stack of pieces: what is inside a message lies above the message, and goes when that is done with.
// Borrows the wire bytes. Nothing is allocated once it has grown to the depth and width of the messages.
class FieldPieces final {
 public:
  // Borrows `plans` for life.
  explicit FieldPieces(PlanTable& plans) : plans_(plans) {}

  const FieldPiece& operator[](size_t at) const { return pieces_.get()[at]; }
  size_t size() const { return size_; }
  void Truncate(size_t size) { size_ = size; }
  // Empties the stack, and gives its memory back when it has room for more than `kept`.
  void Release(size_t kept);

  // Puts a whole message on the stack as if it was the value of a field.
  PieceRun PushMessage(std::string_view wire);

  // Puts the fields of the message of type `plan` that `body` says on the stack: by their numbers, of a oneof
  // the last member, of a singular field that is no message the last value. Fields that nobody knows, values
  // of another wire type than the field's and numbers that a closed enum does not have are left out. Nothing
  // when the bytes are malformed or hold groups more than `depth` deep. Messages, strings and packed runs are
  // not looked into.
  bool Open(MessagePlan& plan, PieceRun body, int depth, PieceRun& fields);

  // Whether the last Open met a number that a closed enum does not have.
  bool has_unknown_enum() const { return has_unknown_enum_; }

  // Whether a value was left out since Forget for another reason than that its number is unknown: nobody will
  // find out then whether it is well-formed.
  bool has_dropped() const { return has_dropped_; }
  void Drop() { has_dropped_ = true; }
  void Forget() { has_dropped_ = false; }

 private:
  struct Order;
  struct Free {
    void operator()(FieldPiece* pieces) const { std::free(pieces); }
  };

  bool Scan(MessagePlan& plan, std::string_view wire, int depth, Order& order);
  bool ScanMessageSetItem(MessagePlan& plan, std::string_view item, int depth, Order& order);
  void Keep(Order& order);
  // The place behind the last piece, which is filled before it is kept: copying what was written a moment ago
  // in parts would wait for the parts.
  FieldPiece& Next() {
    if (size_ == capacity_) Grow();
    return pieces_.get()[size_];
  }
  void Grow();
  void Arrange(size_t begin);
  void KeepLastMembers(size_t begin);
  void KeepLastValues(size_t begin);

  PlanTable& plans_;
  std::unique_ptr<FieldPiece, Free> pieces_;  // malloc's, since realloc moves large blocks without a copy
  size_t size_ = 0;
  size_t capacity_ = 0;
  bool has_unknown_enum_ = false;
  bool has_dropped_ = false;
};

}  // namespace rpcctl
