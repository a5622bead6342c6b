#include "completion/shell_line.h"

#include <doctest/doctest.h>

#include "base/shell_word.h"

namespace rpcctl {
namespace {

using Words = std::vector<std::string>;

// The words of `line` and, behind them, the one being typed.
Words Read(std::string_view line, Shell shell = Shell::kBash) {
  Words words;
  ShellLine read = ReadShellLine(shell, line);
  for (ShellWordText& word : read.words) words.push_back(std::move(word.text));
  words.push_back(std::move(read.current.text));
  return words;
}

constexpr Shell kAll[] = {Shell::kBash, Shell::kZsh, Shell::kFish};

TEST_CASE("shell line: words end at blanks, and a blank begins an empty one") {
  for (const Shell shell : kAll) {
    CHECK(Read("rpcctl  call\tGree", shell) == Words{"rpcctl", "call", "Gree"});
    CHECK(Read("rpcctl call ", shell) == Words{"rpcctl", "call", ""});
    CHECK(Read("", shell) == Words{""});
  }
}

TEST_CASE("shell line: quotes are taken off, and one that is open runs to the cursor") {
  for (const Shell shell : kAll) {
    CHECK(Read("a 'b c' \"d e\"f", shell) == Words{"a", "b c", "d ef"});
    CHECK(Read("a 'b c", shell) == Words{"a", "b c"});
    CHECK(Read("a \"b 'c", shell) == Words{"a", "b 'c"});
    CHECK(Read("a '' b", shell) == Words{"a", "", "b"});
  }
}

TEST_CASE("shell line: a backslash takes the next byte as it is") {
  for (const Shell shell : kAll) {
    CHECK(Read("a b\\ c\\;d", shell) == Words{"a", "b c;d"});
    CHECK(Read(R"(a "b\"c\\d\$e")", shell) == Words{"a", R"(b"c\d$e)"});
    CHECK(Read(R"(a "b\c")", shell) == Words{"a", R"(b\c)"});
    CHECK(Read("a b\\\nc", shell) == Words{"a", "bc"});
    CHECK(Read("a b\\", shell) == Words{"a", "b"});
  }
}

TEST_CASE("shell line: what single quotes keep differs in fish") {
  CHECK(Read(R"(a 'b\\c')") == Words{"a", R"(b\\c)"});
  CHECK(Read(R"(a 'b\' c')", Shell::kBash) == Words{"a", R"(b\)", "c"});
  CHECK(Read(R"(a 'b\'c\\d\e')", Shell::kFish) == Words{"a", R"(b'c\d\e)"});
}

TEST_CASE("shell line: escapes stand in $'...', and in fish outside of quotes") {
  CHECK(Read(R"(a $'b\tc\'\x41\q')") == Words{"a", "b\tc'A\\q"});
  CHECK(Read(R"(a $'b\)", Shell::kZsh) == Words{"a", "b\\"});
  CHECK(Read(R"(a $"b c")") == Words{"a", "b c"});
  CHECK(Read(R"(a b\tc\x41)", Shell::kFish) == Words{"a", "b\tcA"});
  CHECK(Read(R"(a b\tc)", Shell::kBash) == Words{"a", "btc"});
}

TEST_CASE("shell line: the last simple command counts") {
  for (const Shell shell : kAll) {
    for (const std::string_view before :
         {"true; ", "true && ", "true || ", "true | ", "true |& ", "true & ", "true\n", "'a;b' c;", "a>b;"}) {
      CAPTURE(before);
      CHECK(Read(std::string(before) + "rpcctl list G", shell) == Words{"rpcctl", "list", "G"});
    }
  }
}

TEST_CASE("shell line: a subshell is a command of its own, and over when it closes") {
  for (const Shell shell : {Shell::kBash, Shell::kZsh}) {
    CHECK(Read("(rpcctl list", shell) == Words{"rpcctl", "list"});
    CHECK(Read("(a b) c", shell) == Words{"c"});
    CHECK(Read("f() { rpcctl list", shell) == Words{"{", "rpcctl", "list"});
  }
}

TEST_CASE("shell line: an open substitution is the command that the cursor stands in") {
  for (const std::string_view before :
       {"echo $(", "echo \"a $(", "echo <(", "x=$(a; b $(", "echo $((1)) $("}) {
    CAPTURE(before);
    CHECK(Read(std::string(before) + "rpcctl list G") == Words{"rpcctl", "list", "G"});
  }
  CHECK(Read("echo `rpcctl list") == Words{"rpcctl", "list"});
  CHECK(Read("echo \"`rpcctl list") == Words{"rpcctl", "list"});
  CHECK(Read("echo (rpcctl list", Shell::kFish) == Words{"rpcctl", "list"});
  CHECK(Read("echo a(rpcctl list", Shell::kFish) == Words{"rpcctl", "list"});
}

TEST_CASE("shell line: a finished substitution is an opaque part of a word") {
  CHECK(Read("a $(b c; d) e") == Words{"a", "$(...)", "e"});
  CHECK(Read("a x$(b \"$(c)\")y") == Words{"a", "x$(...)y"});
  CHECK(Read("a \"b `c d` e\" f") == Words{"a", "b $(...) e", "f"});
  CHECK(Read("a b(c d)e f", Shell::kFish) == Words{"a", "b$(...)e", "f"});
  CHECK(Read("a *(c d) f", Shell::kZsh) == Words{"a", "*$(...)", "f"});
  const ShellLine line = ReadShellLine(Shell::kBash, "a $(b) 'c' x$(d)");
  CHECK(line.words[1].opaque);
  CHECK_FALSE(line.words[2].opaque);
  CHECK(line.current.opaque);
}

TEST_CASE("shell line: variables stay as they stand, and are opaque") {
  for (const std::string_view word : {"$HOME/x", "${HOME:-a b}", "${a:-${b}}", "$1", "$?"}) {
    CAPTURE(word);
    const ShellLine line = ReadShellLine(Shell::kBash, "a " + std::string(word));
    CHECK(line.current.text == word);
    CHECK(line.current.opaque);
  }
  CHECK(Read("a '$HOME' $ ") == Words{"a", "$HOME", "$", ""});
  CHECK_FALSE(ReadShellLine(Shell::kBash, "a '$HOME'").current.opaque);
  CHECK(ReadShellLine(Shell::kBash, "a \"$HOME\"").current.opaque);
}

TEST_CASE("shell line: a tilde is told where the shell would replace it") {
  const ShellLine line = ReadShellLine(Shell::kBash, "a ~/b '~/c' d~ ~");
  CHECK(line.words[1].tilde);
  CHECK_FALSE(line.words[2].tilde);
  CHECK_FALSE(line.words[3].tilde);
  CHECK(line.current.tilde);
}

TEST_CASE("shell line: redirections are no words") {
  for (const Shell shell : kAll) {
    CHECK(Read("a 2>b <c >>d e >&2 f 2>&1 &>g h", shell) == Words{"a", "e", "f", "h"});
    CHECK(Read("a b2>c d", shell) == Words{"a", "b2", "d"});
    CHECK(Read("a '2'>c d", shell) == Words{"a", "2", "d"});
  }
  CHECK(Read("a <<<b c") == Words{"a", "c"});
  CHECK(Read("a >|b c") == Words{"a", "c"});
  CHECK(Read("a <<-b c >- d") == Words{"a", "c", "d"});
}

TEST_CASE("shell line: what closes a descriptor has no file") {
  for (const Shell shell : kAll) {
    CHECK(Read("a 2>&- b <&- c >&- d", shell) == Words{"a", "b", "c", "d"});
    CHECK_FALSE(ReadShellLine(shell, "a 2>&- ").names_file);
  }
}

TEST_CASE("shell line: the file of a redirection is told") {
  for (const std::string_view line : {"a >", "a > ", "a 2>x", "a > 'x y", "a <", "a &> x"}) {
    CAPTURE(line);
    CHECK(ReadShellLine(Shell::kBash, line).names_file);
  }
  for (const std::string_view line : {"a >x ", "a >x;b", "a '>'", "a 2>&1 "}) {
    CAPTURE(line);
    CHECK_FALSE(ReadShellLine(Shell::kBash, line).names_file);
  }
}

TEST_CASE("shell line: assignments before the command are kept apart") {
  const ShellLine line = ReadShellLine(Shell::kBash, "A=1 B_2='x y' C=$D rpcctl E=3 F");
  using Assignments = std::vector<std::pair<std::string, std::string>>;
  CHECK(line.assignments == Assignments{{"A", "1"}, {"B_2", "x y"}, {"C", "$D"}});
  CHECK(ReadShellLine(Shell::kZsh, "A=$(b c)d e").assignments == Assignments{{"A", "$(...)d"}});
  CHECK(Read("A=1 rpcctl E=3 F") == Words{"rpcctl", "E=3", "F"});
  CHECK(Read("1A=1 b") == Words{"1A=1", "b"});
}

TEST_CASE("shell line: a comment holds no command") {
  CHECK(ReadShellLine(Shell::kBash, "a # b").in_comment);
  CHECK(ReadShellLine(Shell::kFish, "a # b").in_comment);
  CHECK_FALSE(ReadShellLine(Shell::kZsh, "a # b").in_comment);
  CHECK_FALSE(ReadShellLine(Shell::kBash, "a # b\nc d").in_comment);
  CHECK(Read("a # b\nc d") == Words{"c", "d"});
  CHECK(Read("a b#c") == Words{"a", "b#c"});
}

TEST_CASE("shell line: a word quoted for a shell is read back as it was") {
  for (const std::string_view word : {"plain", "a b", "it's", "$(touch x)", "`x`", "a\nb", "\\", "*?[", "~",
                                      "#", "\xff\xfe", "a;b|c&d", "{}", "=@", "!!"}) {
    CAPTURE(word);
    CHECK(Read("x " + ShellWord(word)) == Words{"x", std::string(word)});
    CHECK(Read("x " + ShellWord(word), Shell::kZsh) == Words{"x", std::string(word)});
  }
}

TEST_CASE("shell line: deep nesting and long lines are read in one go") {
  std::string deep, backquotes;
  for (int i = 0; i < 20000; ++i) {
    deep += "$(";
    backquotes += "`\"$(";
  }
  CHECK(Read(deep + "a b") == Words{"a", "b"});
  CHECK(Read(deep + std::string(20000, ')')) == Words{"$(...)"});
  CHECK(Read(backquotes + "a") == Words{"a"});
  CHECK(Read(std::string(100000, '(') + "a") == Words{"a"});
  CHECK(Read("a ${" + std::string(100000, '{')).size() == 2);
}

TEST_CASE("shell line: shells are known by their names") {
  CHECK((ShellCalled("bash") == Shell::kBash));
  CHECK((ShellCalled("zsh") == Shell::kZsh));
  CHECK((ShellCalled("fish") == Shell::kFish));
  for (const std::string_view name : {"", "sh", "Bash", "bash "}) CHECK_FALSE(ShellCalled(name));
}

}  // namespace
}  // namespace rpcctl
