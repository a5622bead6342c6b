#include "script/expectation_check.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <utility>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::MethodDescriptor;

using Kind = Subject::Kind;

constexpr size_t kMostShownBytes = 100;  // of a word that a mistake is about

// What is in an Any: "google.rpc.BadRequest", its name without the package where it is one of those, or any
// other that is short and unique.
const Descriptor* FindContent(const std::string& name, ExpectationCheck check) {
  for (const std::string& full : {name, "google.rpc." + name}) {
    if (const Descriptor* type = check.known.find_type(full)) return type;
  }
  const Result<Symbol> symbol = check.schema.FindSymbol(name);
  return symbol ? symbol->message : nullptr;
}

// The place of `subject` in messages of `type`; what is wrong with it is told.
std::optional<MessagePlace> PlaceIn(const Descriptor& type, const Subject& subject, ExpectationCheck check,
                                    ScriptErrors& errors) {
  Result<MessagePlace> place =
      MessagePlace::Parse(subject.path, type, Completed(check.known, type),
                          [&](std::string_view name) { return FindContent(std::string(name), check); });
  if (place) return std::move(*place);
  errors.Add(subject.path_place, place.error());
  return std::nullopt;
}

// Whether it is clear which message of a call is meant.
bool ChoosesMessage(const Subject& subject, const MethodDescriptor& method, ScriptErrors& errors) {
  if (subject.choice != Subject::Choice::kOnly || !method.server_streaming()) return true;
  errors.Add(
      subject.path_place,
      fmt::format("{} answers with a stream, and which message is meant is not said", method.full_name()),
      fmt::format("write msg[0]{0}, or each, any, first or last before {0}",
                  SafeExcerpt(subject.path, kMostShownBytes)));
  return false;
}

ValueShape ShapeOfSubject(Kind kind) {
  if (kind == Kind::kCount) return {.kind = ValueShape::Kind::kCount};
  const bool is_time = kind == Kind::kFirstTime || kind == Kind::kLatency;
  return {.kind = is_time ? ValueShape::Kind::kLength : ValueShape::Kind::kText};
}

// Sets place and shape of what is looked at; false when that is wrong, or not known.
bool Resolve(CheckedExpectation& checked, const MethodDescriptor* method, bool is_received,
             ExpectationCheck check, ScriptErrors& errors) {
  const Subject& subject = checked.written.subject;
  const Descriptor* type = nullptr;
  if (subject.kind == Kind::kMessage) {
    if (method == nullptr) return false;
    if (!is_received && !ChoosesMessage(subject, *method, errors)) return false;
    type = method->output_type();
  } else if (subject.kind == Kind::kDetail) {
    type = checked.detail_type = FindContent(subject.name, check);
    if (type == nullptr) {
      errors.Add(subject.place,
                 fmt::format("'{}' is no known type of a detail", SafeExcerpt(subject.name, kMostShownBytes)),
                 "write the name of a message, such as google.rpc.BadRequest or BadRequest");
      return false;
    }
  } else {
    checked.shape = ShapeOfSubject(subject.kind);
    return true;
  }
  Subject placed = subject;
  if (placed.path.empty()) placed.path.push_back('.');  // the detail as a whole
  checked.place = PlaceIn(*type, placed, check, errors);
  if (!checked.place) return false;
  checked.shape = checked.place->shape();
  return true;
}

// Whether the matcher is another one each time.
bool Changes(const CheckedExpectation& checked) {
  const std::vector<Word>& operands = checked.written.predicate->operands;
  const bool filled_in = std::ranges::any_of(operands, [](const Word& word) { return !word.IsPlain(); });
  // "now-5m" is another time when it is compared.
  return filled_in || checked.shape.kind == ValueShape::Kind::kTime;
}

// The first operand that is no value by itself; the predicate where all are.
TextPosition PlaceOfFault(const CheckedExpectation& checked, const KnownTypes& known,
                          const Variables& variables) {
  Predicate alone = *checked.written.predicate;
  const std::vector<Word> operands = std::exchange(alone.operands, {});
  CheckedExpectation one{.written = {.predicate = std::move(alone)}, .shape = checked.shape};
  for (const Word& operand : operands) {
    one.written.predicate->operands.assign(1, operand);
    if (!MakeMatcher(one, known, variables)) return operand.place;
  }
  return checked.written.predicate->place;
}

}  // namespace

Result<Matcher> MakeMatcher(const CheckedExpectation& expectation, const KnownTypes& known,
                            const Variables& variables) {
  std::vector<Operand> operands;
  for (const Word& word : expectation.written.predicate->operands) {
    Result<Operand> operand = variables.FillOperand(word);
    if (!operand) return operand.error();
    operands.push_back(std::move(*operand));
  }
  return Matcher::Make(*expectation.written.predicate, expectation.shape, operands,
                       {known, variables.clock()});
}

CheckedExpectation CheckExpectation(Expectation expectation, const MethodDescriptor* method, bool is_received,
                                    ExpectationCheck check, ScriptErrors& errors) {
  CheckedExpectation checked{.written = std::move(expectation)};
  if (!checked.written.predicate) return checked;
  if (!Resolve(checked, method, is_received, check, errors)) return checked;
  const Predicate& predicate = *checked.written.predicate;
  if (Result<void> meant = CheckRelation(predicate, checked.shape); !meant) {
    errors.Add(predicate.place, meant.error());
    return checked;
  }
  const bool is_plain =
      std::ranges::all_of(predicate.operands, [](const Word& word) { return word.IsPlain(); });
  if (!is_plain) return checked;
  Result<Matcher> matcher = MakeMatcher(checked, check.known, check.variables);
  if (!matcher) {
    errors.Add(PlaceOfFault(checked, check.known, check.variables),
               Error{ErrorKind::kUsage, matcher.error().message, matcher.error().hint});
  } else if (!Changes(checked)) {
    checked.matcher = std::make_shared<const Matcher>(std::move(*matcher));
  }
  return checked;
}

CheckedCapture CheckCapture(Capture capture, const MethodDescriptor* method, ExpectationCheck check,
                            ScriptErrors& errors) {
  CheckedCapture checked{.written = std::move(capture)};
  const Subject& subject = checked.written.subject;
  if (subject.kind != Kind::kMessage || method == nullptr) return checked;
  if (!ChoosesMessage(subject, *method, errors)) return checked;
  checked.place = PlaceIn(*method->output_type(), subject, check, errors);
  return checked;
}

}  // namespace rpcctl
