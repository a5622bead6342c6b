// The benchmark's server for cold calls: says "listening on 127.0.0.1:PORT" and serves a greeter until it is
// killed.
#include <sys/socket.h>

#include <cstdio>

#include "tests/bench/answer_server.h"
#include "tests/bench/greeter_methods.h"
#include "tests/bench/loopback.h"

int main() {
  using namespace rpcctl::bench;
  const Listening listening = Listen(SOCK_NONBLOCK);
  if (listening.descriptor >= 0) {
    std::printf("listening on 127.0.0.1:%d\n", listening.port);
    std::fflush(stdout);
    ServeMethods(listening.descriptor, GreeterMethods());
  }
  std::perror("answer_server");
  return 1;
}
