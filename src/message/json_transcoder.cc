#include "message/json_transcoder.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "base/base64.h"
#include "message/json_number.h"
#include "message/json_string.h"
#include "message/wire_check.h"
#include "message/wire_cursor.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// The numbers of the fields of every map entry.
constexpr uint32_t kMapKey = 1;
constexpr uint32_t kMapValue = 2;

// How many entries of a map are collected before those of the same key are sought, and how much memory is
// kept from one message to the next: in pieces, in entries and in bytes.
constexpr size_t kManyEntries = 1 << 14;
constexpr size_t kKeptPieces = 1 << 15;
constexpr size_t kKeptEntries = 1 << 14;
constexpr size_t kKeptText = 4 << 20;

int32_t UnZigZag32(uint64_t bits) {
  const auto value = static_cast<uint32_t>(bits);
  return static_cast<int32_t>(value >> 1 ^ (~(value & 1) + 1));
}

int64_t UnZigZag64(uint64_t bits) {
  return static_cast<int64_t>(bits >> 1 ^ (~(bits & 1) + 1));
}

// The number that a signed or unsigned integer, a bool or an enum has on the wire as `bits`.
int64_t IntegerOf(ValueKind kind, uint64_t bits) {
  switch (kind) {
    case ValueKind::kInt32:
    case ValueKind::kSfixed32:
    case ValueKind::kEnum:
      return static_cast<int32_t>(bits);
    case ValueKind::kUint32:
    case ValueKind::kFixed32:
      return static_cast<uint32_t>(bits);
    case ValueKind::kSint32:
      return UnZigZag32(bits);
    case ValueKind::kSint64:
      return UnZigZag64(bits);
    case ValueKind::kBool:
      return bits != 0 ? 1 : 0;
    default:
      return static_cast<int64_t>(bits);
  }
}

bool IsUnsigned64(ValueKind kind) {
  return kind == ValueKind::kUint64 || kind == ValueKind::kFixed64;
}

// Orders keys by their value; equal keys have equal ranks.
uint64_t RankOf(const FieldPiece& key) {
  if (key.data != nullptr) return 0;
  if (IsUnsigned64(key.field->kind)) return key.bits;
  return static_cast<uint64_t>(IntegerOf(key.field->kind, key.bits)) ^ uint64_t { 1 } << 63;
}

// Whether a field without presence that says so is absent all the same.
bool IsDefault(const FieldPiece& piece) {
  if (piece.data != nullptr || piece.field->wire_type != WireType::kVarint) return piece.bits == 0;
  return IntegerOf(piece.field->kind, piece.bits) == 0;
}

std::string_view TextOf(const FieldPiece& key) {
  return key.data == nullptr ? std::string_view() : key.bytes();
}

// The key as a path names it.
std::string KeyText(const FieldPiece& key) {
  if (key.data != nullptr) return std::string(key.bytes());
  if (key.field->kind == ValueKind::kBool) return key.bits != 0 ? "true" : "false";
  if (IsUnsigned64(key.field->kind)) return std::to_string(key.bits);
  return std::to_string(IntegerOf(key.field->kind, key.bits));
}

template <typename Number>
void Append(Number value, TextBuffer& out) {
  out.Advance(PutNumber(value, out.Room(kLongestNumber)));
}

template <typename Number>
void AppendQuoted(Number value, TextBuffer& out) {
  char* at = out.Room(kLongestNumber + 2);
  *at++ = '"';
  at = PutNumber(value, at);
  *at++ = '"';
  out.Advance(at);
}

template <typename Float>
void AppendFloat(Float value, TextBuffer& out) {
  if (std::isfinite(value)) return Append(value, out);
  AppendQuoted(value, out);
}

// An element of a packed run.
inline bool ReadNumber(WireType type, WireCursor& cursor, uint64_t& bits) {
  if (type == WireType::kVarint) return cursor.ReadVarint(bits);
  if (type == WireType::kFixed64) return cursor.ReadFixed(bits);
  uint32_t narrow = 0;
  if (!cursor.ReadFixed(narrow)) return false;
  bits = narrow;
  return true;
}

}  // namespace

JsonTranscoder::JsonTranscoder(KnownTypes known, JsonStyle style)
    : plans_(std::move(known), style.proto_names),
      style_(style),
      pieces_(plans_),
      sink_(style.layout, text_) {}

