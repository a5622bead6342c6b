// What the options of every connecting command mean, once they were checked.
#pragma once

#include <string>
#include <vector>

#include "base/duration.h"
#include "base/result.h"
#include "cmd/rpcctl/flags.h"
#include "cmd/rpcctl/surroundings.h"
#include "render/colour.h"
#include "transport/metadata.h"
#include "transport/target.h"

namespace rpcctl {

struct ConnectionPlan {
  Target target;
  Metadata metadata;
  TimePoint deadline = TimePoint::max();  // of the whole command
  Duration connect_timeout{};
  std::vector<std::string> protos;
  std::vector<std::string> proto_paths;
  int verbosity = 0;
  Colour out_colour = Colour::kOff;
  bool status_line = false;  // the outcome is told as JSON, and nothing else is
};

// Errors are kUsage and name the option. `began` is when the command began: its --timeout counts from there.
Result<ConnectionPlan> MakeConnectionPlan(const ConnectionFlags& flags, const Surroundings& around,
                                          TimePoint began);

// Whether a stream may hold colours: `choice` is what --color says, checked by MakeConnectionPlan.
Colour ColourFor(const std::string& choice, bool is_terminal, const Surroundings& around);

}  // namespace rpcctl
