// The reference server, startable in process: Greeter, HelloService, RouteGuide, health and reflection.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "reference_server/faults.h"
#include "reference_server/outcome.h"

namespace rpcctl::reference {

// The versions of server reflection that are served.
enum class Reflection { kNone, kV1, kV1Alpha, kBoth };

// What to serve and where. The default is everything, on a free port that only this machine reaches.
struct ServerOptions {
  // HOST:PORT each; port 0 asks for a free one.
  std::vector<std::string> listen = {"127.0.0.1:0"};

  // A Unix socket to listen on as well; empty for none.
  std::string unix_path = {};

  // Without it only addresses that this machine alone reaches are accepted.
  bool allow_remote = false;

  // RouteGuide's features come from this file instead of the built-in list; empty for the list.
  std::string data_file = {};

  // RouteGuide serves this many made-up features instead, at most kMostMadeUpFeatures.
  std::optional<int64_t> made_up_features = {};

  Reflection reflection = Reflection::kBoth;
  bool health = true;

  // Services by full name, "" for the server as a whole, that health calls NOT_SERVING.
  std::vector<std::string> not_serving = {};

  // Gets a line for each call that ends: "/helloworld.Greeter/SayHello OK"; empty for no log. A call that was
  // cancelled (by the client, its deadline or Stop) is logged as CANCELLED, one to a method that nobody
  // serves as "unknown". The line stands before the client sees the status.
  std::string call_log = {};

  Faults faults = {};
};

// A running server. It has at most 256 calls in progress; more are refused with RESOURCE_EXHAUSTED.
class ReferenceServer final {
 public:
  // Returns once the server answers. The failure names the address, file or option that is wrong.
  static Outcome<std::unique_ptr<ReferenceServer>> Start(const ServerOptions& options);

  // Stops it.
  ~ReferenceServer();
  ReferenceServer(const ReferenceServer&) = delete;
  ReferenceServer& operator=(const ReferenceServer&) = delete;

  // Where it listens, ready to be dialled, in the order of the options: "127.0.0.1:41233",
  // "unix:/tmp/socket".
  const std::vector<std::string>& addresses() const;

  // Lets health call NOT_SERVING what it calls SERVING, and the other way round, from now on.
  void FlipHealth();

  // Takes no new calls, gives those in progress a fifth of a second, cancels the rest and returns when all
  // have ended. Doing it twice is harmless.
  void Stop();

 private:
  struct Parts;
  explicit ReferenceServer(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace rpcctl::reference
