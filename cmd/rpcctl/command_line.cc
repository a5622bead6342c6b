#include "cmd/rpcctl/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <vector>

#include "base/safe_text.h"
#include "base/text.h"
#include "cmd/rpcctl/help_text.h"
#include "cmd/rpcctl/opaque_words.h"

namespace rpcctl {
namespace {

// CLI11 takes an option without a group for a hidden one; positionals stand in none of the help's.
constexpr std::string_view kWordGroup = "Words";

// Where the parser puts what it read, remembered so that hidden words can be shown again.
struct Values {
  std::vector<std::string*> single;
  std::vector<std::optional<std::string>*> optional;
  std::vector<std::vector<std::string>*> lists;
};

// The one place that adds an option: every rule that holds for all of them stands here. A name without a dash
// is a positional. Single-valued options take the last of several; lists take one value each time they are
// given.
class Adder final {
 public:
  Adder(CLI::App& app, Values& values, std::string_view group) : app_(app), values_(values), group_(group) {}

  void Add(const std::string& names, std::optional<std::string>& value, const std::string& type,
           const std::string& text) {
    Place(app_.add_option(names, value, text)->take_last()->type_name(type));
    values_.optional.push_back(&value);
  }
  void Add(const std::string& names, std::string& value, const std::string& type, const std::string& text) {
    Place(app_.add_option(names, value, text)->take_last()->type_name(type));
    values_.single.push_back(&value);
  }
  void Add(const std::string& names, std::vector<std::string>& values, const std::string& type,
           const std::string& text) {
    const bool is_positional = names[0] != '-';
    Place(app_.add_option(names, values, text)->allow_extra_args(is_positional)->type_name(type));
    values_.lists.push_back(&values);
  }
  void AddRequired(const std::string& name, std::string& value) {
    Place(app_.add_option(name, value)->required());
    values_.single.push_back(&value);
  }
  void Add(const std::string& names, bool& value, const std::string& text) {
    Place(app_.add_flag(names, value, text));
  }
  void AddCount(const std::string& names, int& count, const std::string& text) {
    Place(app_.add_flag(names, count, text));
  }

 private:
  void Place(CLI::Option* option) { option->group(std::string(group_)); }

