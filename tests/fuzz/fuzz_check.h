// How a fuzz target says that a promise was broken.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace rpcctl::fuzz {

// Ends the process where `held` is false: libFuzzer then keeps the input. `what` says which promise it was,
// `shown` and `also` what it was broken with.
inline void Require(bool held, std::string_view what, std::string_view shown = {},
                    std::string_view also = {}) {
  if (held) return;
  const auto print = [](std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fputc('\n', stderr);
  };
  print(what);
  print(shown);
  print(also);
  std::abort();
}

}  // namespace rpcctl::fuzz
