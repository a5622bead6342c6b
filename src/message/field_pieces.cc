#include "message/field_pieces.h"

#include <algorithm>
#include <new>
#include <type_traits>
#include <unordered_map>

#include "message/wire_cursor.h"

namespace rpcctl {
namespace {

bool IsSingular(const FieldPlan& field) {
  return field.cardinality == Cardinality::kSingular;
}

bool Accepts(const FieldPlan& field, WireType type) {
  return type == field.wire_type || (type == WireType::kBytes && field.packable);
}

// An empty view may point nowhere, which a piece takes for a number.
const char* DataOf(std::string_view bytes) {
  return bytes.data() == nullptr ? "" : bytes.data();
}

// The value behind `tag`, without its field.
inline bool ReadValue(WireTag tag, int depth, WireCursor& cursor, FieldPiece& piece) {
  std::string_view bytes;
  piece.data = nullptr;
  switch (tag.type) {
    case WireType::kVarint:
      return cursor.ReadVarint(piece.bits);
    case WireType::kFixed64:
      return cursor.ReadFixed(piece.bits);
    case WireType::kFixed32: {
      uint32_t bits = 0;
      if (!cursor.ReadFixed(bits)) return false;
      piece.bits = bits;
      return true;
    }
    case WireType::kBytes:
      if (!cursor.ReadBytes(bytes)) return false;
      break;
    case WireType::kStartGroup:
      if (!cursor.ReadGroup(tag.number, depth - 1, bytes)) return false;
      break;
    case WireType::kEndGroup:
      return false;
  }
  piece.bits = bytes.size();
  piece.data = DataOf(bytes);
  return true;
}

}  // namespace

// What tells whether the pieces of a message are in order already, as serializers write them.
struct FieldPieces::Order {
  size_t cursor = 0;
  uint32_t last = 0;    // the number of the last piece
  uint64_t oneofs = 0;  // those that were met
  bool is_kept = true;

