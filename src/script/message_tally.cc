#include "script/message_tally.h"

#include <fmt/format.h>

#include "base/text.h"
#include "script/judged_expectation.h"
#include "script/told_text.h"

namespace rpcctl {

using google::protobuf::Message;

using Choice = Subject::Choice;

bool Chooses(const Subject& subject, uint64_t count) {
  switch (subject.choice) {
    case Choice::kOnly:
    case Choice::kFirst:
      return count == 0;
    case Choice::kIndex:
      return count == subject.index;
    default:
      return true;
  }
}

Result<std::shared_ptr<const Matcher>> MessageTally::NewMatcher() const {
  return MatcherOf(expectation_, messages_.known(), variables_);
}

void MessageTally::Take(const Message& message, uint64_t count) {
  if (!settled_ && Chooses(expectation_.written.subject, count)) LookAt(message, count);
}

void MessageTally::LookAt(const Message& message, uint64_t index) {
  if (!matcher_) {
    Result<std::shared_ptr<const Matcher>> matcher = NewMatcher();
    if (!matcher) {
      broken_ = matcher.error();
      settled_ = true;
      return;
    }
    matcher_ = std::move(*matcher);
  }
  const ActualValue actual =
      expectation_.place->Look(message, matcher_->WantsJson() ? &messages_.json() : nullptr);
  holds_ = matcher_->Holds(actual);
  looked_ = true;
  index_ = index;
  const Choice choice = expectation_.written.subject.choice;
  settled_ = (choice == Choice::kEach && !holds_) || (choice == Choice::kAny && holds_);
  if (holds_) return;
  // Only what is told takes the trouble of its JSON.
  const ActualValue told = expectation_.place->Look(message, &messages_.json());
  actual_ = ActualText(told);
  there_ = told.there;
  json_ = told.typed ? told.text : told.json;
}

// Of a message that did not come: one past the end is absent as an element of a list is.
std::optional<Failure> MessageTally::JudgeUnmet(uint64_t count) const {
  const Result<std::shared_ptr<const Matcher>> matcher = NewMatcher();
  if (!matcher) return FailureOf(expectation_.written, "", matcher.error().message);
  const bool is_index = expectation_.written.subject.choice == Choice::kIndex;
  if (is_index && (*matcher)->Holds(ActualValue{})) return std::nullopt;
  return FailureOf(expectation_.written, Shortened((*matcher)->Text()),
                   count == 0 ? "no message came" : Plural(count, "message") + " came");
}

// The value that does not hold, and whose it is.
std::string MessageTally::ActualOf(uint64_t count) const {
  switch (expectation_.written.subject.choice) {
    case Choice::kEach:
      return fmt::format("msg[{}]: {}", index_, actual_);
    case Choice::kAny:
      return fmt::format("none of {}; the last: {}", Plural(count, "message"), actual_);
    default:
      return actual_;
  }
}

std::optional<Failure> MessageTally::Judge(uint64_t count) const {
  if (broken_) return FailureOf(expectation_.written, "", broken_->message);
  if (!looked_) return JudgeUnmet(count);
  if (holds_) return std::nullopt;
  Failure failure = FailureOf(expectation_.written, Shortened(matcher_->Text()), ActualOf(count));
  const Choice choice = expectation_.written.subject.choice;
  // No value is equal to what is absent.
  if (there_ && choice != Choice::kEach && choice != Choice::kAny)
    failure.replacement = ReplacementFor(expectation_.written, json_);
  return failure;
}

}  // namespace rpcctl
