#include "cmd/rpcctl/script_caller.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <algorithm>

#include "cmd/rpcctl/call_plan.h"
#include "cmd/rpcctl/call_preparation.h"
#include "cmd/rpcctl/call_translation.h"
#include "cmd/rpcctl/command_line.h"

namespace rpcctl {
namespace {

using google::protobuf::MethodDescriptor;

// An option of `call` that says nothing about the call itself, of what was typed; empty for none.
std::string_view BeyondStep(const Flags& flags) {
  const ConnectionFlags& typed = flags.connection;
  const ConnectionFlags none;
  const std::pair<std::string_view, bool> options[] = {
      {"--target", typed.target.has_value()},
      {"--transport", typed.transport.has_value()},
      {"--plaintext", typed.plaintext},
      {"--tls", typed.tls},
      {"--cacert", typed.ca_file.has_value()},
      {"--cert", typed.cert_file.has_value()},
      {"--key", typed.key_file.has_value()},
      {"--server-name", typed.server_name.has_value()},
      {"--insecure", typed.insecure},
      {"--authority", typed.authority.has_value()},
      {"--allow-plaintext-credentials", typed.allow_plaintext_credentials},
      {"--proxy", typed.proxy.has_value()},
      {"--proto", !typed.protos.empty()},
      {"--proto-path", !typed.proto_paths.empty()},
      {"--protoset", !typed.protosets.empty()},
      {"--reflection", typed.reflection},
      {"--header-file", !typed.header_files.empty()},
      {"--reflect-header", !typed.reflection_headers.empty()},
      {"--expand-env", typed.expand_environment},
      {"--user-agent", typed.user_agent.has_value()},
      {"--keepalive", typed.keepalive.has_value()},
      {"--no-keepalive", typed.no_keepalive},
      {"--connect-timeout", typed.connect_timeout.has_value()},
      {"--verbose", typed.verbosity != none.verbosity},
      {"--color", typed.colour != none.colour},
      {"--status", typed.status != none.status},
      {"--as", flags.call.translation.has_value()},
      {"--record", flags.call.record.has_value()},
      {"--output", flags.call.output.has_value()},
      {"--format", flags.call.format.has_value()},
      {"--proto-names", flags.call.proto_names},
      {"--defaults", flags.call.defaults},
      {"--dry-run", flags.call.dry_run},
  };
  for (const auto& [name, given] : options) {
    if (given) return name;
  }
  return "";
}

// The words as they are understood behind "rpcctl call".
Result<Flags> ReadFlags(std::span<const std::string> words) {
  Flags flags;
  // Taking a line apart takes longer than many a call.
  const bool has_options =
      std::ranges::any_of(words, [](const std::string& word) { return word.starts_with('-'); });
  if (!has_options) {
    flags.call.method = words.front();
    flags.call.words.assign(words.begin() + 1, words.end());
    return flags;
  }
  std::vector<std::string> line = {"call"};
  line.insert(line.end(), words.begin(), words.end());
  Result<Flags> parsed = ParseCommandLine(line);
  if (!parsed) return parsed;
  if (parsed->command != Command::kCall) return Error{ErrorKind::kUsage, "a step has no --help"};
  if (const std::string_view option = BeyondStep(*parsed); !option.empty()) {
    return Error{ErrorKind::kUsage, fmt::format("a step has no {}", option),
                 "what holds for all calls stands on the command line of 'rpcctl test', or in 'set'"};
  }
  return parsed;
}

}  // namespace

Result<CallWords> ScriptCaller::Read(std::span<const std::string> words) {
  const Result<Flags> flags = ReadFlags(words);
  if (!flags) return flags.error();
  Result<CallPlan> plan = PlanCallItself(flags->call);
  if (!plan) return plan.error();
  CallWords read;
  read.method = flags->call.method;
  read.request = std::move(plan->request);
  read.headers = flags->connection.headers;
  read.headers.insert(read.headers.end(), flags->connection.call_headers.begin(),
                      flags->connection.call_headers.end());
  read.allow_unknown = plan->allow_unknown;
  read.options.limit = plan->limit;
  read.options.start.max_message_size = plan->max_message_size;
  read.options.start.compression = plan->compression;
  if (!flags->connection.timeout) return read;
  const Result<Duration> limit = ParseTimeLimit(*flags->connection.timeout);
  if (!limit) return Error{ErrorKind::kUsage, "--timeout: " + limit.error().message, limit.error().hint};
  read.timeout = *limit;
  return read;
}

Result<void> ScriptCaller::AddHeaders(std::span<const std::string> headers, Metadata& metadata) const {
  for (const std::string& header : headers) {
    Result<MetadataEntry> entry = ParseMetadata(header);
    if (!entry) return Error{ErrorKind::kUsage, "header: " + entry.error().message, entry.error().hint};
    entry->is_secret = connection_.mask != nullptr && connection_.mask->Finds(entry->value);
    metadata.push_back(std::move(*entry));
  }
  return CheckCredentials(connection_.flags, metadata, connection_.plan);
}

Result<ScriptCall> ScriptCaller::Prepare(const CallWords& words, std::span<const std::string> headers,
                                         const MethodDescriptor& method, TimePoint deadline) {
  if (words.request.ReadsStandardInput())
    return Error{ErrorKind::kUsage, "a script does not read standard input", "write @FILE"};
  ScriptCall call;
  call.call = words.options;
  call.call.kind = KindOf(method);
  call.call.start.path = PathOf(method);
  call.call.start.deadline = deadline;
  call.call.start.metadata = connection_.plan.metadata;
  for (const std::span<const std::string> more : {headers, std::span<const std::string>(words.headers)}) {
    if (Result<void> added = AddHeaders(more, call.call.start.metadata); !added) return added.error();
  }
  Result<std::unique_ptr<RequestSupply>> requests =
      OpenRequests(words.request, method, {connection_.known, words.allow_unknown, -1, deadline});
  if (!requests) return requests.error();
  call.requests = std::move(*requests);
  return call;
}

CallOutcome ScriptCaller::Run(ScriptCall& call, ResponseSink& responses) {
  return RunCall(*connection_.client.transport, call.call, *call.requests, responses, connection_.interrupt);
}

std::unique_ptr<LiveCall> ScriptCaller::Open(const PreparedCall& call) {
  return std::make_unique<LiveCall>(*connection_.client.transport, call, connection_.interrupt);
}

// What stands behind the method: as it was typed, or what makes the messages that were sent, with the options
// of the step.
std::optional<std::vector<std::string>> ScriptCaller::RequestWords(const MadeCall& call) const {
  if (call.typed) return call.typed;
  Result<std::vector<std::string>> words = ItemsOf(call.messages, call.method, connection_.known);
  if (!words) return std::nullopt;
  const auto add = [&](std::string option, std::string value) {
    words->push_back(std::move(option));
    words->push_back(std::move(value));
  };
  for (const std::string& header : call.words.headers) add("-H", header);
  const PreparedCall& options = call.words.options;
  if (call.words.timeout) add("--timeout", FormatDuration(*call.words.timeout));
  if (options.limit > 0) add("--limit", std::to_string(options.limit));
  if (options.start.compression == Compression::kGzip) add("--compress", "gzip");
  if (options.start.max_message_size != kDefaultMaxMessageSize)
    add("--max-message-size", std::to_string(options.start.max_message_size));
  return std::move(*words);
}

std::string ScriptCaller::CommandLine(const MadeCall& call, const std::function<void(std::string&)>& hide) {
  const std::optional<std::vector<std::string>> words = RequestWords(call);
  if (!words) return "";
  std::vector<std::string> line = {"rpcctl", "call", call.words.method};
  line.insert(line.end(), words->begin(), words->end());
  ConnectionFlags flags = connection_.flags;
  flags.timeout.reset();
  std::vector<std::string> options = ConnectionWords(connection_.plan, flags);
  const auto add = [&](std::string option, std::string value) {
    options.push_back(std::move(option));
    options.push_back(std::move(value));
  };
  if (call.timeout && !call.words.timeout) add("--timeout", FormatDuration(*call.timeout));
  for (const std::string& header : call.headers) add("-H", header);
  // Before the words, since "--" may stand among them.
  const bool ends_options = std::ranges::find(*words, "--") != words->end();
  line.insert(ends_options ? line.begin() + 2 : line.end(), options.begin(), options.end());
  for (std::string& word : line) hide(word);
  std::string text = rpcctl::CommandLine(line);
  text.pop_back();  // the newline
  return text;
}

}  // namespace rpcctl
