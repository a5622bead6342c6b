#include <google/protobuf/descriptor.h>

#include "base/text.h"
#include "cmd/rpcctl/call_plan.h"
#include "cmd/rpcctl/call_preparation.h"
#include "cmd/rpcctl/call_run.h"
#include "cmd/rpcctl/call_translation.h"
#include "cmd/rpcctl/script_commands.h"
#include "render/response_printer.h"

namespace rpcctl {
namespace {

using google::protobuf::MethodDescriptor;

Result<std::unique_ptr<ResponsePrinter>> MakePrinter(const CallPlan& plan,
                                                     const google::protobuf::Descriptor& type,
                                                     KnownTypes known, Surroundings& around) {
  switch (plan.output) {
    case CallPlan::Output::kNone:
      return MakeSilentPrinter();
    case CallPlan::Output::kText:
      return MakeTextPrinter(type, std::move(known), around.out);
    case CallPlan::Output::kBinary:
      return MakeBinaryPrinter(around.out);
    case CallPlan::Output::kJson:
      return MakeJsonPrinter(type, std::move(known), plan.style, plan.connection.out_colour, around.out);
    case CallPlan::Output::kTemplate:
      break;
  }
  Result<FormatTemplate> format = FormatTemplate::Parse(plan.format, type, std::move(known));
  if (!format) return Error{format.error().kind, "--format: " + format.error().message, format.error().hint};
  return MakeTemplatePrinter(std::move(*format), around.out);
}

// Hands requests on, and notes them.
class RecordedRequests final : public RequestSource {
 public:
  // Borrows both for life.
  RecordedRequests(RequestSource& inner, CallRecorder& recorder) : inner_(inner), recorder_(recorder) {}

  Result<RequestStep> Next(std::string& message) override {
    Result<RequestStep> step = inner_.Next(message);
    if (step && *step == RequestStep::kMessage) recorder_.NoteRequest(message);
    return step;
  }

  int descriptor() const override { return inner_.descriptor(); }

