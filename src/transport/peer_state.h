// Asks the kernel whether a peer has ever said anything.
#pragma once

#include <cstdint>

namespace rpcctl {

// Whether the peer of this connected socket has sent no byte so far, but for the first `skipped`, which were
// a proxy's. False where the kernel does not tell (unix sockets).
bool HasHeardNothing(int descriptor, uint64_t skipped = 0);

// Whether the peer has closed its side, or the connection is broken, without it ever having sent a byte but
// the first `skipped`. False where the kernel does not tell.
bool HasEndedWithoutAWord(int descriptor, uint64_t skipped = 0);

// Whether the peer has closed its side, or the connection is broken.
bool IsClosedByPeer(int descriptor);

}  // namespace rpcctl
