#include "cmd/rpcctl/call_recording.h"

#include <fmt/format.h>
#include <google/protobuf/any.pb.h>
#include <google/protobuf/descriptor.h>
#include <google/rpc/status.pb.h>

#include <algorithm>

#include "base/safe_text.h"
#include "base/shell_word.h"
#include "base/text.h"
#include "cmd/rpcctl/expectation_trial.h"
#include "cmd/rpcctl/record_file.h"
#include "cmd/rpcctl/scripted_call.h"
#include "script/judged_status.h"
#include "script/message_table.h"
#include "script/recorded_expectations.h"
#include "script/secret_mask.h"
#include "script/variables.h"

namespace rpcctl {
namespace {

using google::protobuf::MethodDescriptor;

using Lines = std::vector<std::string>;

constexpr size_t kMostRequests = 1000;
constexpr size_t kMostRequestBytes = 1 << 20;
constexpr size_t kMostExpectations = 20;
constexpr size_t kMostMessageBytes = 500;

// That the script is for the server that is called: of all its cases it is the same.
Result<void> CheckTarget(const RecordFile& file, const CallPlan& plan) {
  const std::optional<Word>& written = file.settings().target;
  if (!written || !written->IsPlain()) return {};
  const Result<Target> target = ParseTarget(written->Text());
  const std::string called = plan.connection.target.Name();
  if (!target || target->Name() == called) return {};
  return Error{ErrorKind::kUsage,
               fmt::format("--record: the script is for {}, and the call for {}", target->Name(), called),
               "record it in a script of its own"};
}

// Whose message is the server's own.
bool HasOwnMessage(const RpcStatus& status) {
  return status.code != kCancelled && status.code != kDeadlineExceeded && status.code != kUnavailable &&
         !status.message.empty() && status.message.size() <= kMostMessageBytes &&
         SafeText(status.message) == status.message;
}

void AddDetails(const RpcStatus& status, Lines& lines) {
  google::rpc::Status parsed;
  if (!parsed.ParseFromString(status.details)) return;
  for (const google::protobuf::Any& detail : parsed.details()) {
    const std::string type = detail.type_url().substr(detail.type_url().rfind('/') + 1);
    std::string line = "expect detail " + ShellWord(type) + " exists";
    const bool is_new = std::ranges::find(lines, line) == lines.end();
    if (is_new && SafeText(type) == type && lines.size() < kMostExpectations)
      lines.push_back(std::move(line));
  }
}

Lines StatusExpectations(const RpcStatus& status) {
  Lines lines = {"expect " + std::string(StatusName(status.code))};
  if (status.ok()) return lines;
  if (HasOwnMessage(status)) lines.push_back("expect status.message == " + ShellWord(status.message));
  AddDetails(status, lines);
  return lines;
}

// What is said of the fields of the one response. One that does not parse has none.
void AddFields(std::string_view response, const google::protobuf::Descriptor& type, const KnownTypes& known,
               Lines& lines) {
  MessageTable messages(Completed(known, type));
  const Result<const google::protobuf::Message*> message = messages.Parse(type, response);
  if (!message) return;
  for (std::string& line : ExpectationsOf(**message, messages.json(), kMostExpectations))
    lines.push_back(std::move(line));
}

// Of what is said besides the status, those that show a secret of the call are left out: servers echo.
void DropSecrets(const Metadata& sent, Lines& lines) {
  SecretMask mask;
  for (const MetadataEntry& entry : sent) {
    if (IsSecret(entry)) mask.Add(entry.value);
  }
  const auto shows_secret = [&](const std::string& line) {
    std::string hidden = mask.Hidden(line);
    HideSecrets(sent, hidden);
    return hidden != line;
  };
  lines.erase(std::remove_if(lines.begin() + 1, lines.end(), shows_secret), lines.end());
}

// What is told of the headers that a script sends beside those of a call.
Lines LinesOf(const HeadersBeside& headers) {
  Lines lines;
  if (!headers.unsent.empty()) {
    lines.push_back(SafeText(fmt::format("the script sends {} with this call too, which was recorded without",
                                         JoinForSentence(headers.unsent, "and"))));
  }
  if (!headers.other.empty()) {
    lines.push_back(SafeText(
        fmt::format("the script sends {} too, with another value", JoinForSentence(headers.other, "and"))));
  }
  return lines;
}

}  // namespace

Result<std::unique_ptr<CallRecorder>> CallRecording::Begin(const std::string& path, const CallPlan& plan,
                                                           const Flags& flags, const Surroundings& around) {
  Result<RecordFile> file = RecordFile::Open(path, around.environment);
  if (!file) return file.error();
  if (Result<void> checked = CheckTarget(*file, plan); !checked) return checked.error();
  return std::unique_ptr<CallRecorder>(std::make_unique<CallRecording>(path, plan, flags, around));
}

void CallRecording::NoteRequest(std::string_view message) {
  request_bytes_ += message.size();
  too_long_ = too_long_ || requests_.size() == kMostRequests || request_bytes_ > kMostRequestBytes;
  if (too_long_) {
    requests_.clear();
  } else {
    requests_.emplace_back(message);
  }
}

void CallRecording::NoteResponse(std::string_view message) {
  if (!response_) response_ = message;
}

Result<void> CallRecording::Finish(const CallOutcome& outcome, Client& client,
                                   const MethodDescriptor& method) {
  if (too_long_) {
    return Error{ErrorKind::kOutput,
                 "--record: the request stream is too long for a script, nothing was added",
                 fmt::format("up to {} messages are recorded", kMostRequests)};
  }
  const KnownTypes known = TypesOf(*client.schema);
  const Result<ScriptedCall> call = MakeScriptedCall(plan_, flags_, method, requests_, known);
  if (!call) return call.error();
  Lines lines = StatusExpectations(JudgedStatus(outcome));
  if (method.server_streaming()) {
    // How many came until a call failed is chance.
    if (outcome.ok()) lines.push_back(fmt::format("expect count == {}", outcome.received));
  } else if (response_) {
    AddFields(*response_, *method.output_type(), known, lines);
  }
  DropSecrets(plan_.connection.metadata, lines);
  const TriedCall tried{plan_, flags_.connection, client, around_, *call, outcome, response_};
  Result<Lines> held = ExpectationsThatHold(tried, lines);
  if (!held) return held.error();
  // A status that gRPC does not know has no name that could be expected.
  if (held->empty() || held->front() != lines.front()) held->insert(held->begin(), "expect *");
  return Add(*call, method.name(), *held);
}

Result<void> CallRecording::Add(const ScriptedCall& call, const std::string& method, const Lines& lines) {
  const Result<RecordFile> file = RecordFile::Claim(file_, around_.environment);
  if (!file) return file.error();
  if (Result<void> checked = CheckTarget(*file, plan_); !checked) return checked;
  const std::string notes = NotesText(call);
  const std::string name = file->FreeName(method);
  if (file->is_new())
    return file->Append(notes + SettingsText(call) + "\n" + CaseText(call, name, {}, lines));
  // What the script sets for all of its cases is not said again, and what it sends beside is no part of this
  // call: nothing can be known of that.
  std::string beside;
  for (const std::string& line :
       LinesOf(file->HeadersBesideOf(call.headers, plan_.connection.metadata, around_.environment))) {
    Tell(around_.err, "rpcctl: warning: --record: " + line + "\n");
    beside += "# " + line + "\n";
  }
  Lines headers = call.headers;
  std::erase_if(headers, [&](const std::string& word) { return file->SetsHeader(word); });
  return file->Append("\n" + notes + beside + CaseText(call, name, headers, lines));
}

}  // namespace rpcctl
