#include "base/shell_word.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

TEST_CASE("shell word: what means nothing to a shell stays as it is") {
  for (const char* word : {"name=you", "a.b.0=1", "at=2026-01-01T00:00:00Z", "x:=1", "t+=a", "@file", "-1",
                           "any.@type=pkg.T", "50%", "a,b"}) {
    CHECK(ShellWord(word) == word);
  }
}

TEST_CASE("shell word: anything else stands in single quotes") {
  CHECK(ShellWord("a=b c") == "'a=b c'");
  CHECK(ShellWord("a:={}") == "'a:={}'");
  CHECK(ShellWord("[pkg.ext]=1") == "'[pkg.ext]=1'");
  CHECK(ShellWord("$(touch x)`y`\\") == "'$(touch x)`y`\\'");
  CHECK(ShellWord("#a") == "'#a'");
  CHECK(ShellWord("~") == "'~'");
  CHECK(ShellWord("\xc3\xa9") == "'\xc3\xa9'");
}

TEST_CASE("shell word: a single quote is put between two quoted parts") {
  CHECK(ShellWord("it's") == "'it'\\''s'");
  CHECK(ShellWord("'") == "''\\'''");
}

TEST_CASE("shell word: an empty word can be seen") {
  CHECK(ShellWord("") == "''");
}

}  // namespace
}  // namespace rpcctl
