// What the options of every connecting command mean, once they were checked.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/duration.h"
#include "base/result.h"
#include "cmd/rpcctl/flags.h"
#include "cmd/rpcctl/header_plan.h"
#include "cmd/rpcctl/surroundings.h"
#include "render/colour.h"
#include "transport/metadata.h"
#include "transport/proxy.h"
#include "transport/target.h"
#include "transport/tls_context.h"

namespace rpcctl {

struct ConnectionPlan {
  Target target;
  Route route;                            // to the target: directly or through a proxy
  NameLookUp look_up = nullptr;           // null where no name has to be looked up
  Metadata metadata;                      // of the call
  Metadata reflection_metadata;           // of reflection
  std::shared_ptr<const TlsContext> tls;  // null: plaintext
  std::string authority;                  // empty: the target's own
  std::string user_agent;
  Duration keepalive{};                   // as TransportOptions has it
  std::vector<std::string> warnings;      // to be told before anything is done; safe to show
  TimePoint deadline = TimePoint::max();  // of the whole command
  Duration connect_timeout{};
  std::vector<std::string> protos;
  std::vector<std::string> proto_paths;
  std::vector<std::string> protosets;
  bool reflection = false;  // also where there are files
  int verbosity = 0;
  Colour out_colour = Colour::kOff;
  bool status_line = false;  // the outcome is told as JSON, and nothing else is
};

// Errors are kUsage and name the option, or kInput and name the file that an option names. `began` is when
// the command began: its --timeout counts from there.
Result<ConnectionPlan> MakeConnectionPlan(const ConnectionFlags& flags, const Surroundings& around,
                                          TimePoint began);
// The same with `headers` in place of those that the flags tell: none of their files is read.
Result<ConnectionPlan> MakeConnectionPlan(const ConnectionFlags& flags, const Surroundings& around,
                                          TimePoint began, HeaderPlan headers);

// kUsage where `metadata` has credentials that would cross the network to the plan's target in the open.
Result<void> CheckCredentials(const ConnectionFlags& flags, const Metadata& metadata,
                              const ConnectionPlan& plan);

// The server that is meant: --target, else RPCCTL_TARGET, else the one at kDefaultTarget. Errors are kUsage.
Result<Target> ChooseTarget(const ConnectionFlags& flags, const Surroundings& around);

// The target and how it is reached: "localhost:50051 (plaintext)", "api.test:443 (TLS, through the proxy
// proxy.test:3128 of https_proxy)". Not safe to show.
std::string DescribeTarget(const ConnectionPlan& plan);

// Whether a stream may hold colours: `choice` is what --color says, checked by MakeConnectionPlan.
Colour ColourFor(const std::string& choice, bool is_terminal, const Surroundings& around);

}  // namespace rpcctl
