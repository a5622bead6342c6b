// A table of options for completion, small enough to write out what it leads to.
#pragma once

#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "completion/option_table.h"

namespace rpcctl {

// A few commands with every kind of option and word.
inline const OptionTable& SmallTable() {
  static const std::vector<KnownOption> kShared = {
      {{"-t", "--target"}, "the server", true, false, "ADDR"},
      {{"-H", "--header"}, "metadata", true, true, "'NAME: VALUE'"},
      {{"--cacert"}, "certificates", true, false, "FILE"},
      {{"--proxy"}, "a proxy", true, false, "URL|none"},
      {{"--timeout"}, "limit", true, false, "DUR"},
      {{"-v", "--verbose"}, "tell more", false, true},
      {{"--tls"}, "use TLS", false, false},
      {{"--color"}, "colours", true, false, "WHEN", {"auto", "always", "never"}},
  };
  static const auto kWith = [](std::vector<KnownWord> words, std::vector<KnownOption> more) {
    more.insert(more.end(), kShared.begin(), kShared.end());
    return KnownCommand{std::move(words), std::move(more)};
  };
  static const std::map<std::string_view, KnownCommand> kCommands = {
      {"call",
       kWith({{"METHOD"}, {"ITEM", true}}, {{{"-d", "--data"}, "data", true, true, "JSON|@FILE|@-"},
                                            {{"-f", "--format"}, "a template", true, false, "TEMPLATE"}})},
      {"list", kWith({{"SERVICE"}}, {{{"-l", "--long"}, "more", false, false}})},
      {"describe", kWith({{"SYMBOL", true}}, {})},
      {"template", kWith({{"METHOD|MESSAGE"}}, {})},
      {"health", kWith({{"SERVICE"}}, {})},
      {"help", {{{"call|list"}}, {}}},
  };
  static const OptionTable kTable = {
      {{"call", "invoke a method"},
       {"list", "list services"},
       {"describe", "show"},
       {"template", "a request"},
       {"health", "ask"},
       {"help", "tell"}},
      {{{"-h", "--help"}, "show this help"}, {{"--version"}, "tell the version"}},
      [](std::string_view name) -> const KnownCommand& { return kCommands.at(name); }};
  return kTable;
}

}  // namespace rpcctl
