#include "message/field_pieces.h"

#include <algorithm>

#include "message/wire_cursor.h"

namespace rpcctl {
namespace {

// The fields of the group that a MessageSet wraps each of its extensions in.
constexpr uint32_t kMessageSetItem = 1;
constexpr uint32_t kMessageSetTypeId = 2;
constexpr uint32_t kMessageSetMessage = 3;

bool IsSingular(const FieldPlan& field) {
  return field.cardinality == Cardinality::kSingular;
}

bool IsMessage(const FieldPlan& field) {
  return field.kind == ValueKind::kMessage || field.kind == ValueKind::kGroup;
}

bool Accepts(const FieldPlan& field, WireType type) {
  return type == field.wire_type || (type == WireType::kBytes && field.packable);
}

// An empty view may point nowhere, which a piece takes for a number.
const char* DataOf(std::string_view bytes) {
  return bytes.data() == nullptr ? "" : bytes.data();
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
  pieces_.push_back({nullptr, wire.size(), DataOf(wire)});
  return {pieces_.size() - 1, pieces_.size()};
}

std::optional<PieceRun> FieldPieces::Open(MessagePlan& plan, PieceRun body, int depth) {
  const size_t begin = pieces_.size();
  Order order;
  has_unknown_enum_ = false;
  for (size_t part = body.begin; part < body.end; ++part) {
    if (!Scan(plan, pieces_[part].bytes(), depth, order)) return std::nullopt;
  }
  if (!order.is_kept) Arrange(plan, begin);
  return PieceRun{begin, pieces_.size()};
}

bool FieldPieces::Scan(MessagePlan& plan, std::string_view wire, int depth, Order& order) {
  WireCursor cursor(wire);
  while (!cursor.AtEnd()) {
    const std::optional<WireTag> tag = cursor.ReadTag();
    if (!tag) return false;
    FieldPlan* field = plan.FindNumber(tag->number, order.cursor);
    if (field == nullptr) field = plans_.FindExtension(plan, tag->number);
    uint64_t bits = 0;
    std::optional<std::string_view> bytes;
    switch (tag->type) {
      case WireType::kVarint: {
        const std::optional<uint64_t> number = cursor.ReadVarint();
        if (!number) return false;
        bits = *number;
        break;
      }
      case WireType::kFixed64: {
        const std::optional<uint64_t> number = cursor.ReadFixed64();
        if (!number) return false;
        bits = *number;
        break;
      }
      case WireType::kFixed32: {
        const std::optional<uint32_t> number = cursor.ReadFixed32();
        if (!number) return false;
        bits = *number;
        break;
      }
      case WireType::kBytes:
        bytes = cursor.ReadBytes();
        if (!bytes) return false;
        break;
      case WireType::kStartGroup:
        bytes = cursor.ReadGroup(tag->number, depth - 1);
        if (!bytes) return false;
        if (plan.is_message_set && tag->number == kMessageSetItem) {
          if (!ScanMessageSetItem(plan, *bytes, depth - 1, order)) return false;
          continue;
        }
        break;
      case WireType::kEndGroup:
        return false;
    }
    if (field == nullptr) continue;
    if (!Accepts(*field, tag->type)) {
      has_dropped_ = true;
    } else if (bytes) {
      Add(*field, bytes->size(), DataOf(*bytes), order);
    } else {
      Add(*field, bits, nullptr, order);
    }
  }
  return true;
}

// The number of the extension and its message may come in either order.
bool FieldPieces::ScanMessageSetItem(MessagePlan& plan, std::string_view item, int depth, Order& order) {
  WireCursor cursor(item);
  FieldPlan* extension = nullptr;
  std::optional<std::string_view> message;
  while (!cursor.AtEnd()) {
    const std::optional<WireTag> tag = cursor.ReadTag();
    if (!tag) return false;
    if (tag->number == kMessageSetTypeId && tag->type == WireType::kVarint) {
      const std::optional<uint64_t> number = cursor.ReadVarint();
      if (!number) return false;
      extension = plans_.FindExtension(plan, static_cast<uint32_t>(*number));
    } else if (tag->number == kMessageSetMessage && tag->type == WireType::kBytes) {
      message = cursor.ReadBytes();
      if (!message) return false;
    } else if (!cursor.SkipValue(*tag, depth)) {
      return false;
    }
  }
  if (extension != nullptr && message && IsMessage(*extension)) {
    Add(*extension, message->size(), DataOf(*message), order);
  }
  return true;
}

void FieldPieces::Add(FieldPlan& field, uint64_t bits, const char* data, Order& order) {
  if (field.kind == ValueKind::kEnum && data == nullptr &&
      !plans_.EnumOf(field).Takes(static_cast<int32_t>(bits))) {
    has_unknown_enum_ = true;
    return;
  }
  order.Take(field);
  pieces_.push_back({&field, bits, data});
}

void FieldPieces::Arrange(const MessagePlan& plan, size_t begin) {
  if (plan.oneof_count > 0) KeepLastMembers(plan, begin);
  std::stable_sort(
      pieces_.begin() + static_cast<ptrdiff_t>(begin), pieces_.end(),
      [](const FieldPiece& a, const FieldPiece& b) { return a.field->number < b.field->number; });
  KeepLastValues(begin);
}

// A member of a oneof ends the others, and what it held itself before them.
void FieldPieces::KeepLastMembers(const MessagePlan& plan, size_t begin) {
  struct Last {
    const FieldPlan* member = nullptr;
    bool is_whole = false;  // another member came before
  };
  std::vector<Last> lasts(plan.oneof_count);
  size_t kept = pieces_.size();
  for (size_t at = pieces_.size(); at > begin; --at) {
    const FieldPiece piece = pieces_[at - 1];
    if (piece.field->oneof >= 0) {
      Last& last = lasts[static_cast<size_t>(piece.field->oneof)];
      if (last.member == nullptr) last.member = piece.field;
      last.is_whole = last.is_whole || last.member != piece.field;
      if (last.is_whole) continue;
    }
    pieces_[--kept] = piece;
  }
  if (kept == begin) return;
  Drop();
  pieces_.erase(pieces_.begin() + static_cast<ptrdiff_t>(begin),
                pieces_.begin() + static_cast<ptrdiff_t>(kept));
}

void FieldPieces::KeepLastValues(size_t begin) {
  size_t kept = begin;
  for (size_t at = begin; at < pieces_.size(); ++at) {
    const FieldPlan& field = *pieces_[at].field;
    const bool is_replaced =
        IsSingular(field) && !IsMessage(field) && at + 1 < pieces_.size() && pieces_[at + 1].field == &field;
    if (is_replaced) {
      Drop();
    } else {
      pieces_[kept++] = pieces_[at];
    }
  }
  pieces_.resize(kept);
}

}  // namespace rpcctl
