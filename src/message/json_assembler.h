// Assembles the wire bytes of a message from the events of a JSON parser.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "message/json_any_type.h"
#include "message/json_frame.h"
#include "message/json_problem.h"
#include "message/json_scalar.h"
#include "message/key_set.h"
#include "message/plan.h"
#include "message/wire_writer.h"

namespace rpcctl {

enum class UnknownFields : uint8_t { kRefuse, kSkip };
enum class MissingFields : uint8_t { kRefuse, kAllow };  // of proto2's required ones; never allowed in an Any

// Takes one document, event by event, in the order of the text. Each event comes with the offset of its first
// byte and answers whether to go on; after a false the problem says why not. Keeps its buffers for the next
// document.
class JsonAssembler {
 public:
  // Borrows `type`, the types it leads to and the pool of `known`, which is complete.
  JsonAssembler(const google::protobuf::Descriptor& type, KnownTypes known, UnknownFields unknown,
                MissingFields missing);
  JsonAssembler(const JsonAssembler&) = delete;
  JsonAssembler& operator=(const JsonAssembler&) = delete;

  // Starts over with `document`, which stays as it is until the last event. `ahead` holds the same text, and
  // is as it was given from the current event on; behind its end is a NUL.
  void Begin(std::string_view document, std::string_view ahead);

  bool Scalar(const JsonScalar& scalar, size_t offset);
  bool Key(std::string_view name, size_t offset);
  bool StartObject(size_t offset);
  bool EndObject(size_t offset);
  bool StartArray(size_t offset);
  bool EndArray();

  // Refuses the document at the value, or with kContainer at the object or array, to which the events have
  // come. Always false.
  bool Fail(JsonProblem problem, PathEnd end = PathEnd::kLast);

  // After a false: what is wrong and where, "user.tags[2]: expected int32, found string "x"".
  const JsonProblem& problem() const { return problem_; }
  // After the last event: the message.
  const WireWriter& wire() const { return writer_; }

 private:
  bool AddToField(JsonFrame& frame, const JsonScalar& scalar, size_t offset);
  bool AddElement(FieldPlan& field, const JsonScalar& scalar, size_t offset);
  bool MemberKey(JsonFrame& frame, std::string_view name, size_t offset);
  bool TypeKey(JsonFrame& frame, size_t offset);
  bool EntryKey(JsonFrame& frame, std::string_view name, size_t offset);
  bool CountSet(JsonFrame& frame, const FieldPlan& field);
  bool MarkSeen(const JsonFrame& frame, uint32_t bit);
  bool IsSeen(const JsonFrame& frame, const FieldPlan& field) const;
  const FieldPlan* OtherMember(const JsonFrame& frame, const FieldPlan& field) const;
  bool Enter(size_t offset);
  bool StartMessage(FieldPlan& field, size_t offset);
  bool StartAny(FieldPlan& field, size_t offset);
  MessagePlan* ResolveAny(const AnyType& any, size_t offset);
  bool StartList(FieldPlan& field, size_t offset);
  JsonFrame& Push(FrameKind kind);
  JsonFrame& PushMessage(MessagePlan& type, FieldPlan& element);
  JsonFrame& PushMap(FieldPlan& map, FieldPlan* element);
  JsonFrame& PushArray(FieldPlan& elements);
  void Leave();
  void ValueDone();
  bool Refuse(JsonProblem problem, size_t offset);
  bool MayLackFields() const;
  bool RefuseMissing(const JsonFrame& frame, size_t offset);
  bool RefuseType(const FieldPlan& field, Extent extent, std::string_view found, size_t offset);

  PlanTable types_;
  const UnknownFields unknown_;
  const MissingFields missing_;
  FieldPlan root_;
  AnyTypeScanner any_types_;
  WireWriter writer_;
  KeySet keys_;
  std::vector<JsonFrame> frames_;
  std::vector<uint64_t> seen_;  // a bit for each field and oneof of the frames, one after another
  uint32_t maps_ = 0;           // in this document so far
  bool dropped_ = false;        // the last element was an unknown enum value that is to be skipped
  std::string_view document_;
  std::string_view ahead_;
  JsonProblem problem_;
};

}  // namespace rpcctl