  CLI::App& app_;
  Values& values_;
  const std::string_view group_;
};

void AddMoreConnectionOptions(CLI::App& app, Values& values, ConnectionFlags& flags) {
  Adder more(app, values, kMoreConnectionGroup);
  more.Add("--connect-timeout", flags.connect_timeout, "DUR", "limit for reaching the server; default 10s");
  more.Add("--tls", flags.tls, "TLS; the default for everything but loopback and unix sockets");
  more.Add("--cacert", flags.ca_file, "FILE",
           "trust the certificates in this PEM file, instead of the system's");
  more.Add("--cert", flags.cert_file, "FILE", "the client's certificate, PEM");
  more.Add("--key", flags.key_file, "FILE", "its key, PEM; default: the one in the file of --cert");
  more.Add("--server-name", flags.server_name, "NAME",
           "the name to ask for by SNI and to find in the server's certificate");
  more.Add("--insecure", flags.insecure, "TLS with any certificate; warns each time");
  more.Add("--authority", flags.authority, "NAME",
           "whom calls are for (:authority); verified too, without --server-name");
  more.Add("--allow-plaintext-credentials", flags.allow_plaintext_credentials,
           "send credentials without TLS to another machine");
  more.Add("--header-file", flags.header_files, "FILE",
           "as -H, 'NAME: VALUE' a line, '#' comments; repeatable");
  more.Add("--call-header", flags.call_headers, "HEADER", "as -H, for the call only");
  more.Add("--reflect-header", flags.reflection_headers, "HEADER", "as -H, for reflection only");
  more.Add("--expand-env", flags.expand_environment, "replace ${NAME} in the values of headers");
  more.Add("--user-agent", flags.user_agent, "TEXT", "what servers are told; the gRPC library adds its own");
  more.Add("--keepalive", flags.keepalive, "DUR", "check a silent stream after so long; default 20s");
  more.Add("--no-keepalive", flags.no_keepalive, "never check a silent stream");
}

void AddConnectionOptions(CLI::App& app, Values& values, ConnectionFlags& flags) {
  Adder connection(app, values, kConnectionGroup);
  connection.Add("-t,--target", flags.target, "ADDR",
                 "host:port, :port, [v6]:port or unix:/path; default $RPCCTL_TARGET or localhost:50051");
  connection.Add("--plaintext", flags.plaintext, "no TLS; the default for loopback and unix sockets");
  connection.Add("-H,--header", flags.headers, "'NAME: VALUE'",
                 "metadata for the call and for reflection; repeatable");
  connection.Add("--timeout", flags.timeout, "DUR", "limit for the whole command, such as 5s");
  AddMoreConnectionOptions(app, values, flags);
  Adder output(app, values, kOutputGroup);
  output.AddCount("-v,--verbose", flags.verbosity, "tell on stderr what happens; -vv tells more");
  output.Add("--color", flags.colour, "WHEN", "auto, always or never");
  output.Add("--status", flags.status, "FORM", "how the outcome is told on stderr: text or json");
}

// Of those connecting commands that need types.
void AddSchemaOptions(CLI::App& app, Values& values, ConnectionFlags& flags) {
  Adder schema(app, values, kSchemaGroup);
  schema.Add("--proto", flags.protos, "FILE|DIR",
             "take the schema from .proto files instead of reflection; repeatable");
  schema.Add("-I,--proto-path", flags.proto_paths, "DIR",
             "where imports of .proto files are looked for; repeatable");
  schema.Add("--protoset", flags.protosets, "FILE",
             "take the schema from a descriptor set (protoc -o, buf build -o); repeatable");
  schema.Add("--reflection", flags.reflection, "ask the server too, for what the files do not have");
}

void AddCall(CLI::App& app, Values& values, Flags& flags) {
  Adder words(app, values, kWordGroup);
  words.AddRequired("METHOD", flags.call.method);
  words.Add("ITEM", flags.call.words, "", "");
  Adder request(app, values, kRequestGroup);
  request.Add("-d,--data", flags.call.data, "JSON|@FILE|@-", "request messages as JSON, one after another");
  request.Add("--in", flags.call.input, "FORMAT", "of -d and @FILE: json, text or binary");
  request.Add("--allow-unknown", flags.call.allow_unknown, "leave out fields that the schema does not have");
  request.Add("--dry-run", flags.call.dry_run, "print the request messages, send nothing");
  request.Add("--as", flags.call.translation, "TOOL",
              "print the call for grpcurl, items, json or rpc instead");
  request.Add("--max-message-size", flags.call.max_message_size, "SIZE",
              "receive limit of a message; default 4MiB");
  Adder output(app, values, kOutputGroup);
  output.Add("-o,--output", flags.call.output, "FORMAT", "auto, json, jsonl, text, binary or none");
  output.Add("-f,--format", flags.call.format, "TEMPLATE", "print fields: '{name} at {location.latitude}'");
  output.Add("--proto-names", flags.call.proto_names, "JSON names as in the .proto file");
  output.Add("--defaults", flags.call.defaults, "print JSON fields that hold their default too");
  output.Add("--limit", flags.call.limit, "N", "stop after N responses, with success");
  AddSchemaOptions(app, values, flags.connection);
  AddConnectionOptions(app, values, flags.connection);
  Adder(app, values, kMoreConnectionGroup)
      .Add("--compress", flags.call.compression, "gzip", "compress the messages of a call");
  app.footer(
      "Items:\n"
      "  name=you  location.latitude=4  tags+=a  size:=12  data=@FILE  {\"json\":1}  @FILE  @-\n"
      "  a lone ',' starts the next message of a request stream\n\n"
      "Examples:\n"
      "  rpcctl call Greeter.SayHello name=you\n"
      "  rpcctl call RouteGuide.RecordRoute latitude=1 longitude=2 , latitude=3 longitude=4\n"
      "  rpcctl call RouteGuide.RouteChat @- < notes.jsonl\n"
      "  rpcctl call api.Users/Get -t api.test:8080 --plaintext -d '{\"id\":7}' -H 'x-team: a'\n");
}

void AddList(CLI::App& app, Values& values, Flags& flags) {
  Adder words(app, values, kWordGroup);
  words.Add("SERVICE", flags.list.service, "", "");
  Adder output(app, values, kOutputGroup);
  output.Add("-l,--long", flags.list.long_form, "list methods with what they take and return");
  AddSchemaOptions(app, values, flags.connection);
  AddConnectionOptions(app, values, flags.connection);
  app.footer(
      "Examples:\n"
      "  rpcctl list\n"
      "  rpcctl list Greeter\n"
      "  rpcctl list -l\n"
      "  rpcctl list --proto api/\n");
}

void AddDescribe(CLI::App& app, Values& values, Flags& flags) {
  Adder words(app, values, kWordGroup);
  words.Add("SYMBOL", flags.describe.symbols, "", "");
  Adder output(app, values, kOutputGroup);
  output.Add("-o,--output", flags.describe.output, "FORMAT",
             "proto, or json: the descriptors, a document a symbol; default proto");
  AddSchemaOptions(app, values, flags.connection);
  AddConnectionOptions(app, values, flags.connection);
  app.footer(
      "Examples:\n"
      "  rpcctl describe\n"
      "  rpcctl describe Greeter.SayHello HelloRequest\n"
      "  rpcctl describe HelloRequest -o json\n"
      "  rpcctl describe -t unix:/run/api.sock pkg.Message.field\n");
}

void AddExport(CLI::App& app, Values& values, Flags& flags) {
  Adder words(app, values, kWordGroup);
  words.Add("SYMBOL", flags.exporting.symbols, "", "");
  Adder output(app, values, kOutputGroup);
  output.Add("--to", flags.exporting.file, "FILE|-",
             "write a descriptor set, for --protoset and other tools");
  output.Add("--to-dir", flags.exporting.folder, "DIR", "write .proto files, less google/protobuf");
  output.Add("--force", flags.exporting.force, "overwrite files");
  AddSchemaOptions(app, values, flags.connection);
  AddConnectionOptions(app, values, flags.connection);
  app.footer(
      "Without a SYMBOL everything is written; with some, the files that declare them, and what those "
      "need.\n\n"
      "Examples:\n"
      "  rpcctl export --to api.pb\n"
      "  rpcctl export --to-dir protos Greeter RouteGuide\n"
      "  rpcctl export --to api.pb --force --proto api/\n");
}

void AddTemplate(CLI::App& app, Values& values, Flags& flags) {
  Adder words(app, values, kWordGroup);
  words.AddRequired("METHOD|MESSAGE", flags.request_template.name);
  Adder output(app, values, kOutputGroup);
  output.Add("--as", flags.request_template.form, "FORM",
             "json, the default, or items: words for 'call', one a line");
  output.Add("--comments", flags.request_template.comments,
             "tell types, choices and the source's comments as well");
  AddSchemaOptions(app, values, flags.connection);
  AddConnectionOptions(app, values, flags.connection);
  app.footer(
      "A field has its default, a list and a map one element, a oneof its first member; a type inside\n"
      "itself is empty. JSON has no comments: --comments puts them on stderr, as lines that begin with\n"
      "//, and the document stays usable. Among items they are lines that begin with #.\n\n"
      "Examples:\n"
      "  rpcctl template RouteGuide.GetFeature\n"
      "  rpcctl template ListFeatures --comments > area.json    (edit it, then:)\n"
      "  rpcctl call ListFeatures @area.json\n"
      "  rpcctl template RouteChat --as items | xargs rpcctl call RouteChat\n");
}

void AddHealth(CLI::App& app, Values& values, Flags& flags) {
  Adder words(app, values, kWordGroup);
  words.Add("SERVICE", flags.health.service, "", "");
  Adder output(app, values, kOutputGroup);
  output.Add("--watch", flags.health.watch, "print the state again whenever it changes, until Ctrl-C");
  output.Add("--limit", flags.health.limit, "N", "with --watch: stop after N states");
  AddConnectionOptions(app, values, flags.connection);
  app.footer(
      "Asks grpc.health.v1.Health about SERVICE, as it is typed, or about the server as a whole, and\n"
      "prints the state: SERVING, NOT_SERVING, UNKNOWN, SERVICE_UNKNOWN. The exit code is 0 when it is\n"
      "SERVING and 8 when it is not; with --watch the last state counts. A call that fails exits as any\n"
      "call: 69 unknown service, 76 no health service, 5 no server.\n\n"
      "Examples:\n"
      "  rpcctl health\n"
      "  rpcctl health routeguide.RouteGuide --timeout 2s\n"
      "  rpcctl health --watch -t api.test:8080 --plaintext\n");
}

struct CommandEntry {
  std::string_view name;
  Command command;
  std::string_view text;
  void (*add_options)(CLI::App& app, Values& values, Flags& flags);
};

constexpr CommandEntry kCommands[] = {
    {"call", Command::kCall, "invoke a method", AddCall},
    {"list", Command::kList, "list services, or the methods of one", AddList},
    {"describe", Command::kDescribe, "show services, methods, messages... as .proto source", AddDescribe},
    {"export", Command::kExport, "write the schema to files", AddExport},
    {"template", Command::kTemplate, "print a request to fill in, as JSON or as items", AddTemplate},
    {"health", Command::kHealth, "ask whether a server, or one of its services, is serving", AddHealth},
};

// The option tree and the flags it fills.
struct Tree {
  Flags flags;
  Values values;
  CLI::App program{"An interactive gRPC client: learns a server's services and calls them.", "rpcctl"};
  bool version = false;

