// Runs command lines in process, against the reference server, and keeps what they print.
#pragma once

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/output.h"
#include "cmd/rpcctl/all_abilities.h"
#include "cmd/rpcctl/app.h"
#include "reference_server/server.h"
#include "tests/support/tested_transport.h"

namespace rpcctl::testing {

struct Printed {
  int exit_code = 0;
  std::string out;
  std::string err;
};

// What surrounds a run; the defaults are those of a script.
struct RunSettings {
  std::string standard_input = {};
  bool terminal = false;
  std::map<std::string, std::string> environment = {};
  // Surroundings' own; where there is none, no other transport can be had.
  std::function<Error(std::string_view)> become = {};
};

// A descriptor from which `text` can be read: a pipe whose writing end is closed. For texts that fit into a
// pipe.
inline int InputWith(const std::string& text) {
  int ends[2];
  REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
  REQUIRE(write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  close(ends[1]);
  return ends[0];
}

inline Printed RunWords(const std::vector<std::string>& words, const RunSettings& settings = {}) {
  StringOutput out, err;
  const int input = InputWith(settings.standard_input);
  const auto environment = [&](const std::string& name) -> std::optional<std::string> {
    const auto found = settings.environment.find(name);
    return found == settings.environment.end() ? std::nullopt : std::optional(found->second);
  };
  Surroundings around{input, out, err, settings.terminal, settings.terminal, environment, TestedTransport()};
  around.abilities = AllAbilities();
  // A machine that is busy is no fault.
  around.key_patience = "60s";
  if (settings.become) around.become = settings.become;
  const RunResult result = Run(words, around);
  close(input);
  CHECK(result.signal == 0);
  return {result.exit_code, out.text(), err.text()};
}

// A reference server, and command lines run against it through RPCCTL_TARGET.
class Bench final {
 public:
  explicit Bench(reference::ServerOptions options = {}) {
    auto started = reference::ReferenceServer::Start(options);
    REQUIRE(started);
    server_ = std::move(*started);
  }
  Printed Run(const std::vector<std::string>& words, RunSettings settings = {}) const {
    settings.environment["RPCCTL_TARGET"] = server_->addresses()[0];
    return RunWords(words, settings);
  }

 private:
  std::unique_ptr<reference::ReferenceServer> server_;
};

}  // namespace rpcctl::testing
