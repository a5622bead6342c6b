// The line of a shell up to the cursor, taken apart as that shell would, and nothing in it carried out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rpcctl {

enum class Shell { kBash, kZsh, kFish };

// "bash", "zsh" or "fish"; nullopt for any other name.
std::optional<Shell> ShellCalled(std::string_view name);

// One word without its quotes.
struct ShellWordText {
  std::string text;
  // What the shell would put in its place is not known: it holds a variable or a substitution, of which
  // `text` has the source ("$HOME/x"), of one in parentheses only "$(...)".
  bool opaque = false;
  bool tilde = false;  // begins with an unquoted "~" that the shell would replace by a home directory
};

// The last simple command of a line, which is the one that the cursor stands in.
struct ShellLine {
  // NAME=value before the command. Of what the shell would replace, the source, as in ShellWordText.
  std::vector<std::pair<std::string, std::string>> assignments;
  std::vector<ShellWordText> words;  // before the one being typed; the first is the command
  ShellWordText current;             // the word being typed, up to the cursor; empty behind a blank
  bool names_file = false;           // `current` is the file of a redirection
  bool in_comment = false;           // the cursor stands in a comment
};

// Reads
//
//   line        = { command separator } command          the last command counts
//   separator   = ";" | "|" | "&" | newline | "("         and what is made of several: "&&", "||", "|&"
//   command     = { NAME=value } { word | redirection }
//   redirection = [digits | "&"] ("<" | ">") ... word     skipped; "2>&-" has no word
//   word        = plain | \c | '...' | "..." | $'...' | $NAME | ${...} | $(...) | `...` | <(...)
//
// An unfinished substitution is a command of its own, in which the cursor stands; a finished one is part of a
// word. A quote that is not closed runs to the cursor. fish has no $'...' and no backquotes, lets a backslash
// stand before a quote or another backslash within '...', and writes a substitution as "(...)" too. Takes any
// bytes, in time and memory that grow with their number.
ShellLine ReadShellLine(Shell shell, std::string_view line);

}  // namespace rpcctl