  // With the options of the command `only`, or of all where it is none: to make options takes longer than to
  // parse them.
  explicit Tree(std::string_view only = "") {
    program.add_flag("--version", version, "tell the version, and those of the libraries");
    program.set_help_flag("-h,--help", "show this help");
    const auto is_named = [&](const CommandEntry& entry) { return entry.name == only; };
    const bool one = std::any_of(std::begin(kCommands), std::end(kCommands), is_named);
    for (const CommandEntry& entry : kCommands) {
      CLI::App* app = program.add_subcommand(std::string(entry.name), std::string(entry.text));
      if (!one || is_named(entry)) entry.add_options(*app, values, flags);
    }
  }
};

std::vector<const CLI::App*> Commands(const CLI::App& program) {
  return program.get_subcommands([](const CLI::App*) { return true; });
}

OptionRow RowOf(const CLI::Option& option) {
  OptionRow row;
  for (const std::string& name : option.get_snames()) row.short_names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) row.long_names.push_back("--" + name);
  row.takes_value = option.get_items_expected_max() > 0;
  row.value_name = row.takes_value ? option.get_type_name() : "";
  row.text = option.get_description();
  row.group = option.get_group();
  return row;
}

CommandRow RowOf(const CLI::App& command) {
  CommandRow row{command.get_name(), command.get_description(), {}, {}, command.get_footer()};
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_positional()) {
      row.words.push_back(
          {option->get_name(true), option->get_required(), option->get_items_expected_max() > 1});
    } else {
      row.options.push_back(RowOf(*option));
    }
  }
  return row;
}