MaybeFault JsonTranscoder::Write(const Descriptor& type, std::string_view wire, std::string& out) {
  Begin();
  // A stream has one type.
  if (last_ == nullptr || last_->descriptor != &type) last_ = &plans_.Of(type);
  return Finished(WriteDocument(*last_, wire), out);
}

MaybeFault JsonTranscoder::WriteField(const Descriptor& type, const FieldDescriptor& field,
                                      std::string_view wire, std::string& out) {
  Begin();
  MessagePlan& plan = plans_.Of(type);
  const auto number = static_cast<uint32_t>(field.number());
  size_t cursor = 0;
  FieldPlan* planned =
      field.is_extension() ? plans_.FindExtension(plan, number) : plan.FindNumber(number, cursor);
  if (planned == nullptr) return MessageFault{"an extension that is not known"};
  PieceRun fields;
  if (!pieces_.Open(plan, pieces_.PushMessage(wire), kDeepestNesting, fields)) return Finished(false, out);
  const auto is_other = [planned](const FieldPiece& piece) { return piece.field != planned; };
  while (fields.begin < fields.end && is_other(pieces_[fields.begin])) ++fields.begin;
  while (fields.begin < fields.end && is_other(pieces_[fields.end - 1])) --fields.end;
  return Finished(WriteField(*planned, fields, kDeepestNesting), out);
}

void JsonTranscoder::Begin() {
  if (text_.capacity() > kKeptText) text_ = {};
  text_.resize(0);
  if (entries_.capacity() > kKeptEntries) std::vector<Entry>().swap(entries_);
  pieces_.Release(kKeptPieces);
  sink_.BackTo({});
  pieces_.Forget();
  entries_.clear();
  open_anys_ = 0;
  fault_.reset();
}

MaybeFault JsonTranscoder::Finished(bool written, std::string& out) {
  if (written) {
    out += text_.view();
    return std::nullopt;
  }
  if (fault_) return std::move(fault_);
  return MessageFault{"malformed data"};
}

// What was left out of the document must be well-formed too.
bool JsonTranscoder::WriteDocument(MessagePlan& plan, std::string_view wire) {
  if (!WriteMessage(plan, pieces_.PushMessage(wire), kDeepestNesting)) return false;
  return !pieces_.has_dropped() || !CheckWire(*plan.descriptor, known().find_extension, wire);
}

bool JsonTranscoder::WriteMessage(MessagePlan& plan, PieceRun body, int depth) {
  if (depth < 0 && body.begin < body.end) return false;  // what is absent is not deep
  if (plan.form != JsonForm::kObject) return WriteForm(plan, body, depth);
  sink_.BeginObject();
  if (!WriteMembers(plan, body, depth)) return false;
  sink_.EndObject();
  return true;
}

bool JsonTranscoder::WriteMembers(MessagePlan& plan, PieceRun body, int depth) {
  PieceRun fields;
  if (!pieces_.Open(plan, body, depth, fields)) return false;
  size_t shown = 0;  // of plan.by_number
  for (PieceRun values{fields.begin, fields.begin}; values.begin < fields.end; values.begin = values.end) {
    FieldPlan& field = *pieces_[values.begin].field;
    while (values.end < fields.end && pieces_[values.end].field == &field) ++values.end;
    if (style_.defaults && !WriteDefaults(plan, field.number, shown, depth)) return false;
    if (field.omits_default && !style_.defaults && IsDefault(pieces_[values.begin])) continue;
    if (!WriteMember(field, values, depth)) return false;
  }
  pieces_.Truncate(fields.begin);
  return !style_.defaults || WriteDefaults(plan, std::numeric_limits<uint32_t>::max(), shown, depth);
}

// The fields without presence up to the one with number `end`, which are not there; `shown` is where they
// begin.
bool JsonTranscoder::WriteDefaults(MessagePlan& plan, uint32_t end, size_t& shown, int depth) {
  for (; shown < plan.by_number.size() && plan.by_number[shown]->number < end; ++shown) {
    FieldPlan& field = *plan.by_number[shown];
    if (field.cardinality == Cardinality::kSingular && !field.omits_default) continue;
    sink_.StartMember(field.member);
    if (!WriteField(field, {}, depth)) return false;
  }
  if (shown < plan.by_number.size() && plan.by_number[shown]->number == end) ++shown;
  return true;
}

