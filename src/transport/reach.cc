#include "transport/reach.h"

#include <fmt/format.h>

#include <utility>

#include "base/safe_text.h"
#include "transport/dial.h"
#include "transport/resolve.h"
#include "transport/tunnel.h"

namespace rpcctl {
namespace {

// Times what is done one after another.
class Phase final {
 public:
  // Since the last one ended.
  Duration End() {
    const TimePoint now = std::chrono::steady_clock::now();
    return now - std::exchange(began_, now);
  }

 private:
  TimePoint began_ = std::chrono::steady_clock::now();
};

// Dials `target`: that of `options` or its proxy.
Result<Reached> DialTimed(const Target& target, const TransportOptions& options, TimePoint until,
                          Phase& phase) {
  const int interrupt = options.interrupt_descriptor;
  Result<std::vector<SocketAddress>> addresses = Resolve(target, options.look_up, until, interrupt);
  if (!addresses) return addresses.error();
  Reached reached;
  reached.phases.name = phase.End();
  Result<Socket> socket = Dial(target, std::move(*addresses), until, interrupt);
  if (!socket) return socket.error();
  reached.phases.dial = phase.End();
  reached.phases.address = PeerName(socket->descriptor());
  reached.socket = std::move(*socket);
  return reached;
}

}  // namespace

Result<Reached> Reach(const TransportOptions& options, TimePoint until) {
  Result<Reached> reached = ReachPlainly(options, until);
  if (!reached) return reached;
  if (options.tls) {
    Phase phase;
    Result<std::unique_ptr<TlsConnection>> secured = options.tls->Connect(
        std::move(reached->socket), options.target.Name(), until, options.interrupt_descriptor);
    if (!secured) return secured.error();
    reached->tls = std::move(*secured);
    reached->phases.tls = phase.End();
  }
  if (options.on_connected) options.on_connected(reached->phases);
  return reached;
}

Result<Reached> ReachPlainly(const TransportOptions& options, TimePoint until) {
  Phase phase;
  if (!options.proxy) return DialTimed(options.target, options, until, phase);
  const Proxy& proxy = *options.proxy;
  Result<Reached> reached = DialTimed(proxy.address, options, until, phase);
  if (!reached) {
    return Error{ErrorKind::kConnect,
                 fmt::format("cannot reach the proxy for {}: {}", SafeText(options.target.Name()),
                             reached.error().message),
                 HintAboutProxy(proxy)};
  }
  Result<size_t> taken = OpenTunnel(reached->socket.descriptor(), proxy, options.target, options.user_agent,
                                    until, options.interrupt_descriptor);
  if (!taken) return taken.error();
  reached->proxy_bytes = *taken;
  reached->phases.proxy = phase.End();
  return reached;
}

}  // namespace rpcctl
