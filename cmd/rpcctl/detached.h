// Starts this program once more, on its own.
#pragma once

#include <string>
#include <vector>

namespace rpcctl {

// Runs this executable with `words` (without the program's name) in a session of its own, in the folder "/"
// and with nothing open but /dev/null in the places of the standard streams, and does not wait for it. That
// it could not be started is told to nobody.
void StartDetached(std::vector<std::string> words);

}  // namespace rpcctl
