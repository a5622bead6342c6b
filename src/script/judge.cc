#include "script/judge.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/rpc/status.pb.h>

#include <algorithm>
#include <utility>

#include "base/base64.h"
#include "base/safe_text.h"
#include "base/shell_word.h"
#include "base/text.h"
#include "message/json_string.h"
#include "script/expectation_check.h"
#include "script/told_text.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

using Choice = Subject::Choice;
using Kind = Subject::Kind;

constexpr size_t kMostMessagesTold = 10;  // of a transcript

std::string ShownActual(const ActualValue& actual) {
  if (!actual.there) return "(absent)";
  const std::string text = Shortened(actual.json.empty() ? actual.text : actual.json);
  if (!actual.present) return text.empty() ? "(not set)" : text + " (not set)";
  return text;
}

bool IsTime(Kind kind) {
  return kind == Kind::kFirstTime || kind == Kind::kLatency;
}

Instant InstantOf(Duration duration) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration);
  return {seconds.count(), static_cast<int32_t>((duration - seconds).count())};
}

// As a person reads it: three digits are enough of what was measured.
std::string RoundedDuration(Duration duration) {
  constexpr auto kMillisecond = std::chrono::milliseconds(1);
  if (duration < kMillisecond)
    return FormatDuration(std::chrono::duration_cast<std::chrono::microseconds>(duration));
  return FormatDuration(duration < 100 * kMillisecond
                            ? Duration(std::chrono::round<std::chrono::microseconds>(duration) / 100 * 100)
                            : Duration(std::chrono::round<std::chrono::milliseconds>(duration)));
}

ActualValue TextValue(const std::string& text) {
  std::string json;
  AppendJsonString(text, json);
  ActualValue actual{.there = true,
                     .present = true,
                     .text = text,
                     .json = std::move(json),
                     .typed = ScalarValue(text),
                     .size = text.size(),
                     .elements = {},
                     .element_documents = {}};
  return actual;
}

ActualValue LengthValue(Duration duration) {
  ActualValue actual{.there = true,
                     .present = true,
                     .text = RoundedDuration(duration),
                     .json = {},
                     .typed = InstantOf(duration),
                     .size = 0,
                     .elements = {},
                     .element_documents = {}};
  return actual;
}

ActualValue CountValue(uint64_t count) {
  ActualValue actual{.there = true,
                     .present = true,
                     .text = std::to_string(count),
                     .json = {},
                     .typed = ScalarValue(count),
                     .size = 0,
                     .elements = {},
                     .element_documents = {}};
  return actual;
}

// The values of a header as a person types them.
std::vector<ActualValue> ValuesOf(const Metadata& metadata, const std::string& name) {
  std::vector<ActualValue> values;
  for (const MetadataEntry& entry : metadata) {
    if (entry.name == name)
      values.push_back(TextValue(name.ends_with("-bin") ? EncodeBase64(entry.value) : entry.value));
  }
  return values;
}

bool IsEqualsPlain(const Expectation& expectation) {
  return expectation.predicate && expectation.predicate->relation == Relation::kEqual &&
         !expectation.predicate->negated && expectation.predicate->operands.front().IsPlain();
}

// The word that would make the expectation hold; nothing where no line can hold it.
std::string ReplacementFor(const Expectation& expectation, const std::string& actual) {
  if (!IsEqualsPlain(expectation) || actual.size() > kMostBytesTold || SafeText(actual) != actual) return "";
  return ShellWord(actual);
}

Failure FailureOf(const Expectation& expectation, std::string expected, std::string actual) {
  return {.place = expectation.place,
          .line = expectation.line,
          .expected = std::move(expected),
          .actual = std::move(actual)};
}

VariableValue VariableOf(const ActualValue& actual) {
  VariableValue value{actual.text, actual.json};
  if (!value.json.empty()) return value;
  value.json = actual.text;
  return value;
}

}  // namespace

