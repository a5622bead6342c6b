#include "cmd/rpcctl/call_recording.h"

#include <fcntl.h>
#include <google/protobuf/descriptor.h>
#include <unistd.h>

#include <cerrno>

#include "base/files.h"
#include "base/output.h"
#include "base/safe_text.h"
#include "base/shell_word.h"
#include "cmd/rpcctl/call_translation.h"
#include "script/judge.h"
#include "script/recording.h"

namespace rpcctl {

CallRecording::CallRecording(RequestSource& requests, const CallPlan& plan, const Flags& flags,
                             const google::protobuf::MethodDescriptor& method, KnownTypes known)
    : requests_(requests), plan_(plan), flags_(flags), method_(method), known_(std::move(known)) {}

Result<RequestStep> CallRecording::Next(std::string& message) {
  Result<RequestStep> step = requests_.Next(message);
  if (flags_.call.record && step && *step == RequestStep::kMessage) sent_.push_back(message);
  return step;
}

void CallRecording::Note(std::string_view response) {
  if (flags_.call.record && received_++ == 0) first_ = response;
}

std::string CallRecording::Expectations(const CallOutcome& outcome) const {
  const RpcStatus status = JudgedStatus(outcome);
  std::string lines = "  expect " + std::string(StatusName(status.code)) + "\n";
  if (!status.message.empty() && SafeText(status.message) == status.message)
    lines += "  expect status.message == " + ShellWord(status.message) + "\n";
  const bool streams = method_.server_streaming();
  if (streams) lines += "  expect count == " + std::to_string(received_) + "\n";
  if (received_ > 0) lines += ExpectationsOf(*method_.output_type(), first_, streams ? "first " : "", known_);
  return lines;
}

Result<void> CallRecording::Append(const CallOutcome& outcome) const {
  const Result<ScriptText> script = TranslateToScript(plan_, flags_, method_, sent_, known_);
  if (!script) return script.error();
  const std::string& name = *flags_.call.record;
  const int file = open(name.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0)
    return Error{ErrorKind::kOutput, "cannot write to '" + SafeText(name) + "': " + ErrnoText(errno)};
  const bool is_new = lseek(file, 0, SEEK_END) == 0;
  DescriptorOutput out(file, "'" + SafeText(name) + "'");
  Result<void> written =
      out.Write((is_new ? script->settings : "") + "\n" + script->steps + Expectations(outcome));
  if (written) written = out.Flush();
  close(file);
  return written;
}

}  // namespace rpcctl
