// Judges one call: takes its messages as they come, and in the end says what did not hold.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "call/call_outcome.h"
#include "message/message_json.h"
#include "message/message_parser.h"
#include "script/checked_step.h"
#include "script/report.h"

namespace rpcctl {

// Parses messages of any type, and keeps for the next one what that takes. Not for several threads at once.
class MessageTable final {
 public:
  // `known` is complete.
  explicit MessageTable(KnownTypes known) : known_(known), json_(known) {}

  // The message in `wire`, good until the next one of its type; an error as for a response that does not
  // parse.
  Result<const google::protobuf::Message*> Parse(const google::protobuf::Descriptor& type,
                                                 std::string_view wire);
  MessageJson& json() { return json_; }
  // The JSON of `wire`, at most about `limit` bytes of it.
  std::string Excerpt(const google::protobuf::Descriptor& type, std::string_view wire, size_t limit);
  const KnownTypes& known() const { return known_; }

 private:
  const KnownTypes known_;
  std::map<const google::protobuf::Descriptor*, std::unique_ptr<MessageParser>> parsers_;
  MessageJson json_;
};

// Flat in memory however many messages come.
class Judge final {
 public:
  // Borrows all of them for life.
  Judge(const CheckedStep& step, Variables& variables, MessageTable& messages);

  // Looks at the next message. An error is that of one that does not parse.
  Result<void> OnMessage(std::string_view wire);
  // What does not hold of the message that came last, for a "recv".
  std::optional<Failure> CheckLast(const CheckedExpectation& expectation);
  // Captures what is there by now; a failure where it is not.
  std::optional<Failure> CaptureNow(size_t capture, const CallOutcome& outcome);
  // The call is over. Where the script names no status it is to be OK; of a call that was `cancelled`,
  // CANCELLED will do as well.
  std::vector<Failure> Finish(const CallOutcome& outcome, bool cancelled);
  // The step ends before its call has, or at least nothing more is asked of it: only its transcript is ended.
  void BreakOff(const CallOutcome& outcome, bool ended);

  uint64_t count() const { return count_; }
  // What was sent, came and became of the call, as CaseReport has it.
  std::vector<std::string> TakeTranscript() { return std::move(transcript_); }
  void NoteRequest(std::string_view wire);

 private:
  // What is known so far of an expectation about messages.
  struct Tally {
    std::shared_ptr<const Matcher> matcher;
    bool looked = false;
    bool settled = false;  // what comes changes nothing any more
    bool holds = false;
    std::string actual;
    std::string json;             // of the value that was looked at last, for what is written in its place
    uint64_t index = 0;           // of the message that `actual` is from
    std::optional<Error> broken;  // the operands could not be filled in
  };

  bool Applies(const Subject& subject) const;
  Result<std::shared_ptr<const Matcher>> MatcherOf(const CheckedExpectation& expectation) const;
  void LookAt(const CheckedExpectation& expectation, Tally& tally, const google::protobuf::Message& message);
  // Whether there was something to capture.
  bool Capture(const CheckedCapture& capture, const google::protobuf::Message& message);
  void Note(char mark, const google::protobuf::Descriptor& type, std::string_view wire);
  void NoteOutcome(const CallOutcome& outcome);

  std::optional<Failure> JudgeMessages(const CheckedExpectation& expectation, const Tally& tally) const;
  std::optional<Failure> JudgeOutcome(const CheckedExpectation& expectation, const CallOutcome& outcome);
  std::optional<Failure> JudgeUnmet(const CheckedExpectation& expectation) const;
  std::optional<Failure> JudgeStatus(const Expectation& expectation, const CallOutcome& outcome) const;
  std::optional<Failure> JudgeUnnamedStatus(const CallOutcome& outcome, bool cancelled) const;
  std::vector<ActualValue> ActualsOf(const CheckedExpectation& expectation, const CallOutcome& outcome,
                                     bool wants_json);
  std::vector<ActualValue> DetailsOf(const CheckedExpectation& expectation, const CallOutcome& outcome,
                                     bool wants_json);

  const CheckedStep& step_;
  Variables& variables_;
  MessageTable& messages_;
  std::vector<Tally> tallies_;  // one for each expectation
  std::vector<bool> captured_;  // one for each capture
  std::vector<bool> kept_;      // likewise: what comes later is not captured in its place
  uint64_t count_ = 0;
  size_t transcript_messages_ = 0;
  std::string last_;  // the message that came last
  std::vector<std::string> transcript_;
};

// The status that a call is judged by: what was not reached is UNAVAILABLE.
RpcStatus JudgedStatus(const CallOutcome& outcome);

// "NOT_FOUND: no such feature".
std::string StatusText(const RpcStatus& status);

}  // namespace rpcctl
