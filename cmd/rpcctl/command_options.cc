#include "cmd/rpcctl/command_options.h"

#include "cmd/rpcctl/command_table.h"
#include "cmd/rpcctl/option_choices.h"

namespace rpcctl {
namespace {

void AddMoreConnectionOptions(OptionAdder& add, ConnectionFlags& flags) {
  add.Group(kMoreConnectionGroup);
  add.Add("--connect-timeout", flags.connect_timeout, "DUR", "limit for reaching the server; default 10s");
  add.Add("--proxy", flags.proxy, "URL|none",
          "HTTP proxy to go through; default $grpc_proxy, $https_proxy, $http_proxy");
  add.Add("--tls", flags.tls, "TLS; the default for everything but loopback and unix sockets");
  add.Add("--cacert", flags.ca_file, "FILE",
          "trust the certificates in this PEM file, instead of the system's");
  add.Add("--cert", flags.cert_file, "FILE", "the client's certificate, PEM");
  add.Add("--key", flags.key_file, "FILE", "its key, PEM; default: the one in the file of --cert");
  add.Add("--server-name", flags.server_name, "NAME",
          "the name to ask for by SNI and to find in the server's certificate");
  add.Add("--insecure", flags.insecure, "TLS with any certificate; warns each time");
  add.Add("--authority", flags.authority, "NAME",
          "whom calls are for (:authority); verified too, without --server-name");
  add.Add("--allow-plaintext-credentials", flags.allow_plaintext_credentials,
          "send credentials without TLS to another machine");
  add.Add("--header-file", flags.header_files, "FILE",
          "as -H, 'NAME: VALUE' a line, '#' comments; repeatable");
  add.Add("--call-header", flags.call_headers, "HEADER", "as -H, for the call only");
  add.Add("--reflect-header", flags.reflection_headers, "HEADER", "as -H, for reflection only");
  add.Add("--expand-env", flags.expand_environment, "replace ${NAME} in the values of headers");
  add.Add("--user-agent", flags.user_agent, "TEXT",
          "what servers are told; --transport grpc adds its library");
  add.Add("--keepalive", flags.keepalive, "DUR", "check a silent stream after so long; default 20s");
  add.Add("--no-keepalive", flags.no_keepalive, "never check a silent stream");
  add.Add("--transport", flags.transport, "h2|grpc",
          "h2, the default, or grpc: the official gRPC library, to compare");
  add.Choices(WordsOf<kTransportChoices>);
}

void AddConnectionOptions(OptionAdder& add, ConnectionFlags& flags) {
  add.Group(kConnectionGroup);
  add.Add("-t,--target", flags.target, "ADDR",
          "host:port, :port, [v6]:port or unix:/path; default $RPCCTL_TARGET or localhost:50051");
  add.Add("--plaintext", flags.plaintext, "no TLS; the default for loopback and unix sockets");
  add.Add("-H,--header", flags.headers, "'NAME: VALUE'",
          "metadata for the call and for reflection; repeatable");
  add.Add("--timeout", flags.timeout, "DUR", "limit for the whole command, such as 5s");
  AddMoreConnectionOptions(add, flags);
  add.Group(kOutputGroup);
  add.AddCount("-v,--verbose", flags.verbosity, "tell on stderr what happens; -vv tells more");
  add.Add("--color", flags.colour, "WHEN", "auto, always or never");
  add.Choices(WordsOf<kColourChoices>);
  add.Add("--status", flags.status, "FORM", "how the outcome is told on stderr: text or json");
  add.Choices(WordsOf<kStatusChoices>);
}

// Of those connecting commands that need types.
void AddSchemaOptions(OptionAdder& add, ConnectionFlags& flags) {
  add.Group(kSchemaGroup);
  add.Add("--proto", flags.protos, "FILE|DIR",
          "take the schema from .proto files instead of reflection; repeatable");
  add.Add("-I,--proto-path", flags.proto_paths, "DIR",
          "where imports of .proto files are looked for; repeatable");
  add.Add("--protoset", flags.protosets, "FILE",
          "take the schema from a descriptor set (protoc -o, buf build -o); repeatable");
  add.Add("--reflection", flags.reflection, "ask the server too, for what the files do not have");
}

constexpr std::string_view kCallExamples =
    "Items:\n"
    "  name=you  location.latitude=4  tags+=a  size:=12  data=@FILE  {\"json\":1}  @FILE  @-\n"
    "  a lone ',' starts the next message of a request stream\n\n"
    "Examples:\n"
    "  rpcctl call Greeter.SayHello name=you\n"
    "  rpcctl call RouteGuide.RecordRoute latitude=1 longitude=2 , latitude=3 longitude=4\n"
    "  rpcctl call RouteGuide.RouteChat @- < notes.jsonl\n"
    "  rpcctl call api.Users/Get -t api.test:8080 --plaintext -d '{\"id\":7}' -H 'x-team: a'\n";

void AddCall(OptionAdder& add, Flags& flags) {
  add.Group(kWordGroup);
  add.AddRequired("METHOD", flags.call.method);
  add.Add("ITEM", flags.call.words, "", "");
  add.Group(kRequestGroup);
  add.Add("-d,--data", flags.call.data, "JSON|@FILE|@-", "request messages as JSON, one after another");
  add.Add("--in", flags.call.input, "FORMAT", "of -d and @FILE: json, text or binary");
  add.Choices(WordsOf<kInputChoices>);
  add.Add("--allow-unknown", flags.call.allow_unknown, "leave out fields that the schema does not have");
  add.Add("--dry-run", flags.call.dry_run, "print the request messages, send nothing");
  add.Add("--as", flags.call.translation, "TOOL", "print the call for grpcurl, items, json or rpc instead");
  add.Choices(WordsOf<kTranslationChoices>);
  add.Add("--record", flags.call.record, "FILE.rpc", "add the call to a test script, with what holds of it");
  add.Add("--max-message-size", flags.call.max_message_size, "SIZE",
          "receive limit of a message; default 4MiB");
  add.Group(kOutputGroup);
  add.Add("-o,--output", flags.call.output, "FORMAT", "auto, json, jsonl, text, binary or none");
  add.Choices(WordsOf<kOutputChoices>);
  add.Add("-f,--format", flags.call.format, "TEMPLATE", "print fields: '{name} at {location.latitude}'");
  add.Add("--proto-names", flags.call.proto_names, "JSON names as in the .proto file");
  add.Add("--defaults", flags.call.defaults, "print JSON fields that hold their default too");
  add.Add("--limit", flags.call.limit, "N", "stop after N responses, with success");
  add.Group(kMoreConnectionGroup);
  add.Add("--compress", flags.call.compression, "gzip", "compress the messages of a call");
}

constexpr std::string_view kListExamples =
    "Examples:\n"
    "  rpcctl list\n"
    "  rpcctl list Greeter\n"
    "  rpcctl list -l\n"
    "  rpcctl list --proto api/\n";

void AddList(OptionAdder& add, Flags& flags) {
  add.Group(kWordGroup);
  add.Add("SERVICE", flags.list.service, "", "");
  add.Group(kOutputGroup);
  add.Add("-l,--long", flags.list.long_form, "list methods with what they take and return");
}

constexpr std::string_view kDescribeExamples =
    "Examples:\n"
    "  rpcctl describe\n"
    "  rpcctl describe Greeter.SayHello HelloRequest\n"
    "  rpcctl describe HelloRequest -o json\n"
    "  rpcctl describe -t unix:/run/api.sock pkg.Message.field\n";

void AddDescribe(OptionAdder& add, Flags& flags) {
  add.Group(kWordGroup);
  add.Add("SYMBOL", flags.describe.symbols, "", "");
  add.Group(kOutputGroup);
  add.Add("-o,--output", flags.describe.output, "FORMAT",
          "proto, or json: the descriptors, a document a symbol; default proto");
  add.Choices(WordsOf<kDescribeChoices>);
}

constexpr std::string_view kExportExamples =
    "Without a SYMBOL everything is written; with some, the files that declare them, and what those "
    "need.\n\n"
    "Examples:\n"
    "  rpcctl export --to api.pb\n"
    "  rpcctl export --to-dir protos Greeter RouteGuide\n"
    "  rpcctl export --to api.pb --force --proto api/\n";

void AddExport(OptionAdder& add, Flags& flags) {
  add.Group(kWordGroup);
  add.Add("SYMBOL", flags.exporting.symbols, "", "");
  add.Group(kOutputGroup);
  add.Add("--to", flags.exporting.file, "FILE|-", "write a descriptor set, for --protoset and other tools");
  add.Add("--to-dir", flags.exporting.folder, "DIR", "write .proto files, less google/protobuf");
  add.Add("--force", flags.exporting.force, "overwrite files");
}

constexpr std::string_view kTemplateExamples =
    "A field has its default, a list and a map one element, a oneof its first member; a type inside\n"
    "itself is empty. JSON has no comments: --comments puts them on stderr, as lines that begin with\n"
    "//, and the document stays usable. Among items they are lines that begin with #.\n\n"
    "Examples:\n"
    "  rpcctl template RouteGuide.GetFeature\n"
    "  rpcctl template ListFeatures --comments > area.json    (edit it, then:)\n"
    "  rpcctl call ListFeatures @area.json\n"
    "  rpcctl template RouteChat --as items | xargs rpcctl call RouteChat\n";

void AddTemplate(OptionAdder& add, Flags& flags) {
  add.Group(kWordGroup);
  add.AddRequired("METHOD|MESSAGE", flags.request_template.name);
  add.Group(kOutputGroup);
  add.Add("--as", flags.request_template.form, "FORM",
          "json, the default, or items: words for 'call', one a line");
  add.Choices(WordsOf<kTemplateFormChoices>);
  add.Add("--comments", flags.request_template.comments,
          "tell types, choices and the source's comments as well");
}

constexpr std::string_view kHealthExamples =
    "Asks grpc.health.v1.Health about SERVICE, as it is typed, or about the server as a whole, and\n"
    "prints the state: SERVING, NOT_SERVING, UNKNOWN, SERVICE_UNKNOWN. The exit code is 0 when it is\n"
    "SERVING and 8 when it is not; with --watch the last state counts. A call that fails exits as any\n"
    "call: 69 unknown service, 76 no health service, 5 no server.\n\n"
    "Examples:\n"
    "  rpcctl health\n"
    "  rpcctl health routeguide.RouteGuide --timeout 2s\n"
    "  rpcctl health --watch -t api.test:8080 --plaintext\n";

void AddHealth(OptionAdder& add, Flags& flags) {
  add.Group(kWordGroup);
  add.Add("SERVICE", flags.health.service, "", "");
  add.Group(kOutputGroup);
  add.Add("--watch", flags.health.watch, "print the state again whenever it changes, until Ctrl-C");
  add.Add("--limit", flags.health.limit, "N", "with --watch: stop after N states");
}

constexpr std::string_view kTestExamples =
    "A script (*.rpc) holds cases: calls, as 'rpcctl call' has them, and what is expected of each. Here\n"
    "--timeout limits each call. The exit code is 0 when everything held, 8 when something did not,\n"
    "2 when a file does not fit its grammar or the schema, 5 when the server cannot be reached.\n\n"
    "Examples:\n"
    "  rpcctl test smoke.rpc\n"
    "  rpcctl test tests/ --tag fast -j 4 --junit report.xml\n"
    "  rpcctl test tests/ --check --protoset api.pb\n";

void AddTest(OptionAdder& add, Flags& flags) {
  add.Group(kWordGroup);
  add.Add("FILE|DIR", flags.test.paths, "", "");
  add.Group(kRequestGroup);
  add.Add("--var", flags.test.variables, "NAME=VALUE", "set a variable, over what a file sets; repeatable");
  add.Add("--tag", flags.test.tags, "TAG", "run only cases with this tag; repeatable: any of them");
  add.Add("--skip-tag", flags.test.skip_tags, "TAG", "run no case with this tag; repeatable");
  add.Add("--case", flags.test.cases, "GLOB", "run only cases whose name matches; repeatable");
  add.Add("-j,--jobs", flags.test.jobs, "N", "how many files run at once; default: one for each processor");
  add.Add("--fail-fast", flags.test.fail_fast, "run no further case once one failed");
  add.Add("--total-timeout", flags.test.total_timeout, "DUR", "limit for the whole run; default 10m");
  add.Add("--list", flags.test.list, "print the cases, run nothing");
  add.Add("--check", flags.test.check, "check every step against the schema, call nothing");
  add.Add("--update", flags.test.update, "write what came into '== VALUE' lines that did not hold");
  add.Group(kOutputGroup);
  add.Add("--junit", flags.test.junit, "FILE",
          "write a report as JUnit XML besides; '-': on stdout, and no other");
  add.Add("--tap", flags.test.tap, "report as TAP 14 on stdout");
  add.Add("--json", flags.test.json, "report as JSON on stdout, an object a line");
}

constexpr std::string_view kCompletionExamples =
    "Prints the script that makes TAB complete commands, options, methods, fields and values. Where\n"
    "rpcctl was installed by './dev install', the shells find the scripts by themselves.\n\n"
    "Examples:\n"
    "  bash   in ~/.bashrc:  source <(rpcctl completion bash)\n"
    "  zsh    in ~/.zshrc, behind compinit:  source <(rpcctl completion zsh)\n"
    "  fish   once:  rpcctl completion fish > ~/.config/fish/completions/rpcctl.fish\n";

void AddCompletion(OptionAdder& add, Flags& flags) {
  add.Group(kWordGroup);
  add.AddRequired("bash|zsh|fish", flags.completion.shell);
}

constexpr CommandEntry kCommands[] = {
    {"call", Command::kCall, "invoke a method", true, AddCall, kCallExamples},
    {"list", Command::kList, "list services, or the methods of one", true, AddList, kListExamples},
    {"describe", Command::kDescribe, "show services, methods, messages... as .proto source", true,
     AddDescribe, kDescribeExamples},
    {"export", Command::kExport, "write the schema to files", true, AddExport, kExportExamples},
    {"template", Command::kTemplate, "print a request to fill in, as JSON or as items", true, AddTemplate,
     kTemplateExamples},
    {"health", Command::kHealth, "ask whether a server, or one of its services, is serving", false, AddHealth,
     kHealthExamples},
    {"test", Command::kTest, "run scripts of smoke tests", true, AddTest, kTestExamples},
    {"completion", Command::kCompletion, "print the script that completes in bash, zsh or fish", false,
     AddCompletion, kCompletionExamples, false},
};

}  // namespace

std::span<const CommandEntry> Commands() {
  return kCommands;
}

void AddOptions(const CommandEntry& entry, OptionAdder& add, Flags& flags) {
  entry.add_options(add, flags);
  if (entry.needs_schema) AddSchemaOptions(add, flags.connection);
  if (entry.connects) AddConnectionOptions(add, flags.connection);
}

}  // namespace rpcctl
