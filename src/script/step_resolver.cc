#include "script/step_resolver.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <utility>

#include "script/expectation_check.h"
#include "script/request_check.h"

namespace rpcctl {
namespace {

using google::protobuf::MethodDescriptor;

// Where the method is named: options may stand before it.
TextPosition PlaceOfMethod(const CheckedWords& request) {
  const auto found = std::ranges::find(request.marked, request.words.method);
  if (found == request.marked.end()) return request.written.front().place;
  return request.written[static_cast<size_t>(found - request.marked.begin())].place;
}

const MethodDescriptor* FindMethod(const CheckedWords& request, Schema& schema, ScriptErrors& errors) {
  const TextPosition place = PlaceOfMethod(request);
  if (MarkedWords::HasMarks(request.words.method)) {
    errors.Add(place, "the method of a step is written out: nothing can be filled in there");
    return nullptr;
  }
  const Result<const MethodDescriptor*> found = schema.FindMethod(request.words.method);
  if (found) return *found;
  Error error = found.error();
  // A name that no source has is a mistake in the script; that no source answers is not.
  if (error.kind == ErrorKind::kSchema && schema.ServiceNames()) error.kind = ErrorKind::kUsage;
  errors.Add(place, std::move(error));
  return nullptr;
}

class Resolver final {
 public:
  Resolver(const StepTools& tools, ScriptErrors& errors) : tools_(tools), errors_(errors) {}

  CheckedStep Resolve(Step step);

 private:
  CheckedAct ResolveAct(LiveAct act);
  CheckedWords ReadSend(const LiveAct& act);
  ExpectationCheck ExpectationTools() const { return {tools_.schema, tools_.known, tools_.variables}; }

  const StepTools& tools_;
  ScriptErrors& errors_;
  CheckedStep resolved_;
};

CheckedStep Resolver::Resolve(Step step) {
  resolved_ = {.live = step.live, .place = step.place, .line = std::move(step.line)};
  if (std::optional<CheckedWords> words = ReadRequest(step.words, tools_.caller, errors_)) {
    resolved_.request = std::move(*words);
    resolved_.method = FindMethod(resolved_.request, tools_.schema, errors_);
  }
  for (LiveAct& act : step.acts) resolved_.acts.push_back(ResolveAct(std::move(act)));
  for (Expectation& expectation : step.expectations) {
    resolved_.expectations.push_back(
        CheckExpectation(std::move(expectation), resolved_.method, false, ExpectationTools(), errors_));
  }
  for (Capture& capture : step.captures) {
    resolved_.captures.push_back(
        CheckCapture(std::move(capture), resolved_.method, ExpectationTools(), errors_));
  }
  return std::move(resolved_);
}

CheckedAct Resolver::ResolveAct(LiveAct act) {
  CheckedAct resolved;
  if (act.kind == LiveAct::Kind::kSend && resolved_.method != nullptr) resolved.request = ReadSend(act);
  if (act.expectation) {
    resolved.expectation =
        CheckExpectation(*act.expectation, resolved_.method, true, ExpectationTools(), errors_);
  }
  resolved.written = std::move(act);
  return resolved;
}

// The words of a "send" are those of a call of its stream's method.
CheckedWords Resolver::ReadSend(const LiveAct& act) {
  Word method{.place = act.place};
  method.Append(resolved_.request.words.method);
  std::vector<Word> words = act.words;
  words.insert(words.begin(), std::move(method));
  return ReadRequest(words, tools_.caller, errors_).value_or(CheckedWords{});
}

}  // namespace

CheckedStep ResolveStep(Step step, const StepTools& tools, ScriptErrors& errors) {
  return Resolver(tools, errors).Resolve(std::move(step));
}

}  // namespace rpcctl
