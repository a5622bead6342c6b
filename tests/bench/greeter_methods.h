// The greeter that cold calls of the benchmark call.
#pragma once

#include "tests/bench/method.h"

namespace rpcctl::bench {

// Greeter's SayHello, and server reflection in both versions about proto/helloworld.proto. For one thread.
Methods GreeterMethods();

}  // namespace rpcctl::bench
