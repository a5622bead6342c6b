#include "script/checker.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <utility>

#include "base/safe_text.h"
#include "base/text.h"
#include "script/expectation_check.h"
#include "script/request_check.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::MethodDescriptor;

class Checker final {
 public:
  Checker(CheckTools tools, ScriptErrors& errors) : tools_(std::move(tools)), errors_(errors) {}

  CheckedScript Check(Script script) {
    GatherCaptures(script);
    CheckSettings(script);
    CheckedScript checked;
    checked.headers = std::move(script.headers);
    checked.timeout = script.timeout;
    checked.total_timeout = script.total_timeout;
    checked.cases.reserve(script.cases.size());
    for (Case& made : script.cases) checked.cases.push_back(CheckCase(std::move(made)));
    errors_.Sort();
    return checked;
  }

 private:
  void GatherCaptures(const Script& script);
  void CheckSettings(const Script& script);
  RequestCheck RequestTools() const;
  CheckedCase CheckCase(Case made);
  CheckedStep CheckStep(Step step);
  void CheckOptions(const CheckedStep& step);
  void CheckSendOptions(const CheckedAct& act);
  void CheckActs(Step& step, CheckedStep& checked);
  const MethodDescriptor* FindMethod(const CheckedWords& request);
  CheckedExpectation CheckExpectation(Expectation expectation, const CheckedStep& step);
  CheckedCapture CheckCapture(Capture capture, const CheckedStep& step);
  void CheckInsertions(const Word& word);
  void CheckSet(const Insertion& insertion);

  CheckTools tools_;
  ScriptErrors& errors_;
  std::set<std::string> captured_;      // by the steps so far
  std::set<std::string> server_named_;  // by any step of the file
};

void Checker::CheckSet(const Insertion& insertion) {
  if (insertion.kind == Insertion::Kind::kVariable) {
    const bool is_set =
        tools_.variables.Find(insertion.name) != nullptr || captured_.contains(insertion.name);
    if (is_set) return;
    errors_.Add(insertion.place, fmt::format("nothing sets {{{{{}}}}}", insertion.name),
                "set it by 'set', by 'let' in a step before, or by --var");
  }
  if (insertion.kind != Insertion::Kind::kEnvironment) return;
  if (const Result<VariableValue> value = tools_.variables.ValueOf(insertion); !value)
    errors_.Add(insertion.place, value.error().message);
}

void Checker::CheckInsertions(const Word& word) {
  for (const WordPiece& piece : word.pieces) {
    if (piece.insertion) CheckSet(*piece.insertion);
  }
}

void Checker::GatherCaptures(const Script& script) {
  for (const Case& made : script.cases) {
    for (const Step& step : made.steps) {
      for (const Capture& capture : step.captures) server_named_.insert(capture.name);
    }
  }
}

RequestCheck Checker::RequestTools() const {
  return {tools_.caller, tools_.known, server_named_, tools_.variables};
}

void Checker::CheckSettings(const Script& script) {
  for (const HeaderSetting& header : script.headers) CheckInsertions(header.value);
  for (const SecretSetting& secret : script.secrets) {
    if (tools_.variables.Find(secret.name) == nullptr && !server_named_.contains(secret.name))
      errors_.Add(secret.place, fmt::format("nothing sets {}", secret.name),
                  "set it by 'set', by 'let', or by --var");
  }
}

CheckedCase Checker::CheckCase(Case made) {
  CheckedCase checked{
      .name = std::move(made.name), .tags = std::move(made.tags), .place = made.place, .retry = made.retry};
  checked.steps.reserve(made.steps.size());
  for (Step& step : made.steps) checked.steps.push_back(CheckStep(std::move(step)));
  return checked;
}

CheckedStep Checker::CheckStep(Step step) {
  CheckedStep checked{.live = step.live, .place = step.place, .line = std::move(step.line)};
  for (const Word& word : step.words) CheckInsertions(word);
  if (std::optional<CheckedWords> words = ReadRequest(step.words, tools_.caller, errors_)) {
    checked.request = std::move(*words);
    checked.method = FindMethod(checked.request);
    CheckOptions(checked);
  }
  if (checked.method != nullptr) {
    const auto use = step.live ? RequestUse::kOpen : RequestUse::kCall;
    CheckRequest(checked.request, *checked.method, use, RequestTools(), errors_);
  }
  checked.request.marked = {};  // was for the places of mistakes
  CheckActs(step, checked);
  for (Expectation& expectation : step.expectations)
    checked.expectations.push_back(CheckExpectation(std::move(expectation), checked));
  for (Capture& capture : step.captures) {
    captured_.insert(capture.name);
    checked.captures.push_back(CheckCapture(std::move(capture), checked));
  }
  return checked;
}