std::vector<CommandRow> TableOf(const CLI::App& program) {
  std::vector<CommandRow> table;
  for (const CLI::App* command : Commands(program)) table.push_back(RowOf(*command));
  return table;
}

// ---- errors ----

std::vector<std::string> OptionNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

Error UnknownOption(const CLI::App& app, const std::string& word) {
  std::string hint = DidYouMean(word, OptionNames(app));
  if (hint.empty() && app.get_parent() == nullptr)
    hint = "options stand behind the command: rpcctl COMMAND [OPTION...]";
  if (hint.empty()) {
    // "-5" and "-x=1" may be meant as words.
    const bool may_be_word = word.find('=') != std::string::npos || !word.starts_with("--");
    hint = fmt::format("'rpcctl {} --help' lists the options{}", app.get_name(),
                       may_be_word ? "; words that begin with '-' come after '--'" : "");
  }
  return {ErrorKind::kUsage, fmt::format("unknown option '{}'", SafeText(word)), hint};
}

Error UnknownCommand(const CLI::App& program, const std::string& word) {
  std::vector<std::string> names;
  for (const CLI::App* command : Commands(program)) names.push_back(command->get_name());
  std::string hint = DidYouMean(word, names);
  // A method where the command should stand is what people type who come from other tools.
  if (word.find(':') != std::string::npos) hint = "-t names the server: rpcctl list -t " + SafeText(word);
  if (hint.empty() && word.find_first_of("./") != std::string::npos) hint = "rpcctl call " + SafeText(word);
  if (hint.empty()) hint = "the commands are " + JoinForSentence(names, "and");
  return {ErrorKind::kUsage, fmt::format("unknown command '{}'", SafeText(word)), hint};
}

// What the parser refused, in our own words.
Error Refused(const Tree& tree, const OpaqueWords& hidden, const CLI::ParseError& error) {
  const auto chosen = tree.program.get_subcommands();
  const CLI::App& app = chosen.empty() ? tree.program : *chosen.front();
  for (const std::string& left : app.remaining()) {
    if (left.starts_with('-')) return UnknownOption(app, left);
  }
  const auto code = static_cast<CLI::ExitCodes>(error.get_exit_code());
  if (code == CLI::ExitCodes::RequiredError) {
    return {ErrorKind::kUsage, fmt::format("'{}' needs more: {}", app.get_name(), error.what()),
            fmt::format("'rpcctl {} --help' tells how it is used", app.get_name())};
  }
  if (code == CLI::ExitCodes::ArgumentMismatch) {
    const std::string what = error.what();
    return {ErrorKind::kUsage, fmt::format("option {} needs a value", what.substr(0, what.find(':'))),
            fmt::format("'rpcctl {} --help' tells what it takes", app.get_name())};
  }
  if (code == CLI::ExitCodes::ExtrasError) {
    std::string extra = app.remaining().empty() ? "" : app.remaining().front();
    hidden.Show(extra);
    return {ErrorKind::kUsage,
            fmt::format("'{}' takes fewer words: '{}' is one too many", app.get_name(), SafeText(extra)),
            fmt::format("'rpcctl {} --help' tells how it is used", app.get_name())};
  }
  return {ErrorKind::kUsage, SafeText(error.what()), ""};
}