  void Take(const FieldPlan& field) {
    if (field.number < last || (field.number == last && IsSingular(field))) is_kept = false;
    last = field.number;
    if (field.oneof < 0) return;
    constexpr int32_t kTracked = 64;
    const uint64_t bit = field.oneof < kTracked ? uint64_t{1} << field.oneof : 0;
    if (bit == 0 || (oneofs & bit) != 0) is_kept = false;
    oneofs |= bit;
  }
};

PieceRun FieldPieces::PushMessage(std::string_view wire) {
  Next() = {nullptr, wire.size(), DataOf(wire)};
  ++size_;
  return {size_ - 1, size_};
}

bool FieldPieces::Open(MessagePlan& plan, PieceRun body, int depth, PieceRun& fields) {
  const size_t begin = size_;
  Order order;
  has_unknown_enum_ = false;
  for (size_t part = body.begin; part < body.end; ++part) {
    if (!Scan(plan, pieces_.get()[part].bytes(), depth, order)) return false;
  }
  if (!order.is_kept) Arrange(begin);
  fields = {begin, size_};
  return true;
}

void FieldPieces::Release(size_t kept) {
  size_ = 0;
  if (capacity_ <= kept) return;
  pieces_.reset();
  capacity_ = 0;
}

void FieldPieces::Grow() {
  static_assert(std::is_trivially_copyable_v<FieldPiece>);
  constexpr size_t kFirst = 64;
  const size_t wanted = std::max(kFirst, capacity_ * 2);
  void* grown = std::realloc(pieces_.get(), wanted * sizeof(FieldPiece));
  if (grown == nullptr) throw std::bad_alloc();
  static_cast<void>(pieces_.release());
  pieces_.reset(static_cast<FieldPiece*>(grown));
  capacity_ = wanted;
}

// Takes in what was put at Next.
inline void FieldPieces::Keep(Order& order) {
  const FieldPiece& piece = pieces_.get()[size_];
  FieldPlan& field = *piece.field;
  if (field.kind == ValueKind::kEnum && piece.data == nullptr &&
      !plans_.EnumOf(field).Takes(static_cast<int32_t>(piece.bits))) {
    has_unknown_enum_ = true;
    return;
  }
  order.Take(field);
  ++size_;
}

bool FieldPieces::Scan(MessagePlan& plan, std::string_view wire, int depth, Order& order) {
  WireCursor cursor(wire);
  while (!cursor.AtEnd()) {
    WireTag tag;
    FieldPiece& piece = Next();
    if (!cursor.ReadTag(tag) || !ReadValue(tag, depth, cursor, piece)) return false;
    const bool is_item =
        plan.is_message_set && tag.number == kMessageSetItem && tag.type == WireType::kStartGroup;
    if (is_item) {
      if (!ScanMessageSetItem(plan, piece.bytes(), depth - 1, order)) return false;
      continue;
    }
    piece.field = plan.FindNumber(tag.number, order.cursor);
    if (piece.field == nullptr) piece.field = plans_.FindExtension(plan, tag.number);
    if (piece.field == nullptr) continue;
    if (Accepts(*piece.field, tag.type)) {
      Keep(order);
    } else {
      has_dropped_ = true;
    }
  }
  return true;
}

// The number of the extension and its message may come in either order.
bool FieldPieces::ScanMessageSetItem(MessagePlan& plan, std::string_view item, int depth, Order& order) {
  WireCursor cursor(item);
  FieldPlan* extension = nullptr;
  FieldPiece message;
  while (!cursor.AtEnd()) {
    WireTag tag;
    FieldPiece piece;
    if (!cursor.ReadTag(tag) || !ReadValue(tag, depth, cursor, piece)) return false;
    if (tag.number == kMessageSetTypeId && tag.type == WireType::kVarint) {
      extension = plans_.FindExtension(plan, static_cast<uint32_t>(piece.bits));
    } else if (tag.number == kMessageSetMessage && tag.type == WireType::kBytes) {
      message = piece;
    }
  }
  if (extension == nullptr || message.data == nullptr || !extension->HoldsMessages()) return true;
  Next() = {extension, message.bits, message.data};
  Keep(order);
  return true;
}

void FieldPieces::Arrange(size_t begin) {
  KeepLastMembers(begin);
  std::stable_sort(
      pieces_.get() + begin, pieces_.get() + size_,
      [](const FieldPiece& a, const FieldPiece& b) { return a.field->number < b.field->number; });
  KeepLastValues(begin);
}

// A member of a oneof ends the others, and what it held itself before them.
void FieldPieces::KeepLastMembers(size_t begin) {
  struct Last {
    const FieldPlan* member = nullptr;
    bool is_whole = false;  // another member came before
  };
  std::unordered_map<int32_t, Last> lasts;
  size_t kept = size_;
  for (size_t at = size_; at > begin; --at) {
    const FieldPiece piece = pieces_.get()[at - 1];
    if (piece.field->oneof >= 0) {
      Last& last = lasts[piece.field->oneof];
      if (last.member == nullptr) last.member = piece.field;
      last.is_whole = last.is_whole || last.member != piece.field;
      if (last.is_whole) continue;
    }
    pieces_.get()[--kept] = piece;
  }
  if (kept == begin) return;
  Drop();
  std::copy(pieces_.get() + kept, pieces_.get() + size_, pieces_.get() + begin);
  size_ -= kept - begin;
}

void FieldPieces::KeepLastValues(size_t begin) {
  size_t kept = begin;
  for (size_t at = begin; at < size_; ++at) {
    const FieldPlan& field = *pieces_.get()[at].field;
    const bool is_replaced = IsSingular(field) && !field.HoldsMessages() && at + 1 < size_ &&
                             pieces_.get()[at + 1].field == &field;
    if (is_replaced) {
      Drop();
    } else {
      pieces_.get()[kept++] = pieces_.get()[at];
    }
  }
  size_ = kept;
}

}  // namespace rpcctl
