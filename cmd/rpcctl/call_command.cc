#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include "base/size.h"
#include "base/text.h"
#include "cmd/rpcctl/call_plan.h"
#include "cmd/rpcctl/call_translation.h"
#include "cmd/rpcctl/client.h"
#include "cmd/rpcctl/commands.h"
#include "cmd/rpcctl/error_details.h"
#include "cmd/rpcctl/interrupt.h"
#include "cmd/rpcctl/request_supply.h"
#include "render/call_trace.h"
#include "render/response_printer.h"

namespace rpcctl {
namespace {

using google::protobuf::MethodDescriptor;

MethodKind KindOf(const MethodDescriptor& method) {
  if (method.client_streaming())
    return method.server_streaming() ? MethodKind::kBidi : MethodKind::kClientStreaming;
  return method.server_streaming() ? MethodKind::kServerStreaming : MethodKind::kUnary;
}

// Prints responses as they come; tells what happens on standard error when asked to.
class PrintingSink final : public ResponseSink {
 public:
  // `sent` is the metadata of the call, borrowed for life: its secrets are masked where they come back.
  PrintingSink(ResponsePrinter& printer, Surroundings& around, int verbosity, const Metadata& sent)
      : printer_(printer), around_(around), verbosity_(verbosity), sent_(sent) {}

  void OnHeaders(const Metadata& headers) override {
    if (verbosity_ > 0) Tell(TraceMetadata("<", Masked(headers)));
  }
  Result<void> OnMessage(std::string_view message) override {
    if (verbosity_ > 1) Tell(fmt::format("< message of {}\n", FormatSize(message.size())));
    return printer_.Print(message);
  }
  Result<void> OnQuiet() override { return around_.out.Flush(); }

  Metadata Masked(Metadata received) const {
    MarkEchoedSecrets(sent_, received);
    return received;
  }
  CallOutcome Masked(CallOutcome outcome) const {
    MarkEchoedSecrets(sent_, outcome.trailers);
    return outcome;
  }

  // Both streams stay in step where they go to the same terminal.
  void Tell(const std::string& lines) {
    [[maybe_unused]] const Result<void> flushed = around_.out.Flush();  // told by OnQuiet
    [[maybe_unused]] const Result<void> written = around_.err.Write(lines);
    [[maybe_unused]] const Result<void> shown = around_.err.Flush();
  }

