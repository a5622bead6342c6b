// Where on a command line of rpcctl the cursor stands, and what was said before it.
#pragma once

#include <string>
#include <vector>

#include "completion/completion.h"
#include "completion/option_table.h"
#include "completion/shell_line.h"

namespace rpcctl {

enum class Stands {
  kNowhere,  // where rpcctl takes nothing
  kAtFile,   // at a file of the shell's own, behind ">"
  kAtCommand,
  kAtOption,  // at the name of an option
  kAtValue,   // at the value of an option
  kAtWord,    // at a word of the command
};

struct Cursor {
  Stands stands = Stands::kNowhere;
  GivenLine given;
  const KnownCommand* command = nullptr;  // null until the line names one
  std::vector<std::string> words;         // of the command, before the one being typed
  bool only_words = false;                // "--" was given: what begins with "-" is a word
  const KnownOption* option = nullptr;    // with kAtValue
  std::string typed;                      // the word being typed
  size_t value_at = 0;                    // with kAtValue: where in it the value begins, behind "--name="
};

// Words are read as the program reads them (cmd/rpcctl/opaque_words.h): options may stand anywhere, with
// their value behind a blank, or "=" or, of a short one, directly. Borrows `table`. `home` is what a "~" at
// the beginning of an earlier word becomes; "" leaves it alone.
Cursor FindCursor(const ShellLine& line, const OptionTable& table, std::string_view home);

}  // namespace rpcctl
