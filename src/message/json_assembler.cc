#include "message/json_assembler.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/safe_text.h"
#include "message/json_well_known.h"

namespace rpcctl {
namespace {

constexpr size_t kDeepest = 100;
constexpr size_t kLongestUrl = 120;

void BeginElement(const FieldPlan& field, WireWriter& writer) {
  if (field.framing == Framing::kNone) return;
  writer.Tag(field.tag);
  if (field.framing != Framing::kGroup) writer.Open();
}

void EndElement(const FieldPlan& field, WireWriter& writer) {
  if (field.framing == Framing::kNone) return;
  if (field.framing != Framing::kGroup) writer.Close();
  if (field.end_tag.size > 0) writer.Tag(field.end_tag);
}

// A key of a map, always a string in JSON, as the value that it stands for.
JsonScalar KeyScalar(const FieldPlan& key, std::string_view name) {
  if (key.kind == ValueKind::kBool && name == "true") return {JsonToken::kTrue, name};
  if (key.kind == ValueKind::kBool && name == "false") return {JsonToken::kFalse, name};
  return {JsonToken::kString, name};
}

// Whether a null means a value of `field` and not its absence.
bool TakesNull(FieldPlan& field, PlanTable& types) {
  if (field.cardinality != Cardinality::kSingular) return false;
  if (field.HoldsMessages()) return types.Of(field).form == JsonForm::kValue;
  return field.kind == ValueKind::kEnum && types.EnumOf(field).null_value;
}

}  // namespace

JsonAssembler::JsonAssembler(const google::protobuf::Descriptor& type, KnownTypes known,
                             UnknownFields unknown, MissingFields missing)
    : types_(std::move(known)), unknown_(unknown), missing_(missing) {
  root_.framing = Framing::kNone;
  root_.type = &types_.Of(type);
}

void JsonAssembler::Begin(std::string_view document, std::string_view ahead) {
  document_ = document;
  ahead_ = ahead;
  writer_.Clear();
  keys_.Clear();
  frames_.clear();
  seen_.clear();
  maps_ = 0;
  dropped_ = false;
}

bool JsonAssembler::Fail(JsonProblem problem, PathEnd end) {
  const std::string path = FormatPath(frames_, document_, end);
  if (!path.empty()) problem.message.insert(0, path + ": ");
  problem_ = std::move(problem);
  return false;
}

bool JsonAssembler::Scalar(const JsonScalar& scalar, size_t offset) {
  if (frames_.empty()) return AddElement(root_, scalar, offset);
  JsonFrame& frame = frames_.back();
  if (frame.field == nullptr) {
    ValueDone();
    return true;
  }
  const bool added = frame.kind == FrameKind::kMessage ? AddToField(frame, scalar, offset)
                                                       : AddElement(*frame.field, scalar, offset);
  if (added) ValueDone();
  return added;
}

bool JsonAssembler::AddToField(JsonFrame& frame, const JsonScalar& scalar, size_t offset) {
  FieldPlan& field = *frame.field;
  if (scalar.token == JsonToken::kNull && !TakesNull(field, types_)) {
    return !field.required || Fail({offset, "a required field must not be null"});
  }
  if (field.cardinality != Cardinality::kSingular) {
    return RefuseType(field, Extent::kField, DescribeScalar(scalar), offset);
  }
  return CountSet(frame, field) && AddElement(field, scalar, offset);
}

bool JsonAssembler::AddElement(FieldPlan& field, const JsonScalar& scalar, size_t offset) {
  ValueFault fault = ValueFault::kNone;
  if (field.HoldsMessages()) {
    BeginElement(field, writer_);
    fault = WriteWellKnown(types_.Of(field), scalar, types_, writer_);
    if (fault == ValueFault::kNone) EndElement(field, writer_);
  } else {
    fault = WriteScalar(field, scalar, types_, writer_);
  }
  if (fault == ValueFault::kNone) return true;
  dropped_ = fault == ValueFault::kUnknownEnumValue && unknown_ == UnknownFields::kSkip;
  if (dropped_) return true;
  return Refuse(DescribeFault(fault, field, scalar, types_), offset);
}

// Counts the field of the last key among those that are set.
bool JsonAssembler::CountSet(JsonFrame& frame, const FieldPlan& field) {
  if (field.required) --frame.missing;
  if (field.oneof < 0 || MarkSeen(frame, static_cast<uint32_t>(field.oneof))) return true;
  return Refuse(OneofConflict(field, OtherMember(frame, field)), frame.key_offset);
}

bool JsonAssembler::IsSeen(const JsonFrame& frame, const FieldPlan& field) const {
  const size_t word = frame.seen + field.bit / 64;
  return word < seen_.size() && (seen_[word] >> (field.bit % 64) & 1) != 0;
}

// The one other member of `field`'s oneof that was named before; nullptr where there are several, since those
// that were null do not count.
const FieldPlan* JsonAssembler::OtherMember(const JsonFrame& frame, const FieldPlan& field) const {
  const FieldPlan* other = nullptr;
  for (const FieldPlan& member : frame.type->fields) {
    if (member.oneof != field.oneof || &member == &field || !IsSeen(frame, member)) continue;
    if (other != nullptr) return nullptr;
    other = &member;
  }
  return other;
}

// False when the bit was set before.
bool JsonAssembler::MarkSeen(const JsonFrame& frame, uint32_t bit) {
  const size_t word = frame.seen + bit / 64;
  // Only an extension met for the first time is beyond the words of its frame, and that is the last.
  if (word >= seen_.size()) seen_.resize(word + 1);
  const uint64_t mask = uint64_t{1} << (bit % 64);
  const bool is_new = (seen_[word] & mask) == 0;
  seen_[word] |= mask;
  return is_new;
}

bool JsonAssembler::Key(std::string_view name, size_t offset) {
  JsonFrame& frame = frames_.back();
  frame.key_offset = offset;
  if (frame.kind == FrameKind::kMessage) return MemberKey(frame, name, offset);
  return frame.kind == FrameKind::kIgnoredObject || EntryKey(frame, name, offset);
}

bool JsonAssembler::MemberKey(JsonFrame& frame, std::string_view name, size_t offset) {
  if (frame.is_any && name == "@type") return TypeKey(frame, offset);
  frame.field = types_.Find(*frame.type, name, frame.cursor);
  if (frame.field == nullptr) {
    return unknown_ == UnknownFields::kSkip || Refuse(UnknownField(*frame.type, name), offset);
  }
  return MarkSeen(frame, frame.field->bit) || Refuse(DuplicateField(*frame.field), offset);
}

// The type of an Any was read before its other members were.
bool JsonAssembler::TypeKey(JsonFrame& frame, size_t offset) {
  frame.field = nullptr;
  if (frame.has_type) return Fail({offset, "the type is given twice"});
  frame.has_type = true;
  return true;
}

bool JsonAssembler::EntryKey(JsonFrame& frame, std::string_view name, size_t offset) {
  FieldPlan& key = frame.type->fields.front();
  frame.mark = writer_.Here();
  writer_.Tag(frame.whole->tag);
  writer_.Open();
  const size_t begin = writer_.size();
  const ValueFault fault = WriteScalar(key, KeyScalar(key, name), types_, writer_);
  if (fault != ValueFault::kNone) {
    JsonProblem problem = DescribeFault(fault, key, {JsonToken::kString, name}, types_);
    problem.message.insert(0, "key: ");
    return Refuse(std::move(problem), offset);
  }
  if (keys_.Add(frame.map, {begin, writer_.size()}, writer_.data())) return true;
  return Fail({offset, "the key is given twice"});
}

bool JsonAssembler::Enter(size_t offset) {
  if (frames_.size() < kDeepest) return true;
  return Fail({offset, fmt::format("nested more than {} deep", kDeepest)});
}

bool JsonAssembler::StartObject(size_t offset) {
  if (!Enter(offset)) return false;
  if (frames_.empty()) return StartMessage(root_, offset);
  JsonFrame& frame = frames_.back();
  if (frame.field == nullptr) {
    Push(FrameKind::kIgnoredObject);
    return true;
  }
  FieldPlan& field = *frame.field;
  if (frame.kind != FrameKind::kMessage) return StartMessage(field, offset);
  if (field.cardinality == Cardinality::kMap) {
    PushMap(field, nullptr);
    return true;
  }
  if (field.cardinality != Cardinality::kSingular) {
    return RefuseType(field, Extent::kField, "an object", offset);
  }
  return CountSet(frame, field) && StartMessage(field, offset);
}

bool JsonAssembler::StartMessage(FieldPlan& field, size_t offset) {
  if (!field.HoldsMessages()) return RefuseType(field, Extent::kElement, "an object", offset);
  MessagePlan& type = types_.Of(field);
  switch (type.form) {
    case JsonForm::kObject:
      BeginElement(field, writer_);
      PushMessage(type, field);
      return true;
    case JsonForm::kAny:
      return StartAny(field, offset);
    case JsonForm::kStruct:
      BeginElement(field, writer_);
      PushMap(types_.struct_fields(), &field);
      return true;
    case JsonForm::kValue:
      BeginElement(field, writer_);
      writer_.Tag(MakeTag(5, WireType::kBytes));  // struct_value
      writer_.Open();
      PushMap(types_.struct_fields(), &field).inner_lengths = 1;
      return true;
    default:
      return RefuseType(field, Extent::kElement, "an object", offset);
  }
}

bool JsonAssembler::StartAny(FieldPlan& field, size_t offset) {
  const AnyType any = any_types_.Find(ahead_.data() + offset);
  BeginElement(field, writer_);
  if (any.state == AnyType::State::kIllFormed) {
    Push(FrameKind::kIgnoredObject).element = &field;  // the parser comes to the fault, too
    return true;
  }
  if (any.state == AnyType::State::kEmpty) {
    PushMessage(types_.Of(field), field);
    return true;
  }
  MessagePlan* type = any.is_raw ? &types_.RawAny() : ResolveAny(any, offset);
  if (type == nullptr) return false;
  writer_.Tag(MakeTag(1, WireType::kBytes));
  writer_.Bytes(any.url);
  if (any.is_raw) {
    PushMessage(*type, field).is_any = true;
    return true;
  }
  writer_.Tag(MakeTag(2, WireType::kBytes));
  writer_.Open();
  JsonFrame& frame = PushMessage(types_.InAny(*type), field);
  frame.inner_lengths = 1;
  frame.is_any = true;
  return true;
}

// The type that the "@type" of the object at `offset` names; nullptr after a Fail.
MessagePlan* JsonAssembler::ResolveAny(const AnyType& any, size_t offset) {
  constexpr std::string_view kHint = "add \"@type\": \"type.googleapis.com/package.Message\"";
  if (any.state != AnyType::State::kFound) {
    const bool missing = any.state == AnyType::State::kMissing;
    Fail({offset, missing ? "\"@type\" is missing from an Any" : "\"@type\" must be a string",
          std::string(kHint)});
    return nullptr;
  }
  const std::string url = SafeExcerpt(any.url, kLongestUrl);
  const size_t slash = any.url.rfind('/');
  if (slash == std::string::npos || slash + 1 == any.url.size()) {
    Fail({offset + any.offset, fmt::format("\"{}\" is not the URL of a type", url),
          "write it as type.googleapis.com/package.Message"});
    return nullptr;
  }
  MessagePlan* type = types_.FindByName(std::string_view(any.url).substr(slash + 1));
  if (type == nullptr)
    Fail({offset + any.offset, fmt::format("the type of \"{}\" is not in the schema", url)});
  return type;
}

bool JsonAssembler::StartArray(size_t offset) {
  if (!Enter(offset)) return false;
  if (frames_.empty()) return StartList(root_, offset);
  JsonFrame& frame = frames_.back();
  if (frame.field == nullptr) {
    Push(FrameKind::kIgnoredArray);
    return true;
  }
  FieldPlan& field = *frame.field;
  if (frame.kind != FrameKind::kMessage) return StartList(field, offset);
  if (field.cardinality == Cardinality::kSingular) return CountSet(frame, field) && StartList(field, offset);
  if (field.cardinality == Cardinality::kMap) {
    return RefuseType(field, Extent::kField, "an array", offset);
  }
  PushArray(field);
  return true;
}

// An array that is one value.
bool JsonAssembler::StartList(FieldPlan& field, size_t offset) {
  const JsonForm form = field.HoldsMessages() ? types_.Of(field).form : JsonForm::kObject;
  if (form != JsonForm::kListValue && form != JsonForm::kValue) {
    const std::string_view hint = &field == &root_ && form == JsonForm::kObject
                                      ? "documents follow one another without brackets: {...} {...}"
                                      : "";
    return Fail({offset, WrongType(field, Extent::kElement, types_, "an array"), std::string(hint)});
  }
  BeginElement(field, writer_);
  if (form == JsonForm::kValue) {
    writer_.Tag(MakeTag(6, WireType::kBytes));  // list_value
    writer_.Open();
  }
  JsonFrame& frame = PushArray(types_.list_values());
  frame.element = &field;
  frame.inner_lengths = form == JsonForm::kValue ? 1 : 0;
  return true;
}

JsonFrame& JsonAssembler::Push(FrameKind kind) {
  JsonFrame& frame = frames_.emplace_back();
  frame.kind = kind;
  return frame;
}

JsonFrame& JsonAssembler::PushMessage(MessagePlan& type, FieldPlan& element) {
  JsonFrame& frame = Push(FrameKind::kMessage);
  frame.type = &type;
  frame.element = &element;
  frame.missing = type.required_count;
  frame.seen = static_cast<uint32_t>(seen_.size());
  seen_.resize(seen_.size() + (type.BitCount() + 63) / 64);
  return frame;
}

JsonFrame& JsonAssembler::PushMap(FieldPlan& map, FieldPlan* element) {
  JsonFrame& frame = Push(FrameKind::kMap);
  frame.type = &types_.Of(map);
  frame.field = &frame.type->fields.back();
  frame.whole = &map;
  frame.element = element;
  frame.map = maps_++;
  return frame;
}

JsonFrame& JsonAssembler::PushArray(FieldPlan& elements) {
  JsonFrame& frame = Push(FrameKind::kArray);
  frame.field = &elements;
  frame.mark = writer_.Here();
  if (elements.cardinality != Cardinality::kPacked) return frame;
  writer_.Tag(elements.tag);
  writer_.Open();
  frame.inner_lengths = 1;
  return frame;
}

bool JsonAssembler::EndObject(size_t offset) {
  const JsonFrame& frame = frames_.back();
  if (frame.kind == FrameKind::kMessage) {
    if (frame.missing > 0 && !MayLackFields()) return RefuseMissing(frame, offset);
    seen_.resize(frame.seen);
  }
  Leave();
  return true;
}

bool JsonAssembler::EndArray() {
  const JsonFrame& frame = frames_.back();
  const bool packed = frame.kind == FrameKind::kArray && frame.field->cardinality == Cardinality::kPacked;
  if (packed && writer_.size() == frame.mark.size + frame.field->tag.size + 1) {
    writer_.Rewind(frame.mark);  // a packed field without elements is not there
    frames_.pop_back();
    return true;
  }
  Leave();
  return true;
}

// Ends the value that the last frame is.
void JsonAssembler::Leave() {
  const JsonFrame& frame = frames_.back();
  for (int i = 0; i < frame.inner_lengths; ++i) writer_.Close();
  if (frame.element != nullptr) EndElement(*frame.element, writer_);
  frames_.pop_back();
  if (!frames_.empty()) ValueDone();
}

// The last frame got a value.
void JsonAssembler::ValueDone() {
  JsonFrame& frame = frames_.back();
  ++frame.index;
  frame.key_offset = JsonFrame::kNoKey;
  const bool dropped = std::exchange(dropped_, false);
  if (frame.kind != FrameKind::kMap) return;
  if (!dropped) return writer_.Close();
  writer_.Rewind(frame.mark);
  keys_.RemoveLast();
}

bool JsonAssembler::Refuse(JsonProblem problem, size_t offset) {
  problem.offset = offset;
  return Fail(std::move(problem));
}

bool JsonAssembler::MayLackFields() const {
  // Nobody looks into an Any again.
  const auto is_any = [](const JsonFrame& frame) { return frame.is_any; };
  return missing_ == MissingFields::kAllow && std::none_of(frames_.begin(), frames_.end(), is_any);
}

bool JsonAssembler::RefuseMissing(const JsonFrame& frame, size_t offset) {
  for (const FieldPlan& field : frame.type->fields) {
    if (!field.required || IsSeen(frame, field)) continue;
    return Fail({offset, MissingField(*frame.type, field)});
  }
  return Fail({offset, "a required field is missing"});
}

bool JsonAssembler::RefuseType(const FieldPlan& field, Extent extent, std::string_view found, size_t offset) {
  return Fail({offset, WrongType(field, extent, types_, found)});
}

}  // namespace rpcctl
