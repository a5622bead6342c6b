#include "cmd/rpcctl/call_translation.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>

#include <filesystem>

#include "base/safe_text.h"
#include "base/shell_word.h"
#include "cmd/rpcctl/scripted_call.h"
#include "message/items_writer.h"
#include "message/json_writer.h"

namespace rpcctl {
namespace {

using google::protobuf::MethodDescriptor;

using Words = std::vector<std::string>;

void AddEach(std::string_view option, const Words& values, Words& words) {
  for (const std::string& value : values) {
    words.emplace_back(option);
    words.push_back(value);
  }
}

void AddOne(std::string_view option, const std::optional<std::string>& value, Words& words) {
  if (value) AddEach(option, {*value}, words);
}

Result<Words> JsonOf(std::span<const std::string> messages, const google::protobuf::Descriptor& type,
                     const KnownTypes& known) {
  JsonWriter writer(type, {}, known);
  Words documents;
  for (const std::string& message : messages) {
    if (Result<void> written = writer.Write(message, documents.emplace_back()); !written)
      return Error{ErrorKind::kInput, written.error().message};
  }
  return documents;
}

// ---- rpcctl itself ----

void AddFlag(std::string_view option, bool given, Words& words) {
  if (given) words.emplace_back(option);
}

// Without the password that it may hold: what is printed is kept, and shown to others.
std::string ShownProxy(const std::string& typed) {
  const Result<Proxy> proxy = ParseProxy(typed);
  return typed == "none" || !proxy ? "none" : "http://" + proxy->Name();
}

// Options about TLS and identity, as they were typed.
void AddMoreConnectionWords(const ConnectionFlags& typed, Words& words) {
  if (typed.proxy) AddEach("--proxy", {ShownProxy(*typed.proxy)}, words);
  AddFlag("--tls", typed.tls, words);
  AddOne("--cacert", typed.ca_file, words);
  AddOne("--cert", typed.cert_file, words);
  AddOne("--key", typed.key_file, words);
  AddOne("--server-name", typed.server_name, words);
  AddFlag("--insecure", typed.insecure, words);
  AddOne("--authority", typed.authority, words);
  AddEach("--header-file", typed.header_files, words);
  AddEach("--call-header", typed.call_headers, words);
  AddEach("--reflect-header", typed.reflection_headers, words);
  AddFlag("--expand-env", typed.expand_environment, words);
  AddOne("--user-agent", typed.user_agent, words);
  AddOne("--keepalive", typed.keepalive, words);
  AddFlag("--no-keepalive", typed.no_keepalive, words);
  AddOne("--transport", typed.transport, words);
}

// Every option of the call that another one would be made without.
void AddCallWords(const CallPlan& plan, const Flags& flags, Words& words) {
  const Words connection = ConnectionWords(plan.connection, flags.connection);
  words.insert(words.end(), connection.begin(), connection.end());
  AddOne("--compress", flags.call.compression, words);
  AddOne("--max-message-size", flags.call.max_message_size, words);
}

Result<std::string> AsItems(const CallPlan& plan, const Flags& flags, const MethodDescriptor& method,
                            std::span<const std::string> messages, const KnownTypes& known) {
  const Result<Words> items = ItemsOf(messages, method, known);
  if (!items) return items.error();
  Words words = {"rpcctl", "call", method.full_name()};
  words.insert(words.end(), items->begin(), items->end());
  AddCallWords(plan, flags, words);
  return CommandLine(words);
}

Result<std::string> AsJson(const CallPlan& plan, const Flags& flags, const MethodDescriptor& method,
                           std::span<const std::string> messages, const KnownTypes& known) {
  const Result<Words> documents = JsonOf(messages, *method.input_type(), known);
  if (!documents) return documents.error();
  Words words = {"rpcctl", "call", method.full_name()};
  if (!documents->empty()) AddEach("-d", {fmt::format("{}", fmt::join(*documents, " "))}, words);
  AddCallWords(plan, flags, words);
  return CommandLine(words);
}

Result<std::string> AsScript(const CallPlan& plan, const Flags& flags, const MethodDescriptor& method,
                             std::span<const std::string> messages, const KnownTypes& known) {
  const Result<ScriptedCall> call = MakeScriptedCall(plan, flags, method, messages, known);
  if (!call) return call.error();
  return ScriptOf(*call, method.name());
}

// ---- grpcurl ----

// grpcurl takes seconds where rpcctl takes a duration.
std::string Seconds(Duration duration) {
  return fmt::format("{:g}", std::chrono::duration<double>(duration).count());
}

// What it has no option for, of what was typed; empty for nothing.
std::string_view BeyondGrpcurl(const Flags& flags) {
  if (flags.connection.proxy) return "--proxy";
  if (!flags.connection.header_files.empty()) return "--header-file";
  if (flags.connection.no_keepalive) return "--no-keepalive";
  // Its -format is that of the request as well, which is JSON here.
  if (flags.call.output == "text") return "--output text without --in text";
  if (flags.call.proto_names) return "--proto-names";
  if (!flags.connection.protos.empty() && !flags.connection.protosets.empty())
    return "--proto together with --protoset";
  for (const std::string& proto : flags.connection.protos) {
    if (std::filesystem::is_directory(proto)) return "a folder in --proto";
  }
  return flags.call.compression ? "--compress" : "";
}

void AddGrpcurlConnection(const CallPlan& plan, const ConnectionFlags& typed, Words& words) {
  AddFlag("-plaintext", plan.connection.tls == nullptr, words);
  AddFlag("-insecure", typed.insecure, words);
  AddOne("-cacert", typed.ca_file, words);
  AddOne("-cert", typed.cert_file, words);
  // grpcurl does not look for the key among the certificates.
  AddOne("-key", typed.key_file ? typed.key_file : typed.cert_file, words);
  AddOne("-servername", typed.server_name, words);
  AddOne("-authority", typed.authority, words);
  AddEach("-H", typed.headers, words);
  AddEach("-rpc-header", typed.call_headers, words);
  AddEach("-reflect-header", typed.reflection_headers, words);
  AddFlag("-expand-headers", typed.expand_environment, words);
  AddOne("-user-agent", typed.user_agent, words);
  if (typed.keepalive) AddEach("-keepalive-time", {Seconds(plan.connection.keepalive)}, words);
}

Result<Words> GrpcurlOptions(const CallPlan& plan, const Flags& flags) {
  const ConnectionFlags& typed = flags.connection;
  if (const std::string_view option = BeyondGrpcurl(flags); !option.empty())
    return Error{ErrorKind::kUsage, fmt::format("grpcurl has nothing for {}", option), ""};
  Words words;
  AddGrpcurlConnection(plan, typed, words);
  AddEach("-proto", typed.protos, words);
  AddEach("-import-path", typed.proto_paths, words);
  AddEach("-protoset", typed.protosets, words);
  AddFlag("-use-reflection", typed.reflection, words);
  if (const Result<Duration> limit = ParseTimeLimit(typed.timeout.value_or("")))
    AddEach("-max-time", {Seconds(*limit)}, words);
  if (typed.connect_timeout) AddEach("-connect-timeout", {Seconds(plan.connection.connect_timeout)}, words);
  if (flags.call.max_message_size) AddEach("-max-msg-sz", {std::to_string(plan.max_message_size)}, words);
  if (plan.style.defaults) words.emplace_back("-emit-defaults");
  if (plan.connection.target.kind == Target::Kind::kUnix) words.emplace_back("-unix");
  if (plan.connection.target.kind != Target::Kind::kUnixAbstract) return words;
  return Error{ErrorKind::kUsage, "grpcurl does not reach abstract unix sockets", ""};
}

Result<std::string> AsGrpcurl(const CallPlan& plan, const Flags& flags, const MethodDescriptor& method,
                              std::span<const std::string> messages, const KnownTypes& known) {
  const Result<Words> documents = JsonOf(messages, *method.input_type(), known);
  if (!documents) return documents.error();
  const Result<Words> options = GrpcurlOptions(plan, flags);
  if (!options) return options.error();
  Words words = {"grpcurl"};
  words.insert(words.end(), options->begin(), options->end());
  const Target& target = plan.connection.target;
  AddEach("-d", {fmt::format("{}", fmt::join(*documents, " "))}, words);
  words.push_back(target.kind == Target::Kind::kUnix ? target.socket : target.Name());
  words.push_back(method.service()->full_name() + "/" + method.name());
  return CommandLine(words);
}

}  // namespace

Result<Words> ItemsOf(std::span<const std::string> messages, const MethodDescriptor& method,
                      const KnownTypes& known) {
  ItemsWriter writer(*method.input_type(), known);
  Words words;
  for (size_t i = 0; i < messages.size(); ++i) {
    Result<Words> items = writer.Write(messages[i]);
    if (!items) return Error{ErrorKind::kInput, items.error().message};
    if (i > 0) words.emplace_back(",");
    // Of a stream that is not given any message none is sent.
    if (items->empty() && method.client_streaming()) words.emplace_back("{}");
    words.insert(words.end(), items->begin(), items->end());
  }
  return words;
}

std::string CommandLine(const Words& words) {
  std::string line;
  for (const std::string& word : words) {
    if (!line.empty()) line += ' ';
    line += ShellWord(word);
  }
  return SafeLines(line) + "\n";
}

Words ConnectionWords(const ConnectionPlan& plan, const ConnectionFlags& typed) {
  Words words;
  const std::string target = plan.target.Name();
  if (target != kDefaultTarget) AddEach("-t", {target}, words);
  AddFlag("--plaintext", typed.plaintext, words);
  AddFlag("--allow-plaintext-credentials", typed.allow_plaintext_credentials, words);
  AddMoreConnectionWords(typed, words);
  AddEach("-H", typed.headers, words);
  AddEach("--proto", typed.protos, words);
  AddEach("-I", typed.proto_paths, words);
  AddEach("--protoset", typed.protosets, words);
  AddFlag("--reflection", typed.reflection, words);
  AddOne("--timeout", typed.timeout, words);
  AddOne("--connect-timeout", typed.connect_timeout, words);
  return words;
}

Result<std::string> TranslateCall(const CallPlan& plan, const Flags& flags, const MethodDescriptor& method,
                                  std::span<const std::string> messages, const KnownTypes& known) {
  switch (plan.translation) {
    case CallPlan::Translation::kGrpcurl:
      return AsGrpcurl(plan, flags, method, messages, known);
    case CallPlan::Translation::kJson:
      return AsJson(plan, flags, method, messages, known);
    case CallPlan::Translation::kScript:
      return AsScript(plan, flags, method, messages, known);
    case CallPlan::Translation::kItems:
    case CallPlan::Translation::kNone:
      break;
  }
  return AsItems(plan, flags, method, messages, known);
}

}  // namespace rpcctl