 private:
  ResponsePrinter& printer_;
  Surroundings& around_;
  const int verbosity_;
  const Metadata& sent_;
};

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
Result<Ending> PrintTranslation(const CallPlan& plan, const Flags& flags, RequestSupply& requests,
                                const MethodDescriptor& method, const KnownTypes& known,
                                Surroundings& around) {
  const Result<std::vector<std::string>> messages = AllRequests(requests, plan.connection.deadline);
  if (!messages) return messages.error();
  const Result<std::string> text = TranslateCall(plan, flags, method, *messages, known);
  if (!text) return text.error();
  if (Result<void> written = around.out.Write(*text); !written) return written.error();
  return Ending{};
}

// --dry-run: what would be sent, as JSON.
Result<Ending> PrintRequests(const CallPlan& plan, RequestSupply& requests, const MethodDescriptor& method,
                             KnownTypes known, Surroundings& around) {
  const std::unique_ptr<ResponsePrinter> printer = MakeJsonPrinter(
      *method.input_type(), std::move(known), plan.style, plan.connection.out_colour, around.out);
  std::string message;
  for (;;) {
    Result<RequestStep> step = requests.NextWaiting(message, plan.connection.deadline);
    if (!step) return step.error();
    if (*step == RequestStep::kEnd) return Ending{};
    Result<void> printed = printer->Print(message);
    if (!printed && printed.error().kind != ErrorKind::kStatus) return printed.error();
    // The printer speaks of responses, which it mostly prints.
    if (!printed) return Error{ErrorKind::kInput, "as a request, the " + printed.error().message};
  }
}

// The request as typed; where nothing was given, one empty message for a method that takes one.
RequestPlan DefaultedRequest(const CallPlan& plan, const MethodDescriptor& method) {
  RequestPlan request = plan.request;
  if (request.groups.empty() && !method.client_streaming()) request.groups.emplace_back();
  return request;
}

PreparedCall Prepare(const CallPlan& plan, const MethodDescriptor& method) {
  PreparedCall call;
  call.start.path = "/" + method.service()->full_name() + "/" + method.name();
  call.start.metadata = plan.connection.metadata;
  call.start.deadline = plan.connection.deadline;
  call.start.max_message_size = plan.max_message_size;
  call.start.compression = plan.compression;
  call.kind = KindOf(method);
  call.limit = plan.limit;
  return call;
}

std::string HintFor(const RpcStatus& status) {
  // The transport's own words; a server that refuses a large request uses others.
  const bool too_large = status.code == kResourceExhausted && status.message.starts_with("response ");
  return too_large ? "--max-message-size raises the limit" : "";
}

FailedCall ToFailedCall(const RpcStatus& status, const KnownTypes& known) {
  return {status, DescribeErrorDetails(status.details, known), HintFor(status),
          ErrorDetailDocuments(status.details, known)};
}

Result<Ending> MakeCall(const CallPlan& plan, const std::shared_ptr<Client>& client,
                        const MethodDescriptor& method, RequestSupply& requests, Interrupt& interrupt,
                        Surroundings& around) {
  const KnownTypes known = TypesOf(*client->schema);
  Result<std::unique_ptr<ResponsePrinter>> printer = MakePrinter(plan, *method.output_type(), known, around);
  if (!printer) return printer.error();
  const PreparedCall call = Prepare(plan, method);
  PrintingSink sink(**printer, around, plan.connection.verbosity, call.start.metadata);
  if (plan.connection.verbosity > 0) sink.Tell(TraceStart(DescribeTarget(plan.connection), call));
  interrupt.Catch();
  const CallOutcome outcome = RunCall(*client->transport, call, requests, sink, interrupt.descriptor());
  interrupt.Release();
  if (Interrupt::Signal() != 0) return Ending{{}, Interrupt::Signal(), outcome, client};
  if (plan.connection.verbosity > 0) sink.Tell(TraceOutcome(sink.Masked(outcome)));
  if (outcome.error) return *outcome.error;
  if (plan.output == CallPlan::Output::kNone && !plan.connection.status_line)
    sink.Tell(Plural(outcome.received, "message") + "\n");
  if (outcome.ok()) return Ending{{}, 0, outcome, client};
  return Ending{ToFailedCall(outcome.status, known), 0, outcome, client};
}

}  // namespace

Result<Ending> RunCallCommand(const Flags& flags, Surroundings& around, TimePoint began) {
  Result<CallPlan> plan = MakeCallPlan(flags, around, began);
  if (!plan) return plan.error();
  // Until the call is made nothing has to be cancelled: a signal ends the process as it would any other.
  Interrupt interrupt;
  Result<std::shared_ptr<Client>> client =
      MakeClient(plan->connection, around, plan->max_message_size, interrupt.descriptor());
  if (!client) return client.error();
  Result<const MethodDescriptor*> found = (*client)->schema->FindMethod(flags.call.method);
  if (!found) return found.error();
  const MethodDescriptor& method = **found;
  (*client)->schema->Close();
  const bool live = plan->request.ReadsStandardInput();
  RequestOptions options;
  options.standard_input = around.standard_input;
  const KnownTypes known = TypesOf(*(*client)->schema);
  options.build.reading.known = known;
  options.build.reading.allow_unknown = plan->allow_unknown;
  Result<RequestStream> stream =
      RequestStream::Open(DefaultedRequest(*plan, method), *method.input_type(), options);
  if (!stream) return stream.error();
  RequestSupply requests(std::move(*stream), live, KindOf(method), method.full_name());
  if (Result<void> prepared = requests.Prepare(plan->connection.deadline); !prepared) return prepared.error();
  if (plan->translation != CallPlan::Translation::kNone)
    return PrintTranslation(*plan, flags, requests, method, known, around);
  if (plan->dry_run) return PrintRequests(*plan, requests, method, known, around);
  return MakeCall(*plan, *client, method, requests, interrupt, around);
}

}  // namespace rpcctl
