// The forms of well-known types.
#include <google/protobuf/descriptor.h>

#include <bit>
#include <cmath>

#include "base/base64.h"
#include "base/safe_text.h"
#include "message/json_form.h"
#include "message/json_string.h"
#include "message/json_transcoder.h"
#include "message/wire_check.h"

namespace rpcctl {
namespace {

// Deeper ones are printed as base64: each of them asks the schema for a type, and nobody means so many.
constexpr int kDeepestAny = 16;

// Of google.protobuf.Any, Timestamp and Duration.
constexpr uint32_t kTypeUrl = 1;
constexpr uint32_t kSeconds = 1;

}  // namespace

bool JsonTranscoder::WriteForm(MessagePlan& plan, PieceRun body, int depth) {
  PieceRun fields;
  if (!pieces_.Open(plan, body, depth, fields) || !WriteFormOf(plan, fields, depth)) return false;
  pieces_.Truncate(fields.begin);
  return true;
}

bool JsonTranscoder::WriteFormOf(MessagePlan& plan, PieceRun fields, int depth) {
  switch (plan.form) {
    case JsonForm::kTimestamp:
    case JsonForm::kDuration:
      return WriteTime(plan.form, fields);
    case JsonForm::kFieldMask:
      return WriteMask(fields);
    case JsonForm::kValue:
      return WriteDynamicValue(fields, depth);
    case JsonForm::kAny:
      return WriteAny(fields, depth);
    default:  // the form of its only field
      return WriteField(plan.fields.front(), fields, depth);
  }
}

bool JsonTranscoder::WriteTime(JsonForm form, PieceRun fields) {
  int64_t seconds = 0;
  int32_t nanos = 0;
  for (size_t at = fields.begin; at < fields.end; ++at) {
    const FieldPiece& piece = pieces_[at];
    if (piece.field->number == kSeconds) {
      seconds = static_cast<int64_t>(piece.bits);
    } else {
      nanos = static_cast<int32_t>(piece.bits);
    }
  }
  scratch_ = '"';
  MaybeFault fault = form == JsonForm::kTimestamp ? AppendTimestamp(seconds, nanos, scratch_)
                                                  : AppendDuration(seconds, nanos, scratch_);
  if (fault) return Refuse(std::move(*fault));
  scratch_ += '"';
  text_ += scratch_;
  return true;
}

bool JsonTranscoder::WriteMask(PieceRun fields) {
  scratch_.clear();
  for (size_t at = fields.begin; at < fields.end; ++at) {
    const std::string_view path = pieces_[at].bytes();
    if (pieces_[at].field->verify_utf8 && FindInvalidUtf8(path) != std::string_view::npos) return false;
    if (at > fields.begin) scratch_ += ',';
    if (MaybeFault fault = AppendMaskPath(path, scratch_)) return Refuse(std::move(*fault));
  }
  AppendJsonString(scratch_, text_);
  return true;
}

// A Value that holds nothing should not exist; it is printed as null, since an answer is worth more than its
// defect.
bool JsonTranscoder::WriteDynamicValue(PieceRun fields, int depth) {
  if (fields.begin == fields.end) {
    text_ += "null";
    return true;
  }
  const FieldPiece piece = pieces_[fields.begin];
  if (piece.field->kind == ValueKind::kEnum) {
    text_ += "null";
    return true;
  }
  if (piece.field->kind == ValueKind::kDouble && !std::isfinite(std::bit_cast<double>(piece.bits))) {
    return Refuse({"a Value of NaN or infinity, which JSON has no number for,"});
  }
  return WriteField(*piece.field, fields, depth);
}

bool JsonTranscoder::WriteAny(PieceRun fields, int depth) {
  std::string_view type_url, content;
  const FieldPlan* url_field = nullptr;
  for (size_t at = fields.begin; at < fields.end; ++at) {
    const FieldPiece& piece = pieces_[at];
    if (piece.field->number == kTypeUrl) {
      type_url = piece.bytes();
      url_field = piece.field;
    } else {
      content = piece.bytes();
    }
  }
  sink_.BeginObject();
  if (!type_url.empty() || !content.empty()) {
    sink_.StartMember("\"@type\"");
    if (url_field == nullptr) {
      text_ += "\"\"";
    } else if (!WriteString(*url_field, type_url)) {
      return false;
    }
    if (!WriteAnyContent(type_url, content, depth)) {
      sink_.StartMember("\"@value\"");
      AppendBytes(content);
    }
  }
  sink_.EndObject();
  return true;
}

// Nothing is written when it returns false.
bool JsonTranscoder::WriteAnyContent(std::string_view type_url, std::string_view content, int depth) {
  MessagePlan* type = open_anys_ < kDeepestAny ? plans_.FindByName(type_url) : nullptr;
  if (type == nullptr || depth < 1) return false;
  const JsonSink::Mark before = sink_.Here();
  const size_t pieces = pieces_.size();
  const size_t entries = entries_.size();
  const bool has_dropped = pieces_.has_dropped();
  pieces_.Forget();
  ++open_anys_;
  const bool written = WriteAnyMembers(*type, content, depth - 1);
  --open_anys_;
  if (has_dropped) pieces_.Drop();
  if (written) return true;
  fault_.reset();
  entries_.resize(entries);
  pieces_.Truncate(pieces);
  sink_.BackTo(before);
  return false;
}

bool JsonTranscoder::WriteAnyMembers(MessagePlan& type, std::string_view content, int depth) {
  const PieceRun body = pieces_.PushMessage(content);
  if (type.form != JsonForm::kObject) sink_.StartMember("\"value\"");
  const bool written =
      type.form == JsonForm::kObject ? WriteMembers(type, body, depth) : WriteMessage(type, body, depth);
  if (!written) return false;
  pieces_.Truncate(body.begin);
  return !pieces_.has_dropped() || !CheckWire(*type.descriptor, known().find_extension, content, depth);
}

}  // namespace rpcctl