// ---- parsing ----

// Whether any command has an option of this name that takes a value.
bool TakesValue(const CLI::App& program, std::string_view name) {
  for (const CLI::App* command : Commands(program)) {
    const CLI::Option* option = command->get_option_no_throw(std::string(name));
    if (option != nullptr && option->get_items_expected_max() > 0) return true;
  }
  return false;
}

void ShowAll(const OpaqueWords& hidden, const Values& values) {
  for (std::string* word : values.single) hidden.Show(*word);
  for (std::optional<std::string>* word : values.optional) {
    if (*word) hidden.Show(**word);
  }
  for (std::vector<std::string>* words : values.lists) {
    for (std::string& word : *words) hidden.Show(word);
  }
}

Result<Flags> FlagsOf(Tree& tree, const OpaqueWords& hidden) {
  const std::vector<CLI::App*> chosen = tree.program.get_subcommands();
  Flags& flags = tree.flags;
  ShowAll(hidden, tree.values);
  if (tree.version) {
    flags.command = Command::kVersion;
  } else if (chosen.empty()) {
    flags.help = ProgramHelp(TableOf(tree.program));
    flags.help_asked = false;
  } else {
    for (const CommandEntry& entry : kCommands) {
      if (chosen.front()->get_name() == entry.name) flags.command = entry.command;
    }
  }
  return std::move(flags);
}

// "-plaintext", as grpcurl has it, would be read as a row of short options.
std::optional<Error> SingleDash(const CLI::App& program, std::span<const std::string> words) {
  for (const std::string& word : words) {
    if (word == "--") break;
    if (word.size() < 3 || word[0] != '-' || word[1] == '-') continue;
    const std::string meant = "-" + word.substr(0, word.find('='));
    for (const CLI::App* command : Commands(program)) {
      if (command->get_option_no_throw(meant) == nullptr) continue;
      return Error{ErrorKind::kUsage, fmt::format("unknown option '{}'", SafeText(word)),
                   fmt::format("did you mean '{}'?", meant)};
    }
  }
  return std::nullopt;
}

bool IsCommand(const CLI::App& program, const std::string& word) {
  const std::vector<const CLI::App*> commands = Commands(program);
  return std::any_of(commands.begin(), commands.end(),
                     [&](const CLI::App* app) { return app->get_name() == word; });
}

}  // namespace

std::vector<CommandRow> CommandTable() {
  return TableOf(Tree().program);
}

Result<Flags> ParseCommandLine(std::span<const std::string> words) {
  std::vector<std::string> typed(words.begin(), words.end());
  if (typed == std::vector<std::string>{"help", "connection"}) {
    Flags flags;
    flags.help = ConnectionHelp(CommandTable().front());
    return flags;
  }
  // "rpcctl help call", as git and kubectl have it.
  if (!typed.empty() && typed[0] == "help") {
    typed.erase(typed.begin());
    typed.emplace_back("--help");
  }
  Tree tree(typed.empty() ? "" : typed[0]);
  if (std::optional<Error> single_dash = SingleDash(tree.program, typed)) return *single_dash;
  OpaqueWords hidden;
  std::vector<std::string> seen =
      hidden.Hide(typed, [&](std::string_view name) { return TakesValue(tree.program, name); });
  if (!seen.empty() && seen[0][0] != '-' && !IsCommand(tree.program, seen[0])) {
    return UnknownCommand(tree.program, seen[0]);
  }
  std::reverse(seen.begin(), seen.end());  // CLI11 takes its words from the back
  try {
    tree.program.parse(std::move(seen));
  } catch (const CLI::CallForHelp&) {
    const auto chosen = tree.program.get_subcommands();
    tree.flags.help =
        chosen.empty() ? ProgramHelp(TableOf(tree.program)) : CommandHelp(RowOf(*chosen.front()));
    return std::move(tree.flags);
  } catch (const CLI::ParseError& error) {
    return Refused(tree, hidden, error);
  }
  return FlagsOf(tree, hidden);
}

}  // namespace rpcctl
