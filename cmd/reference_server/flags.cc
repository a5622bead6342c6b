#include "reference_server/flags.h"

#include <CLI/CLI.hpp>
#include <map>
#include <sstream>

#include "reference_server/features.h"

namespace rpcctl::reference {
namespace {

constexpr char kDefaultAddress[] = "127.0.0.1:50051";
constexpr int64_t kLongestDelay = 86'400'000;
constexpr int kUsageError = 2;

constexpr char kFooter[] = R"(Examples:
  rpcctl-reference-server
  rpcctl-reference-server --listen 127.0.0.1:0 --features 1000000
  rpcctl-reference-server --unix /tmp/reference.sock --reflection v1alpha
)";

// What was typed, before it means anything.
struct Typed {
  std::vector<std::string> listen;
  std::string unix_path;
  std::string data_file;
  std::string call_log;
  std::vector<std::string> not_serving;
  std::string reflection = "both";
  int64_t features = 0;
  int64_t delay = 0;
  int64_t reflection_delay = 0;
  int64_t die_after = 0;
  bool allow_remote = false;
  bool no_health = false;
};

const std::map<std::string, Reflection>& ReflectionNames() {
  static const std::map<std::string, Reflection> names = {{"none", Reflection::kNone},
                                                          {"v1", Reflection::kV1},
                                                          {"v1alpha", Reflection::kV1Alpha},
                                                          {"both", Reflection::kBoth}};
  return names;
}

void AddServing(CLI::App& app, Typed& typed) {
  app.add_option("--listen", typed.listen, "Listen here, port 0 for a free one (default 127.0.0.1:50051)")
      ->type_name("HOST:PORT")
      ->allow_extra_args(false)
      ->group("Serving");
  app.add_flag("--allow-remote", typed.allow_remote, "Accept addresses that other machines can reach")
      ->group("Serving");
  app.add_option("--unix", typed.unix_path, "Listen on a Unix socket")->type_name("PATH")->group("Serving");
  CLI::Option* data = app.add_option("--data", typed.data_file, "Take RouteGuide's features from a JSON file")
                          ->type_name("FILE")
                          ->group("Serving");
  app.add_option("--features", typed.features, "Make up this many features instead")
      ->type_name("N")
      ->check(CLI::Range(int64_t{0}, kMostMadeUpFeatures))
      ->excludes(data)
      ->group("Serving");
  app.add_option("--reflection", typed.reflection, "Reflection to serve: v1, v1alpha, both (default) or none")
      ->type_name("WHICH")
      ->check(CLI::IsMember(ReflectionNames()))
      ->group("Serving");
  app.add_flag("--no-health", typed.no_health, "Leave out the health service")->group("Serving");
}

void AddTesting(CLI::App& app, Typed& typed) {
  app.add_option("--call-log", typed.call_log, "Append a line for each call that ends: METHOD STATUS")
      ->type_name("FILE")
      ->group("For tests of clients");
  app.add_option("--not-serving", typed.not_serving,
                 "Health calls this service NOT_SERVING, '' is the server; SIGUSR1 flips all states")
      ->type_name("SERVICE")
      ->allow_extra_args(false)
      ->group("For tests of clients");
  app.add_option("--delay", typed.delay, "Wait before the first answer of each call")
      ->type_name("MS")
      ->check(CLI::Range(int64_t{0}, kLongestDelay))
      ->group("For tests of clients");
  app.add_option("--reflection-delay", typed.reflection_delay, "The same for reflection")
      ->type_name("MS")
      ->check(CLI::Range(int64_t{0}, kLongestDelay))
      ->group("For tests of clients");
  app.add_option("--die-after", typed.die_after, "Exit with code 9 after N messages of a streamed answer")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber)
      ->group("For tests of clients");
}

ServerOptions Meaning(const CLI::App& app, const Typed& typed) {
  ServerOptions options;
  options.listen = typed.listen;
  if (typed.listen.empty() && typed.unix_path.empty()) options.listen = {kDefaultAddress};
  options.unix_path = typed.unix_path;
  options.allow_remote = typed.allow_remote;
  options.data_file = typed.data_file;
  if (app.count("--features") > 0) options.made_up_features = typed.features;
  options.reflection = ReflectionNames().at(typed.reflection);
  options.health = !typed.no_health;
  options.call_log = typed.call_log;
  options.not_serving = typed.not_serving;
  options.faults.delay = std::chrono::milliseconds(typed.delay);
  options.faults.reflection_delay = std::chrono::milliseconds(typed.reflection_delay);
  if (app.count("--die-after") > 0) options.faults.die_after = typed.die_after;
  return options;
}

}  // namespace

std::variant<ServerOptions, Refusal> ReadFlags(int argc, const char* const* argv) {
  CLI::App app(
      "Serves Greeter, HelloService and RouteGuide with health and reflection, to try gRPC clients on.",
      "rpcctl-reference-server");
  Typed typed;
  app.set_version_flag("--version", "rpcctl-reference-server " RPCCTL_VERSION, "Print the version");
  AddServing(app, typed);
  AddTesting(app, typed);
  app.footer(kFooter);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream out;
    std::ostringstream err;
    const int code = app.exit(error, out, err);
    return code == 0 ? Refusal{0, out.str()} : Refusal{kUsageError, err.str()};
  }
  return Meaning(app, typed);
}

}  // namespace rpcctl::reference