RpcStatus JudgedStatus(const CallOutcome& outcome) {
  if (outcome.limit_reached) return {};
  if (!outcome.error) return outcome.status;
  const bool not_reached =
      outcome.error->kind == ErrorKind::kConnect || outcome.error->kind == ErrorKind::kTls;
  if (not_reached) return {kUnavailable, outcome.error->message, ""};
  const bool has_status = outcome.error->kind == ErrorKind::kStatus;
  return {has_status ? outcome.error->status : static_cast<int>(kInternalStatus), outcome.error->message, ""};
}

std::string StatusText(const RpcStatus& status) {
  std::string text(StatusName(status.code));
  if (!status.message.empty()) text += ": " + Shortened(status.message);
  return text;
}

// ---- messages ----

Result<const Message*> MessageTable::Parse(const Descriptor& type, std::string_view wire) {
  std::unique_ptr<MessageParser>& parser = parsers_[&type];
  if (parser == nullptr) parser = std::make_unique<MessageParser>(type, known_);
  if (MaybeFault fault = parser->Parse(wire)) return UnparsedError(*fault, type);
  return &parser->message();
}

std::string MessageTable::Excerpt(const Descriptor& type, std::string_view wire, size_t limit) {
  const Result<const Message*> message = Parse(type, wire);
  if (!message) return "(" + message.error().message + ")";
  std::string document;
  if (MaybeFault fault = json_.Write(**message, document)) return "(" + FaultText(*fault, type) + ")";
  if (document.size() <= limit) return document;
  return SafeExcerpt(document, limit);
}

Judge::Judge(const CheckedStep& step, Variables& variables, MessageTable& messages)
    : step_(step),
      variables_(variables),
      messages_(messages),
      tallies_(step.expectations.size()),
      captured_(step.captures.size()),
      kept_(step.captures.size()) {}

void Judge::Note(char mark, const Descriptor& type, std::string_view wire) {
  if (transcript_messages_ > kMostMessagesTold) return;
  if (transcript_messages_++ == kMostMessagesTold) {
    transcript_.emplace_back("  ...");
    return;
  }
  transcript_.push_back(fmt::format("{} {}", mark, messages_.Excerpt(type, wire, kMostBytesTold)));
}

void Judge::NoteRequest(std::string_view wire) {
  Note('>', *step_.method->input_type(), wire);
}

bool Judge::Applies(const Subject& subject) const {
  switch (subject.choice) {
    case Choice::kOnly:
    case Choice::kFirst:
      return count_ == 0;
    case Choice::kIndex:
      return count_ == subject.index;
    default:
      return true;
  }
}

Result<void> Judge::OnMessage(std::string_view wire) {
  Note('<', *step_.method->output_type(), wire);
  const Result<const Message*> message = messages_.Parse(*step_.method->output_type(), wire);
  if (!message) {
    if (!unparsed_) unparsed_ = message.error();
    return message.error();
  }
  for (size_t i = 0; i < step_.expectations.size(); ++i) {
    const CheckedExpectation& expectation = step_.expectations[i];
    const bool looks = expectation.written.subject.kind == Kind::kMessage && !tallies_[i].settled &&
                       Applies(expectation.written.subject);
    if (looks) LookAt(expectation, tallies_[i], **message);
  }
  for (size_t i = 0; i < step_.captures.size(); ++i) {
    const CheckedCapture& capture = step_.captures[i];
    if (!capture.place || kept_[i] || !Applies(capture.written.subject)) continue;
    captured_[i] = Capture(capture, **message);
  }
  last_ = wire;
  ++count_;
  return {};
}

Result<std::shared_ptr<const Matcher>> Judge::MatcherOf(const CheckedExpectation& expectation) const {
  if (expectation.matcher) return expectation.matcher;
  Result<Matcher> made = MakeMatcher(expectation, messages_.known(), variables_);
  if (!made) return made.error();
  return std::make_shared<const Matcher>(std::move(*made));
}

