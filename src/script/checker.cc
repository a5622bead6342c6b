#include "script/checker.h"

#include <fmt/format.h>

#include <optional>
#include <set>
#include <string>
#include <utility>

#include "script/case_secrets.h"
#include "script/request_check.h"
#include "script/step_parser.h"

namespace rpcctl {
namespace {

class Checker final {
 public:
  Checker(const StepTools& tools, const ScriptOutline& outline, ScriptErrors& errors)
      : tools_(tools), outline_(outline), errors_(errors) {}

  void CheckSettings();
  void CheckStep(Step step);

 private:
  void CheckInsertionsOf(const Step& step);
  void CheckInsertionsOf(const Expectation& expectation);
  void CheckInsertions(const Word& word);
  void CheckSet(const Insertion& insertion);
  void CheckOptions(const CheckedStep& step);
  void CheckSends(const CheckedStep& step);
  void CheckSendOptions(const CheckedAct& act);
  RequestCheck RequestTools() const;

  const StepTools& tools_;
  const ScriptOutline& outline_;
  ScriptErrors& errors_;
  std::set<std::string> captured_;  // by the steps so far
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

void Checker::CheckInsertionsOf(const Expectation& expectation) {
  if (!expectation.predicate) return;
  for (const Word& operand : expectation.predicate->operands) CheckInsertions(operand);
}

// In the order in which what they are about happens: what an act captures is there for the next.
void Checker::CheckInsertionsOf(const Step& step) {
  for (const Word& word : step.words) CheckInsertions(word);
  for (const LiveAct& act : step.acts) {
    if (act.kind == LiveAct::Kind::kCapture) captured_.insert(step.captures[act.capture].name);
    for (const Word& word : act.words) CheckInsertions(word);
    if (act.expectation) CheckInsertionsOf(*act.expectation);
  }
  for (const Expectation& expectation : step.expectations) CheckInsertionsOf(expectation);
  for (const Capture& capture : step.captures) captured_.insert(capture.name);
}

void Checker::CheckSettings() {
  for (const HeaderSetting& header : outline_.settings.headers) CheckInsertions(header.value);
  for (const SecretSetting& secret : outline_.settings.secrets) {
    if (tools_.variables.Find(secret.name) == nullptr && !outline_.captures.contains(secret.name))
      errors_.Add(secret.place, fmt::format("nothing sets {}", secret.name),
                  "set it by 'set', by 'let', or by --var");
  }
}

RequestCheck Checker::RequestTools() const {
  return {tools_.caller, tools_.known, outline_.captures, tools_.variables};
}

void Checker::CheckStep(Step step) {
  CheckInsertionsOf(step);
  const CheckedStep resolved = ResolveStep(std::move(step), tools_, errors_);
  if (tools_.mask != nullptr) HideSecretsOf(KnownHeaders(resolved.request, tools_.variables), *tools_.mask);
  CheckOptions(resolved);
  if (resolved.method != nullptr) {
    const auto use = resolved.live ? RequestUse::kOpen : RequestUse::kCall;
    CheckRequest(resolved.request, *resolved.method, use, RequestTools(), errors_);
  }
  CheckSends(resolved);
}

void Checker::CheckSends(const CheckedStep& step) {
  bool closed = false;
  for (const CheckedAct& act : step.acts) {
    const LiveAct::Kind kind = act.written.kind;
    const bool sends = kind == LiveAct::Kind::kSend;
    if (sends && closed) errors_.Add(act.written.place, "'send' stands behind the 'close' of its stream");
    closed = closed || kind == LiveAct::Kind::kClose || kind == LiveAct::Kind::kCancel;
    if (!sends || act.request.written.empty()) continue;
    CheckRequest(act.request, *step.method, RequestUse::kSend, RequestTools(), errors_);
    CheckSendOptions(act);
  }
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

}  // namespace

void CheckScript(std::string_view text, const ScriptOutline& outline, const StepTools& tools,
                 ScriptErrors& errors) {
  Checker checker(tools, outline, errors);
  checker.CheckSettings();
  SectionReader sections(text);
  while (const std::optional<ScriptSection> section = sections.Next()) {
    if (section->kind != ScriptSection::Kind::kStep) continue;
    ScriptErrors told;  // with the outline
    if (std::optional<Step> step = ParseStep(*section, told)) checker.CheckStep(std::move(*step));
  }
  errors.Sort();
}

}  // namespace rpcctl
