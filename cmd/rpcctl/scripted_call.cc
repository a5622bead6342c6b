#include "cmd/rpcctl/scripted_call.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include "base/safe_text.h"
#include "base/shell_word.h"
#include "cmd/rpcctl/call_translation.h"
#include "cmd/rpcctl/script_header.h"
#include "transport/metadata.h"

namespace rpcctl {
namespace {

using Words = std::vector<std::string>;

// An option that a script has no words for, its secrets left out.
Words OptionsOfTheRun(const ConnectionPlan& plan, const ConnectionFlags& typed) {
  ConnectionFlags flags = typed;
  // What the script says by itself.
  flags.headers.clear();
  flags.call_headers.clear();
  flags.timeout.reset();
  for (std::string& header : flags.reflection_headers) {
    const Result<MetadataEntry> entry = ParseMetadata(header);
    const bool is_secret = !entry || IsSecret(*entry);
    if (is_secret) header = header.substr(0, header.find(':', 1)) + ": ...";
  }
  flags.expand_environment =
      typed.expand_environment && !(typed.reflection_headers.empty() && typed.header_files.empty());
  ConnectionPlan here = plan;
  here.target = *ParseTarget(kDefaultTarget);
  return ConnectionWords(here, flags);
}

class CallScripter final {
 public:
  CallScripter(const CallPlan& plan, const Flags& flags) : plan_(plan), flags_(flags) {}

  Result<void> AddHeaders();
  void AddOptions();
  void AddNotes();
  ScriptedCall call;

 private:
  Result<std::string> HeaderWord(const std::string& typed);

  const CallPlan& plan_;
  const Flags& flags_;
};

Result<std::string> CallScripter::HeaderWord(const std::string& typed) {
  const bool expands = flags_.connection.expand_environment;
  Result<ScriptHeader> header =
      MakeScriptHeader(typed, expands ? EnvironmentNames::kExpanded : EnvironmentNames::kVerbatim);
  if (!header) return header.error();
  call.variables.insert(call.variables.end(), header->variables.begin(), header->variables.end());
  if (header->hides) {
    call.notes.push_back(fmt::format("{} holds a secret, which is read from the environment variable {}",
                                     SafeText(typed.substr(0, typed.find(':', 1))),
                                     header->variables.front()));
  }
  return std::move(header->word);
}

Result<void> CallScripter::AddHeaders() {
  for (const std::string& typed : flags_.connection.headers) {
    Result<std::string> word = HeaderWord(typed);
    if (!word) return word.error();
    call.headers.push_back(std::move(*word));
  }
  for (const std::string& typed : flags_.connection.call_headers) {
    Result<std::string> word = HeaderWord(typed);
    if (!word) return word.error();
    call.step += " -H " + *word;
  }
  return {};
}

void CallScripter::AddOptions() {
  if (flags_.connection.timeout) call.step += " --timeout " + ShellWord(*flags_.connection.timeout);
  if (flags_.call.compression) call.step += " --compress " + ShellWord(*flags_.call.compression);
  if (flags_.call.max_message_size)
    call.step += " --max-message-size " + ShellWord(*flags_.call.max_message_size);
  if (flags_.call.limit) call.step += " --limit " + ShellWord(*flags_.call.limit);
}

void CallScripter::AddNotes() {
  const Words options = OptionsOfTheRun(plan_.connection, flags_.connection);
  if (options.empty()) return;
  std::string line = CommandLine(options);
  line.pop_back();
  call.notes.push_back("to be run with: rpcctl test " + SafeText(line));
}

}  // namespace

Result<ScriptedCall> MakeScriptedCall(const CallPlan& plan, const Flags& flags,
                                      const google::protobuf::MethodDescriptor& method,
                                      std::span<const std::string> messages, const KnownTypes& known) {
  const Result<Words> items = ItemsOf(messages, method, known);
  if (!items) return items.error();
  CallScripter scripter(plan, flags);
  scripter.call.target = ShellWord(plan.connection.target.Name());
  scripter.call.step = "call " + method.full_name();
  for (const std::string& item : *items) scripter.call.step += " " + ShellWord(item);
  if (Result<void> added = scripter.AddHeaders(); !added) return added.error();
  scripter.AddOptions();
  scripter.AddNotes();
  scripter.call.step = SafeText(scripter.call.step);
  return std::move(scripter.call);
}

std::string NotesText(const ScriptedCall& call) {
  std::string text;
  for (const std::string& note : call.notes) text += "# " + note + "\n";
  return SafeLines(text);
}

std::string SettingsText(const ScriptedCall& call) {
  std::string text = "set target " + call.target + "\n";
  for (const std::string& header : call.headers) text += "set header " + header + "\n";
  return SafeLines(text);
}

std::string CaseText(const ScriptedCall& call, const std::string& case_name,
                     std::span<const std::string> headers_of_step,
                     std::span<const std::string> expectations) {
  std::string text = "case " + case_name + "\n  " + call.step;
  for (const std::string& header : headers_of_step) text += " -H " + header;
  text += "\n";
  for (const std::string& line : expectations) text += "  " + line + "\n";
  return SafeLines(text);
}

std::string ScriptOf(const ScriptedCall& call, const std::string& case_name) {
  const std::string expectation = "expect OK";
  return NotesText(call) + SettingsText(call) + "\n" + CaseText(call, case_name, {}, {&expectation, 1});
}

}  // namespace rpcctl