bool JsonTranscoder::WriteMember(FieldPlan& field, PieceRun values, int depth) {
  if (field.cardinality == Cardinality::kSingular) {
    sink_.StartMember(field.member);
    return WriteField(field, values, depth);
  }
  const JsonSink::Mark before = sink_.Here();
  sink_.StartMember(field.member);
  const size_t begin = text_.size();
  if (!WriteField(field, values, depth)) return false;
  // A list or map of nothing: an empty packed run, or numbers that a closed enum does not have.
  constexpr size_t kBrackets = 2;
  if (text_.size() - begin == kBrackets && !style_.defaults) sink_.BackTo(before);
  return true;
}

bool JsonTranscoder::WriteField(FieldPlan& field, PieceRun values, int depth) {
  switch (field.cardinality) {
    case Cardinality::kMap:
      return WriteMap(field, values, depth);
    case Cardinality::kSingular:
      return WriteValue(field, values, depth) || Inside(field);
    default:
      return WriteList(field, values, depth);
  }
}

// `value` is one piece, or what is to be merged into a message; nothing when the field is absent.
bool JsonTranscoder::WriteValue(FieldPlan& field, PieceRun value, int depth) {
  if (field.HoldsMessages()) return WriteMessage(plans_.Of(field), value, depth - 1);
  if (value.begin < value.end) return WriteScalar(field, pieces_[value.end - 1]);
  const bool is_enum = field.kind == ValueKind::kEnum;
  const auto bits = is_enum ? static_cast<uint64_t>(plans_.EnumOf(field).default_number) : 0;
  return WriteScalar(field, {&field, bits, field.wire_type == WireType::kBytes ? "" : nullptr});
}

bool JsonTranscoder::WriteList(FieldPlan& field, PieceRun values, int depth) {
  sink_.BeginList();
  int index = 0;
  for (size_t at = values.begin; at < values.end; ++at) {
    if (pieces_[at].is_packed()) {
      if (!WritePacked(field, pieces_[at].bytes())) return false;
      continue;
    }
    sink_.StartElement();
    if (!WriteValue(field, {at, at + 1}, depth)) return Inside(field, IndexPlace(index));
    ++index;
  }
  sink_.EndList();
  return true;
}

bool JsonTranscoder::WritePacked(FieldPlan& field, std::string_view run) {
  const EnumPlan* closed = field.kind == ValueKind::kEnum ? &plans_.EnumOf(field) : nullptr;
  WireCursor cursor(run);
  while (!cursor.AtEnd()) {
    uint64_t bits = 0;
    if (!ReadNumber(field.wire_type, cursor, bits)) return false;
    if (closed != nullptr && !closed->Takes(static_cast<int32_t>(bits))) continue;
    sink_.StartElement();
    WriteScalar(field, {&field, bits, nullptr});
  }
  return true;
}

bool JsonTranscoder::WriteMap(FieldPlan& field, PieceRun values, int depth) {
  MessagePlan& plan = plans_.Of(field);
  size_t cursor = 0;
  FieldPlan& value = *plan.FindNumber(kMapValue, cursor);
  const size_t begin = entries_.size();
  const size_t pieces = pieces_.size();
  if (!CollectEntries(plan, values, depth - 1)) return false;
  sink_.BeginObject();
  for (size_t at = begin; at < entries_.size(); ++at) {
    const Entry entry = entries_[at];
    if (!WriteEntry(value, entry, depth - 1)) return Inside(field, KeyPlace(KeyText(entry.key)));
  }
  sink_.EndObject();
  entries_.resize(begin);
  pieces_.Truncate(pieces);
  return true;
}

bool JsonTranscoder::CollectEntries(MessagePlan& plan, PieceRun values, int depth) {
  // A message may be nothing but entries with one key.
  size_t most = kManyEntries;
  const size_t begin = entries_.size();
  size_t cursor = 0;
  FieldPlan* key = plan.FindNumber(kMapKey, cursor);
  for (size_t at = values.begin; at < values.end; ++at) {
    PieceRun fields;
    if (depth < 0 || !pieces_.Open(plan, {at, at + 1}, depth, fields)) return false;
    // A number that its closed enum does not have makes an unknown field of the whole entry.
    if (pieces_.has_unknown_enum()) {
      pieces_.Drop();
      continue;
    }
    Entry made{{key, 0, key->kind == ValueKind::kString ? "" : nullptr}, 0, fields};
    const bool has_key = fields.begin < fields.end && pieces_[fields.begin].field == key;
    if (has_key) made.key = pieces_[made.value.begin++];
    made.rank = RankOf(made.key);
    entries_.push_back(made);
    if (entries_.size() - begin < most) continue;
    ArrangeEntries(begin);
    most = std::max(most, (entries_.size() - begin) * 2);
  }
  ArrangeEntries(begin);
  return true;
}

