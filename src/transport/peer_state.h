// Asks the kernel whether a peer has ever said anything.
#pragma once

namespace rpcctl {

// Whether the peer of this connected socket has sent no byte so far. False where the kernel does not tell
// (unix sockets).
bool HasHeardNothing(int descriptor);

// Whether the peer has closed its side, or the connection is broken, without it ever having sent a byte.
// False where the kernel does not tell.
bool HasEndedWithoutAWord(int descriptor);

// Whether the peer has closed its side, or the connection is broken.
bool IsClosedByPeer(int descriptor);

}  // namespace rpcctl