void Judge::LookAt(const CheckedExpectation& expectation, Tally& tally, const Message& message) {
  if (!tally.matcher) {
    Result<std::shared_ptr<const Matcher>> matcher = MatcherOf(expectation);
    if (!matcher) {
      tally.broken = matcher.error();
      tally.settled = true;
      return;
    }
    tally.matcher = std::move(*matcher);
  }
  const ActualValue actual =
      expectation.place->Look(message, tally.matcher->WantsJson() ? &messages_.json() : nullptr);
  tally.holds = tally.matcher->Holds(actual);
  tally.looked = true;
  tally.index = count_;
  const Choice choice = expectation.written.subject.choice;
  tally.settled = (choice == Choice::kEach && !tally.holds) || (choice == Choice::kAny && tally.holds);
  if (tally.holds) return;
  // Only what is told takes the trouble of its JSON.
  const ActualValue told = expectation.place->Look(message, &messages_.json());
  tally.actual = ShownActual(told);
  const bool is_typed = told.typed.has_value();
  tally.json = !told.there ? "" : is_typed ? told.text : told.json;
}

std::optional<Failure> Judge::CheckLast(const CheckedExpectation& expectation) {
  const Result<const Message*> message = messages_.Parse(*step_.method->output_type(), last_);
  if (!message) return FailureOf(expectation.written, "", message.error().message);
  Tally tally;
  LookAt(expectation, tally, **message);
  if (tally.broken) return FailureOf(expectation.written, "", tally.broken->message);
  if (tally.holds) return std::nullopt;
  Failure failure = FailureOf(expectation.written, Shortened(tally.matcher->Text()), tally.actual);
  failure.replacement = ReplacementFor(expectation.written, tally.json);
  return failure;
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

void Judge::NoteOutcome(const CallOutcome& outcome) {
  transcript_.push_back("= " + StatusText(JudgedStatus(outcome)));
}

std::optional<Failure> Judge::JudgeStatus(const Expectation& expectation, const CallOutcome& outcome) const {
  const RpcStatus status = JudgedStatus(outcome);
  if (expectation.code && *expectation.code != status.code) {
    return FailureOf(expectation, std::string(StatusName(*expectation.code)), StatusText(status));
  }
  if (!expectation.within || outcome.total <= *expectation.within) return std::nullopt;
  return FailureOf(expectation, "within " + FormatDuration(*expectation.within),
                   RoundedDuration(outcome.total));
}

// Where no status is named.
std::optional<Failure> Judge::JudgeUnnamedStatus(const CallOutcome& outcome, bool cancelled) const {
  const Expectation expected{.place = step_.place, .line = step_.line, .code = cancelled ? kCancelled : kOk};
  const bool ended_before = cancelled && !outcome.error && JudgedStatus(outcome).ok();
  return ended_before ? std::nullopt : JudgeStatus(expected, outcome);
}

// Of a message that did not come: one past the end is absent as an element of a list is.
std::optional<Failure> Judge::JudgeUnmet(const CheckedExpectation& expectation) const {
  const Result<std::shared_ptr<const Matcher>> matcher = MatcherOf(expectation);
  if (!matcher) return FailureOf(expectation.written, "", matcher.error().message);
  const bool is_index = expectation.written.subject.choice == Choice::kIndex;
  if (is_index && (*matcher)->Holds(ActualValue{})) return std::nullopt;
  return FailureOf(expectation.written, Shortened((*matcher)->Text()),
                   count_ == 0 ? "no message came" : Plural(count_, "message") + " came");
}

std::optional<Failure> Judge::JudgeMessages(const CheckedExpectation& expectation, const Tally& tally) const {
  if (tally.broken) return FailureOf(expectation.written, "", tally.broken->message);
  if (!tally.looked) return JudgeUnmet(expectation);
  if (tally.holds) return std::nullopt;
  std::string actual = tally.actual;
  const Choice choice = expectation.written.subject.choice;
  if (choice == Choice::kEach) actual = fmt::format("msg[{}]: {}", tally.index, actual);
  if (choice == Choice::kAny)
    actual = fmt::format("none of {}; the last: {}", Plural(count_, "message"), actual);
  Failure failure = FailureOf(expectation.written, Shortened(tally.matcher->Text()), std::move(actual));
  if (choice != Choice::kEach && choice != Choice::kAny)
    failure.replacement = ReplacementFor(expectation.written, tally.json);
  return failure;
}

std::vector<ActualValue> Judge::DetailsOf(const CheckedExpectation& expectation, const CallOutcome& outcome,
                                          bool wants_json) {
  std::vector<ActualValue> found;
  google::rpc::Status status;
  const std::string& bytes = outcome.status.details;
  if (!status.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return found;
  for (const google::protobuf::Any& detail : status.details()) {
    const std::string& url = detail.type_url();
    if (std::string_view(url).substr(url.rfind('/') + 1) != expectation.detail_type->full_name()) continue;
    const Result<const Message*> message = messages_.Parse(*expectation.detail_type, detail.value());
    if (!message) continue;
    found.push_back(expectation.place->Look(**message, wants_json ? &messages_.json() : nullptr));
  }
  return found;
}

std::vector<ActualValue> Judge::ActualsOf(const CheckedExpectation& expectation, const CallOutcome& outcome,
                                          bool wants_json) {
  const Subject& subject = expectation.written.subject;
  switch (subject.kind) {
    case Kind::kCount:
      return {CountValue(count_)};
    case Kind::kLatency:
      return {LengthValue(outcome.total)};
    case Kind::kFirstTime:
      if (!outcome.first) return {};
      return {LengthValue(*outcome.first)};
    case Kind::kStatusMessage:
      return {TextValue(JudgedStatus(outcome).message)};
    case Kind::kHeader:
      return ValuesOf(outcome.headers, subject.name);
    case Kind::kTrailer:
      return ValuesOf(outcome.trailers, subject.name);
    default:
      return DetailsOf(expectation, outcome, wants_json);
  }
}

// Of several values, such as those of a header that came twice, one has to hold. What is said by "not", "!="
// or "absent" is to hold of all, so that each is the opposite of what it negates.
std::optional<Failure> Judge::JudgeOutcome(const CheckedExpectation& expectation,
                                           const CallOutcome& outcome) {
  const Result<std::shared_ptr<const Matcher>> matcher = MatcherOf(expectation);
  if (!matcher) return FailureOf(expectation.written, "", matcher.error().message);
  std::vector<ActualValue> actuals = ActualsOf(expectation, outcome, true);
  if (actuals.empty()) actuals.emplace_back();
  const Predicate& predicate = *expectation.written.predicate;
  const auto holds = [&](const ActualValue& actual) { return (*matcher)->Holds(actual); };
  const bool is_negative =
      predicate.relation == Relation::kUnequal || predicate.relation == Relation::kAbsent;
  const bool of_all = predicate.negated != is_negative;
  if (of_all ? std::ranges::all_of(actuals, holds) : std::ranges::any_of(actuals, holds)) return std::nullopt;
  std::string shown;
  for (const ActualValue& actual : actuals) shown += (shown.empty() ? "" : ", ") + ShownActual(actual);
  Failure failure = FailureOf(expectation.written, Shortened((*matcher)->Text()), Shortened(shown));
  const ActualValue& only = actuals.front();
  if (actuals.size() == 1 && only.there && !IsTime(expectation.written.subject.kind))
    failure.replacement = ReplacementFor(expectation.written, only.typed ? only.text : only.json);
  return failure;
}

void Judge::BreakOff(const CallOutcome& outcome, bool ended) {
  if (ended) return NoteOutcome(outcome);
  transcript_.emplace_back("= (still open)");
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
  NoteOutcome(outcome);
  std::vector<Failure> failures = JudgeStatuses(outcome, cancelled);
  const bool ended_otherwise = std::ranges::any_of(
      failures, [](const Failure& failure) { return !failure.expected.starts_with("within"); });
  for (size_t i = 0; i < step_.expectations.size(); ++i) {
    const CheckedExpectation& expectation = step_.expectations[i];
    const Kind kind = expectation.written.subject.kind;
    // Where the call failed, that no message came is no news.
    if (kind == Kind::kStatus || (kind == Kind::kMessage && ended_otherwise && !tallies_[i].looked)) continue;
    std::optional<Failure> failure =
        kind == Kind::kMessage ? JudgeMessages(expectation, tallies_[i]) : JudgeOutcome(expectation, outcome);
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