// By key; of those with one key the last counts. Pieces tell which came later; two entries without any are
// the same.
void JsonTranscoder::ArrangeEntries(size_t begin) {
  const auto first = entries_.begin() + static_cast<ptrdiff_t>(begin);
  const auto before = [](const Entry& a, const Entry& b) {
    if (a.rank != b.rank) return a.rank < b.rank;
    const int text = TextOf(a.key).compare(TextOf(b.key));
    if (text != 0) return text < 0;
    return a.value.end != b.value.end ? a.value.end > b.value.end : a.value.begin > b.value.begin;
  };
  if (!std::is_sorted(first, entries_.end(), before)) std::sort(first, entries_.end(), before);
  const auto is_same = [](const Entry& a, const Entry& b) {
    return a.rank == b.rank && TextOf(a.key) == TextOf(b.key);
  };
  const auto kept = std::unique(first, entries_.end(), is_same);
  if (kept == entries_.end()) return;
  entries_.erase(kept, entries_.end());
  pieces_.Drop();
}

bool JsonTranscoder::WriteEntry(FieldPlan& value, const Entry& entry, int depth) {
  sink_.StartElement();
  if (!WriteKey(entry.key)) return false;
  sink_.EndName();
  return WriteValue(value, entry.value, depth) || Inside(value);
}

// Always in quotes.
bool JsonTranscoder::WriteKey(const FieldPiece& key) {
  const ValueKind kind = key.field->kind;
  if (key.data != nullptr) return WriteString(*key.field, key.bytes());
  if (kind == ValueKind::kBool) {
    text_ += key.bits != 0 ? "\"true\"" : "\"false\"";
  } else if (IsUnsigned64(kind)) {
    AppendQuoted(key.bits, text_);
  } else {
    AppendQuoted(IntegerOf(kind, key.bits), text_);
  }
  return true;
}

bool JsonTranscoder::WriteScalar(FieldPlan& field, const FieldPiece& piece) {
  TextBuffer& out = text_;
  switch (field.kind) {
    case ValueKind::kDouble:
      AppendFloat(std::bit_cast<double>(piece.bits), out);
      return true;
    case ValueKind::kFloat:
      AppendFloat(std::bit_cast<float>(static_cast<uint32_t>(piece.bits)), out);
      return true;
    case ValueKind::kBool:
      out += piece.bits != 0 ? "true" : "false";
      return true;
    case ValueKind::kString:
      return WriteString(field, piece.bytes());
    case ValueKind::kBytes:
      AppendBytes(piece.bytes());
      return true;
    case ValueKind::kEnum:
      return WriteEnum(plans_.EnumOf(field), static_cast<int32_t>(piece.bits));
    case ValueKind::kInt64:
    case ValueKind::kSint64:
    case ValueKind::kSfixed64:
      AppendQuoted(IntegerOf(field.kind, piece.bits), out);
      return true;
    case ValueKind::kUint64:
    case ValueKind::kFixed64:
      AppendQuoted(piece.bits, out);
      return true;
    default:
      Append(IntegerOf(field.kind, piece.bits), out);
      return true;
  }
}

bool JsonTranscoder::WriteEnum(const EnumPlan& type, int32_t number) {
  const auto named = type.texts.find(number);
  if (named != type.texts.end()) {
    text_ += named->second;
  } else {
    Append(int64_t{number}, text_);
  }
  return true;
}

void JsonTranscoder::AppendBytes(std::string_view bytes) {
  char* at = text_.Room(Base64Size(bytes.size()) + 2);
  *at++ = '"';
  at = PutBase64(bytes, at);
  *at++ = '"';
  text_.Advance(at);
}

bool JsonTranscoder::WriteString(const FieldPlan& field, std::string_view text) {
  if (field.verify_utf8) return AppendValidJsonString(text, text_);
  AppendJsonString(text, text_);
  return true;
}

bool JsonTranscoder::Refuse(MessageFault fault) {
  fault_ = std::move(fault);
  return false;
}

bool JsonTranscoder::Inside(const FieldPlan& field, std::string_view place) {
  if (fault_) fault_ = std::move(*fault_).Inside(*field.descriptor, place);
  return false;
}

}  // namespace rpcctl
