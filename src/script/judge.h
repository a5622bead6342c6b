// Judges one call: takes its messages as they come, and in the end says what did not hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "call/call_outcome.h"
#include "script/checked_step.h"
#include "script/message_table.h"
#include "script/message_tally.h"
#include "script/report.h"
#include "script/transcript.h"

namespace rpcctl {

// Flat in memory however many messages come.
class Judge final {
 public:
  // Borrows all of them for life.
  Judge(const CheckedStep& step, Variables& variables, MessageTable& messages);

  // Looks at the next message. An error is that of one that does not parse: from then on the call has failed
  // by it, whatever status it ends with.
  Result<void> OnMessage(std::string_view wire);
  // What does not hold of the message that came last, for a "recv".
  std::optional<Failure> CheckLast(const CheckedExpectation& expectation);
  // Captures what is there by now; a failure where it is not.
  std::optional<Failure> CaptureNow(size_t capture, const CallOutcome& outcome);
  // The acts of a live step are made. What is filled in to its expectations are the captures among them, so
  // that the messages that came meanwhile can be looked at only now.
  void EndActs();
  // The call is over. Where the script names no status it is to be OK; of a call that was `cancelled`,
  // CANCELLED will do as well.
  std::vector<Failure> Finish(CallOutcome outcome, bool cancelled);
  // The step ends before its call has, or at least nothing more is asked of it: only its transcript is ended.
  void BreakOff(const CallOutcome& outcome, bool ended);

  uint64_t count() const { return count_; }
  // What was sent, came and became of the call, as CaseReport has it.
  std::vector<std::string> TakeTranscript() { return transcript_.Take(); }
  void NoteRequest(std::string_view wire) { transcript_.AddRequest(wire); }

 private:
  // Whether the expectation waits for the end of the acts.
  bool IsHeldBack(size_t expectation) const;
  void LookAt(const google::protobuf::Message& message, uint64_t index, bool held_back);
  // Whether there was something to capture.
  bool Capture(const CheckedCapture& capture, const google::protobuf::Message& message);

  std::vector<Failure> JudgeStatuses(const CallOutcome& outcome, bool cancelled) const;
  std::optional<Failure> JudgeUnnamedStatus(const CallOutcome& outcome, bool cancelled) const;
  std::optional<Failure> JudgeOutcome(const CheckedExpectation& expectation, const CallOutcome& outcome);

  const CheckedStep& step_;
  Variables& variables_;
  MessageTable& messages_;
  std::vector<MessageTally> tallies_;  // one for each expectation
  std::vector<bool> captured_;         // one for each capture
  std::vector<bool> kept_;             // likewise: what comes later is not captured in its place
  uint64_t count_ = 0;
  std::string last_;               // the message that came last
  std::vector<std::string> held_;  // those that came while anything is held back
  bool acts_made_ = false;
  std::optional<Error> unparsed_;  // of the first message that did not parse
  Transcript transcript_;
};

}  // namespace rpcctl
