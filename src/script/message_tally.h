// What is known of an expectation about messages while they come.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "script/checked_step.h"
#include "script/message_table.h"
#include "script/report.h"

namespace rpcctl {

// Whether the message that comes after `count` others is one that `subject` chooses.
bool Chooses(const Subject& subject, uint64_t count);

// Flat in memory however many messages come.
class MessageTally final {
 public:
  // Borrows all of them for life.
  MessageTally(const CheckedExpectation& expectation, const Variables& variables, MessageTable& messages)
      : expectation_(expectation), variables_(variables), messages_(messages) {}

  // Looks at the message that came after `count` others, where it is about that.
  void Take(const google::protobuf::Message& message, uint64_t count);
  // Looks at `message`, whichever it is.
  void LookAt(const google::protobuf::Message& message, uint64_t index);
  // Whether any message was looked at.
  bool looked() const { return looked_; }
  // What does not hold, now that `count` messages came and no more do.
  std::optional<Failure> Judge(uint64_t count) const;

 private:
  Result<std::shared_ptr<const Matcher>> NewMatcher() const;
  std::optional<Failure> JudgeUnmet(uint64_t count) const;
  std::string ActualOf(uint64_t count) const;

  const CheckedExpectation& expectation_;
  const Variables& variables_;
  MessageTable& messages_;
  std::shared_ptr<const Matcher> matcher_;
  bool looked_ = false;
  bool settled_ = false;  // what comes changes nothing any more
  bool holds_ = false;
  std::string actual_;
  bool there_ = false;           // whether there was such a place in what was looked at last
  std::string json_;             // of the value that was looked at last, for what is written in its place
  uint64_t index_ = 0;           // of the message that `actual_` is from
  std::optional<Error> broken_;  // the operands could not be filled in
};

}  // namespace rpcctl