// What a stream that is open cannot keep to is not taken.
void Checker::CheckOptions(const CheckedStep& step) {
  if (!step.live || step.request.words.options.limit == 0) return;
  errors_.Add(step.place, "'open' has no --limit", "each message is awaited by a line 'recv'");
}

void Checker::CheckSendOptions(const CheckedAct& act) {
  const CallWords& words = act.request.words;
  if (words.headers.empty() && !words.timeout && words.options.limit == 0) return;
  errors_.Add(act.written.place, "'send' has none of the options -H, --timeout and --limit",
              "those of the call stand behind 'open'");
}

// Where the method is named: options may stand before it.
TextPosition PlaceOfMethod(const CheckedWords& request) {
  const auto found = std::ranges::find(request.marked, request.words.method);
  if (found == request.marked.end()) return request.written.front().place;
  return request.written[static_cast<size_t>(found - request.marked.begin())].place;
}

const MethodDescriptor* Checker::FindMethod(const CheckedWords& request) {
  const TextPosition place = PlaceOfMethod(request);
  if (MarkedWords::HasMarks(request.words.method)) {
    errors_.Add(place, "the method of a step is written out: nothing can be filled in there");
    return nullptr;
  }
  const Result<const MethodDescriptor*> found = tools_.schema.FindMethod(request.words.method);
  if (found) return *found;
  Error error = found.error();
  // A name that no source has is a mistake in the script; that no source answers is not.
  if (error.kind == ErrorKind::kSchema && tools_.schema.ServiceNames()) error.kind = ErrorKind::kUsage;
  errors_.Add(place, std::move(error));
  return nullptr;
}

void Checker::CheckActs(Step& step, CheckedStep& checked) {
  bool closed = false;
  for (LiveAct& act : step.acts) {
    CheckedAct made;
    const bool sends = act.kind == LiveAct::Kind::kSend;
    if (sends && closed) errors_.Add(act.place, "'send' stands behind the 'close' of its stream");
    closed = closed || act.kind == LiveAct::Kind::kClose || act.kind == LiveAct::Kind::kCancel;
    if (act.kind == LiveAct::Kind::kCapture) captured_.insert(step.captures[act.capture].name);
    for (const Word& word : act.words) CheckInsertions(word);
    if (sends && checked.method != nullptr) {
      Word method{.place = act.place};
      method.Append(checked.request.words.method);
      std::vector<Word> words = act.words;
      words.insert(words.begin(), std::move(method));
      if (std::optional<CheckedWords> request = ReadRequest(words, tools_.caller, errors_)) {
        made.request = std::move(*request);
        CheckRequest(made.request, *checked.method, RequestUse::kSend, RequestTools(), errors_);
      }
    }
    if (act.expectation) made.expectation = CheckExpectation(*act.expectation, checked);
    made.written = std::move(act);
    if (sends) CheckSendOptions(made);
    checked.acts.push_back(std::move(made));
  }
}

CheckedExpectation Checker::CheckExpectation(Expectation expectation, const CheckedStep& step) {
  if (expectation.predicate) {
    for (const Word& operand : expectation.predicate->operands) CheckInsertions(operand);
  }
  const bool is_received = expectation.line.starts_with("recv");
  return rpcctl::CheckExpectation(std::move(expectation), step.method, is_received,
                                  {tools_.schema, tools_.known, tools_.variables}, errors_);
}

CheckedCapture Checker::CheckCapture(Capture capture, const CheckedStep& step) {
  return rpcctl::CheckCapture(std::move(capture), step.method,
                              {tools_.schema, tools_.known, tools_.variables}, errors_);
}

}  // namespace

CheckedScript CheckScript(Script script, CheckTools tools, ScriptErrors& errors) {
  return Checker(std::move(tools), errors).Check(std::move(script));
}

}  // namespace rpcctl
