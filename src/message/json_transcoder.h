// Writes the JSON of messages straight from their bytes on the wire, without a message object.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "message/field_pieces.h"
#include "message/json_layout.h"
#include "message/message_fault.h"
#include "message/plan.h"

namespace rpcctl {

// Reused for every message of a stream; not for several threads at once.
class JsonTranscoder final {
 public:
  // `known` is complete. Borrows its pool, and the types that it is asked for.
  JsonTranscoder(KnownTypes known, JsonStyle style);
  JsonTranscoder(const JsonTranscoder&) = delete;  // parts point at one another
  JsonTranscoder& operator=(const JsonTranscoder&) = delete;

  // Append the document of the message of `type` in `wire`, or the JSON of the value that it has for `field`
  // (of `type` or one of its extensions; absent, a list or map is empty, another field its default). After a
  // fault `out` ends in the middle: the bytes are malformed, which CheckWire words better, or a well-known
  // type has a value that ProtoJSON cannot express.
  MaybeFault Write(const google::protobuf::Descriptor& type, std::string_view wire, std::string& out);
  MaybeFault WriteField(const google::protobuf::Descriptor& type,
                        const google::protobuf::FieldDescriptor& field, std::string_view wire,
                        std::string& out);

  const KnownTypes& known() const { return plans_.known(); }

 private:
  // The entry of a map: its key, the number that orders it among numbers, and its value.
  struct Entry {
    FieldPiece key;
    uint64_t rank = 0;
    PieceRun value;
  };

  // Each of these appends what its name says. False ends the document: fault_ tells why, or the bytes are
  // malformed. `depth` is how many messages may still stand inside each other.
  bool WriteDocument(MessagePlan& plan, std::string_view wire);
  bool WriteMessage(MessagePlan& plan, PieceRun body, int depth);
  bool WriteMembers(MessagePlan& plan, PieceRun body, int depth);
  bool WriteMember(FieldPlan& field, PieceRun values, int depth);
  bool WriteDefaults(MessagePlan& plan, uint32_t end, size_t& shown, int depth);
  bool WriteField(FieldPlan& field, PieceRun values, int depth);
  bool WriteValue(FieldPlan& field, PieceRun value, int depth);
  bool WriteList(FieldPlan& field, PieceRun values, int depth);
  bool WritePacked(FieldPlan& field, std::string_view run);
  bool WriteMap(FieldPlan& field, PieceRun values, int depth);
  bool CollectEntries(MessagePlan& plan, PieceRun values, int depth);
  void ArrangeEntries(size_t begin);
  bool WriteEntry(FieldPlan& value, const Entry& entry, int depth);
  bool WriteKey(const FieldPiece& key);
  bool WriteScalar(FieldPlan& field, const FieldPiece& piece);
  bool WriteEnum(const EnumPlan& type, int32_t number);
  bool WriteString(const FieldPlan& field, std::string_view text);
  void AppendBytes(std::string_view bytes);

  // The forms of well-known types, in json_transcoder_forms.cc.
  bool WriteForm(MessagePlan& plan, PieceRun body, int depth);
  bool WriteFormOf(MessagePlan& plan, PieceRun fields, int depth);
  bool WriteTime(JsonForm form, PieceRun fields);
  bool WriteMask(PieceRun fields);
  bool WriteDynamicValue(PieceRun fields, int depth);
  bool WriteAny(PieceRun fields, int depth);
  bool WriteAnyContent(std::string_view type_url, std::string_view content, int depth);
  bool WriteAnyMembers(MessagePlan& type, std::string_view content, int depth);

  // Ends the document with a value that has no JSON.
  bool Refuse(MessageFault fault);
  // Puts `field` into the path of the fault of a value inside it. Always false.
  bool Inside(const FieldPlan& field, std::string_view place = "");
  void Begin();
  MaybeFault Finished(bool written, std::string& out);

  PlanTable plans_;
  MessagePlan* last_ = nullptr;  // of the last document
  const JsonStyle style_;
  FieldPieces pieces_;
  std::vector<Entry> entries_;  // a stack, as pieces_
  TextBuffer text_;
  JsonSink sink_;
  std::string scratch_;
  int open_anys_ = 0;
  MaybeFault fault_;
};

}  // namespace rpcctl
