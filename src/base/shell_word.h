// Words as a POSIX shell reads them back.
#pragma once

#include <string>
#include <string_view>

namespace rpcctl {

// `word` so that a shell (and xargs) reads it back as this one word: as it is where nothing in it means
// something to a shell, otherwise in single quotes. Bytes are kept: what must not reach a terminal is not for
// this to judge.
std::string ShellWord(std::string_view word);

}  // namespace rpcctl
