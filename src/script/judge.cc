#include "script/judge.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <utility>

#include "script/judged_expectation.h"
#include "script/judged_status.h"
#include "script/outcome_values.h"
#include "script/told_text.h"

namespace rpcctl {
namespace {

using google::protobuf::Message;

using Kind = Subject::Kind;

bool IsTime(Kind kind) {
  return kind == Kind::kFirstTime || kind == Kind::kLatency;
}

VariableValue VariableOf(const ActualValue& actual) {
  VariableValue value{actual.text, actual.json};
  if (!value.json.empty()) return value;
  value.json = actual.text;
  return value;
}

}  // namespace

Judge::Judge(const CheckedStep& step, Variables& variables, MessageTable& messages)
    : step_(step),
      variables_(variables),
      messages_(messages),
      captured_(step.captures.size()),
      kept_(step.captures.size()),
      transcript_(*step.method, messages) {
  for (const CheckedExpectation& expectation : step.expectations)
    tallies_.emplace_back(expectation, variables, messages);
}

bool Judge::IsHeldBack(size_t expectation) const {
  if (!step_.live || acts_made_) return false;
  const Expectation& written = step_.expectations[expectation].written;
  return written.subject.kind == Kind::kMessage &&
         !std::ranges::all_of(written.predicate->operands, [](const Word& word) { return word.IsPlain(); });
}

// `message` in the eyes of those expectations that are held back, or of all others.
void Judge::LookAt(const Message& message, uint64_t index, bool held_back) {
  for (size_t i = 0; i < tallies_.size(); ++i) {
    const bool about_messages = step_.expectations[i].written.subject.kind == Kind::kMessage;
    if (about_messages && IsHeldBack(i) == held_back) tallies_[i].Take(message, index);
  }
}

void Judge::EndActs() {
  for (size_t i = 0; i < held_.size(); ++i) {
    if (const Result<const Message*> message = messages_.Parse(*step_.method->output_type(), held_[i]))
      LookAt(**message, i, true);
  }
  held_.clear();
  acts_made_ = true;
}

Result<void> Judge::OnMessage(std::string_view wire) {
  transcript_.AddResponse(wire);
  const Result<const Message*> message = messages_.Parse(*step_.method->output_type(), wire);
  if (!message) {
    if (!unparsed_) unparsed_ = message.error();
    return message.error();
  }
  LookAt(**message, count_, false);
  bool holds_back = false;
  for (size_t i = 0; i < tallies_.size(); ++i) holds_back = holds_back || IsHeldBack(i);
  if (holds_back) held_.emplace_back(wire);
  for (size_t i = 0; i < step_.captures.size(); ++i) {
    const CheckedCapture& capture = step_.captures[i];
    if (!capture.place || kept_[i] || !Chooses(capture.written.subject, count_)) continue;
    captured_[i] = Capture(capture, **message);
  }
  last_ = wire;
  ++count_;
  return {};
}

std::optional<Failure> Judge::CheckLast(const CheckedExpectation& expectation) {
  const Result<const Message*> message = messages_.Parse(*step_.method->output_type(), last_);
  if (!message) return FailureOf(expectation.written, "", message.error().message);
  MessageTally tally(expectation, variables_, messages_);
  tally.LookAt(**message, count_);
  return tally.Judge(count_);
}

// ---- captures ----

bool Judge::Capture(const CheckedCapture& capture, const Message& message) {
  const ActualValue actual = capture.place->Look(message, &messages_.json());
  if (actual.there) variables_.Set(capture.written.name, VariableOf(actual));
  return actual.there;
}

std::optional<Failure> Judge::CaptureNow(size_t index, const CallOutcome& outcome) {
  const rpcctl::Capture& written = step_.captures[index].written;
  std::vector<ActualValue> values;
  if (written.subject.kind == Kind::kCount) values.push_back(CountValue(count_));
  if (written.subject.kind == Kind::kHeader) values = ValuesOf(outcome.headers, written.subject.name);
  if (written.subject.kind == Kind::kTrailer) values = ValuesOf(outcome.trailers, written.subject.name);
  if (!values.empty()) {
    variables_.Set(written.name, VariableOf(values.front()));
    captured_[index] = true;
  }
  if (captured_[index]) {
    kept_[index] = true;
    return std::nullopt;
  }
  return Failure{.place = written.place,
                 .line = "let " + written.name,
                 .expected = "",
                 .actual = "there is nothing to capture"};
}

// ---- outcomes ----

// Where no status is named.
std::optional<Failure> Judge::JudgeUnnamedStatus(const CallOutcome& outcome, bool cancelled) const {
  const Expectation expected{.place = step_.place, .line = step_.line, .code = cancelled ? kCancelled : kOk};
  const bool ended_before = cancelled && !outcome.error && JudgedStatus(outcome).ok();
  return ended_before ? std::nullopt : JudgeStatus(expected, outcome);
}

// Of several values, such as those of a header that came twice, one has to hold. What is said by "not", "!="
// or "absent" is to hold of all, so that each is the opposite of what it negates.
std::optional<Failure> Judge::JudgeOutcome(const CheckedExpectation& expectation,
                                           const CallOutcome& outcome) {
  const Result<std::shared_ptr<const Matcher>> matcher =
      MatcherOf(expectation, messages_.known(), variables_);
  if (!matcher) return FailureOf(expectation.written, "", matcher.error().message);
  std::vector<ActualValue> actuals = OutcomeValues(expectation, outcome, count_, messages_);
  if (actuals.empty()) actuals.emplace_back();
  const Predicate& predicate = *expectation.written.predicate;
  const auto holds = [&](const ActualValue& actual) { return (*matcher)->Holds(actual); };
  const bool is_negative =
      predicate.relation == Relation::kUnequal || predicate.relation == Relation::kAbsent;
  const bool of_all = predicate.negated != is_negative;
  if (of_all ? std::ranges::all_of(actuals, holds) : std::ranges::any_of(actuals, holds)) return std::nullopt;
  std::string shown;
  for (const ActualValue& actual : actuals) shown += (shown.empty() ? "" : ", ") + ActualText(actual);
  Failure failure = FailureOf(expectation.written, Shortened((*matcher)->Text()), Shortened(shown));
  const ActualValue& only = actuals.front();
  if (actuals.size() == 1 && only.there && !IsTime(expectation.written.subject.kind))
    failure.replacement = ReplacementFor(expectation.written, only.typed ? only.text : only.json);
  return failure;
}

void Judge::BreakOff(const CallOutcome& outcome, bool ended) {
  ended ? transcript_.AddOutcome(outcome) : transcript_.BreakOff();
}

std::vector<Failure> Judge::JudgeStatuses(const CallOutcome& outcome, bool cancelled) const {
  std::vector<Failure> failures;
  bool names_status = false;
  for (const CheckedExpectation& expectation : step_.expectations) {
    if (expectation.written.subject.kind != Kind::kStatus) continue;
    names_status = true;
    if (std::optional<Failure> failure = JudgeStatus(expectation.written, outcome))
      failures.push_back(std::move(*failure));
  }
  if (!names_status) {
    if (std::optional<Failure> failure = JudgeUnnamedStatus(outcome, cancelled))
      failures.push_back(std::move(*failure));
  }
  // No status that is expected makes such a message good.
  if (unparsed_ && failures.empty())
    failures.push_back(
        {.place = step_.place, .line = step_.line, .expected = "", .actual = unparsed_->message});
  return failures;
}

std::vector<Failure> Judge::Finish(CallOutcome outcome, bool cancelled) {
  if (unparsed_) outcome.error = unparsed_;
  transcript_.AddOutcome(outcome);
  std::vector<Failure> failures = JudgeStatuses(outcome, cancelled);
  const bool ended_otherwise = std::ranges::any_of(
      failures, [](const Failure& failure) { return !failure.expected.starts_with("within"); });
  for (size_t i = 0; i < step_.expectations.size(); ++i) {
    const CheckedExpectation& expectation = step_.expectations[i];
    const Kind kind = expectation.written.subject.kind;
    // Where the call failed, that no message came is no news.
    if (kind == Kind::kStatus || (kind == Kind::kMessage && ended_otherwise && !tallies_[i].looked()))
      continue;
    std::optional<Failure> failure =
        kind == Kind::kMessage ? tallies_[i].Judge(count_) : JudgeOutcome(expectation, outcome);
    if (failure) failures.push_back(std::move(*failure));
  }
  for (size_t i = 0; i < captured_.size(); ++i) {
    if (captured_[i]) continue;
    std::optional<Failure> failure = CaptureNow(i, outcome);
    if (failure && !ended_otherwise) failures.push_back(std::move(*failure));
  }
  std::ranges::stable_sort(failures, {}, [](const Failure& failure) { return failure.place.line; });
  return failures;
}

}  // namespace rpcctl
