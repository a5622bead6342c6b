// What was typed: every option and word of a command line as text, nothing checked yet.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace rpcctl {

// Options of every command that connects.
struct ConnectionFlags {
  std::optional<std::string> target;
  std::optional<std::string> transport;
  bool plaintext = false;
  bool tls = false;
  std::optional<std::string> ca_file;
  std::optional<std::string> cert_file;
  std::optional<std::string> key_file;
  std::optional<std::string> server_name;
  bool insecure = false;
  std::optional<std::string> authority;
  bool allow_plaintext_credentials = false;
  std::optional<std::string> proxy;
  std::vector<std::string> protos;
  std::vector<std::string> proto_paths;
  std::vector<std::string> protosets;
  bool reflection = false;
  std::vector<std::string> headers;
  std::vector<std::string> header_files;
  std::vector<std::string> call_headers;
  std::vector<std::string> reflection_headers;
  bool expand_environment = false;
  std::optional<std::string> user_agent;
  std::optional<std::string> keepalive;
  bool no_keepalive = false;
  std::optional<std::string> timeout;
  std::optional<std::string> connect_timeout;
  int verbosity = 0;
  std::string colour = "auto";
  std::string status = "text";
};

struct CallFlags {
  std::string method;
  std::vector<std::string> words;
  std::vector<std::string> data;
  std::string input = "json";
  bool allow_unknown = false;
  std::optional<std::string> translation;  // --as
  std::optional<std::string> output;
  bool proto_names = false;
  bool defaults = false;
  std::optional<std::string> format;
  std::optional<std::string> limit;
  std::optional<std::string> max_message_size;
  std::optional<std::string> compression;
  bool dry_run = false;
  std::optional<std::string> record;  // the script that the call is appended to
};

struct ListFlags {
  std::optional<std::string> service;
  bool long_form = false;
};

struct DescribeFlags {
  std::vector<std::string> symbols;
  std::optional<std::string> output;
};

struct ExportFlags {
  std::vector<std::string> symbols;
  std::optional<std::string> file;
  std::optional<std::string> folder;
  bool force = false;
};

struct TemplateFlags {
  std::string name;
  std::optional<std::string> form;
  bool comments = false;
};

struct HealthFlags {
  std::optional<std::string> service;
  bool watch = false;
  std::optional<std::string> limit;
};

struct TestFlags {
  std::vector<std::string> paths;
  std::vector<std::string> variables;  // "name=value"
  std::vector<std::string> tags;
  std::vector<std::string> skip_tags;
  std::vector<std::string> cases;
  std::optional<std::string> jobs;
  std::optional<std::string> total_timeout;
  bool fail_fast = false;
  std::optional<std::string> junit;
  bool tap = false;
  bool json = false;
  bool list = false;
  bool check = false;
  bool update = false;
};

struct CompletionFlags {
  std::string shell;
};

enum class Command {
  kHelp,
  kVersion,
  kCall,
  kList,
  kDescribe,
  kExport,
  kTemplate,
  kHealth,
  kTest,
  kCompletion,
};

struct Flags {
  Command command = Command::kHelp;
  std::string help;        // the text to show, with kHelp
  bool help_asked = true;  // false when the help answers a command line without a command
  ConnectionFlags connection;
  CallFlags call;
  ListFlags list;
  DescribeFlags describe;
  ExportFlags exporting;
  TemplateFlags request_template;
  HealthFlags health;
  TestFlags test;
  CompletionFlags completion;
};

}  // namespace rpcctl