 private:
  RequestSource& inner_;
  CallRecorder& recorder_;
};

// A success without a call.
Ending NothingSent(const std::shared_ptr<Client>& client) {
  Interrupt::Silence();
  return {.outcome = CallOutcome(), .leftovers = client};
}

// Every message that would be sent.
Result<std::vector<std::string>> AllRequests(RequestSupply& requests, TimePoint deadline) {
  std::vector<std::string> messages;
  for (std::string message;;) {
    Result<RequestStep> step = requests.NextWaiting(message, deadline);
    if (!step) return step.error();
    if (*step == RequestStep::kEnd) return messages;
    messages.push_back(std::move(message));
  }
}

// --as: the call for another tool.
Result<Ending> PrintTranslation(const CallPlan& plan, const Flags& flags,
                                const std::shared_ptr<Client>& client, RequestSupply& requests,
                                const MethodDescriptor& method, Surroundings& around) {
  const Result<std::vector<std::string>> messages = AllRequests(requests, plan.connection.deadline);
  if (!messages) return messages.error();
  const Result<std::string> text = TranslateCall(plan, flags, method, *messages, TypesOf(*client->schema));
  if (!text) return text.error();
  if (Result<void> written = around.out.Write(*text); !written) return written.error();
  return NothingSent(client);
}

// --dry-run: what would be sent, as JSON.
Result<Ending> PrintRequests(const CallPlan& plan, const std::shared_ptr<Client>& client,
                             RequestSupply& requests, const MethodDescriptor& method, Surroundings& around) {
  const std::unique_ptr<ResponsePrinter> printer = MakeJsonPrinter(
      *method.input_type(), TypesOf(*client->schema), plan.style, plan.connection.out_colour, around.out);
  std::string message;
  for (;;) {
    Result<RequestStep> step = requests.NextWaiting(message, plan.connection.deadline);
    if (!step) return step.error();
    if (*step == RequestStep::kEnd) return NothingSent(client);
    Result<void> printed = printer->Print(message);
    if (!printed && printed.error().kind != ErrorKind::kStatus) return printed.error();
    // The printer speaks of responses, which it mostly prints.
    if (!printed) return Error{ErrorKind::kInput, "as a request, the " + printed.error().message};
  }
}

PreparedCall Prepare(const CallPlan& plan, const MethodDescriptor& method) {
  PreparedCall call;
  call.start.path = PathOf(method);
  call.start.metadata = plan.connection.metadata;
  call.start.deadline = plan.connection.deadline;
  call.start.max_message_size = plan.max_message_size;
  call.start.compression = plan.compression;
  call.kind = KindOf(method);
  call.limit = plan.limit;
  return call;
}

// `recorder` is null where nothing is recorded.
Result<Ending> MakeCall(const CallPlan& plan, const std::shared_ptr<Client>& client,
                        const MethodDescriptor& method, RequestSource& requests, ResponsePrinter& printer,
                        CallRecorder* recorder, Interrupt& interrupt, Surroundings& around) {
  const PreparedCall call = Prepare(plan, method);
  const Counter counter = plan.counts && StreamsResponses(call.kind) ? Counter::kOn : Counter::kOff;
  const auto print = [&](std::string_view message) {
    if (recorder != nullptr) recorder->NoteResponse(message);
    return printer.Print(message);
  };
  Result<Ending> ending =
      RunPreparedCall({plan.connection, client, interrupt, around, counter}, call, requests, print);
  if (!ending || ending->signal != 0) return ending;
  if (plan.output == CallPlan::Output::kNone && !plan.connection.status_line)
    TellInStep(Plural(ending->outcome->received, "message") + "\n", around);
  if (recorder == nullptr) return ending;
  if (Result<void> added = recorder->Finish(*ending->outcome, *client, method); !added) return added.error();
  return ending;
}

Result<Ending> MakeAndRecord(const CallPlan& plan, const std::shared_ptr<Client>& client,
                             const MethodDescriptor& method, RequestSource& requests,
                             ResponsePrinter& printer, std::unique_ptr<CallRecorder> recorder,
                             Interrupt& interrupt, Surroundings& around) {
  if (recorder == nullptr)
    return MakeCall(plan, client, method, requests, printer, nullptr, interrupt, around);
  RecordedRequests recorded(requests, *recorder);
  return MakeCall(plan, client, method, recorded, printer, recorder.get(), interrupt, around);
}

// What --record takes; nothing without it.
Result<ScriptCommands> ScriptsFor(const Flags& flags, const Surroundings& around) {
  return flags.call.record ? around.abilities.script_commands() : ScriptCommands{};
}

// Null where nothing is to be recorded.
Result<std::unique_ptr<CallRecorder>> BeginRecording(const ScriptCommands& scripts, const CallPlan& plan,
                                                     const Flags& flags, const Surroundings& around) {
  if (!plan.record) return std::unique_ptr<CallRecorder>();
  return scripts.begin_recording(*plan.record, plan, flags, around);
}

}  // namespace

Result<Ending> RunCallCommand(const Flags& flags, Surroundings& around, TimePoint began) {
  // Before the plan reads files, one of which may be standard input: this process may become another.
  const Result<ScriptCommands> scripts = ScriptsFor(flags, around);
  if (!scripts) return scripts.error();
  Result<CallPlan> plan = MakeCallPlan(flags, around, began);
  if (!plan) return plan.error();
  Result<std::unique_ptr<CallRecorder>> recorder = BeginRecording(*scripts, *plan, flags, around);
  if (!recorder) return recorder.error();
  AnnounceCancel(plan->connection);
  // Until the call is made nothing has to be cancelled: a signal ends the process as it would any other.
  Interrupt interrupt;
  Result<std::shared_ptr<Client>> client =
      MakeClient(plan->connection, around, plan->max_message_size, interrupt.descriptor());
  if (!client) return client.error();
  Result<const MethodDescriptor*> found = (*client)->schema->FindMethod(flags.call.method);
  if (!found) return found.error();
  const MethodDescriptor& method = **found;
  (*client)->schema->Close();
  const KnownTypes known = TypesOf(*(*client)->schema);
  // Before the request is read: what is wrong with a template is told whatever else is.
  Result<std::unique_ptr<ResponsePrinter>> printer = MakePrinter(*plan, *method.output_type(), known, around);
  if (!printer) return printer.error();
  const RequestReading reading{known, plan->allow_unknown, around.standard_input, plan->connection.deadline};
  const Result<std::unique_ptr<RequestSupply>> requests = OpenRequests(plan->request, method, reading);
  if (!requests) return requests.error();
  if (plan->translation != CallPlan::Translation::kNone)
    return PrintTranslation(*plan, flags, *client, **requests, method, around);
  if (plan->dry_run) return PrintRequests(*plan, *client, **requests, method, around);
  return MakeAndRecord(*plan, *client, method, **requests, **printer, std::move(*recorder), interrupt,
                       around);
}

}  // namespace rpcctl
