#include "message/text_escapes.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

TEST_CASE("text escapes: those of characters are good") {
  CHECK_FALSE(FindBadEscape(R"(a: "\u00e9 \uD7FF \ue000 \U0001F600 \U0010ffff" b: 'é')"));
}

TEST_CASE("text escapes: a surrogate is found, also one of a pair") {
  CHECK(FindBadEscape(R"(a: "x\ud83d\ude00")") == R"(\ud83d)");
  CHECK(FindBadEscape(R"(a: 'x\U0000dc00')") == R"(\U0000dc00)");
}

TEST_CASE("text escapes: a number beyond the last character is found") {
  CHECK(FindBadEscape(R"(a: "\u0041" b: "\U00110000")") == R"(\U00110000)");
}

TEST_CASE("text escapes: nothing is one behind another backslash, in a comment, or outside strings") {
  CHECK_FALSE(FindBadEscape(R"(a: "\\ud800" \ud800)"));
  CHECK_FALSE(FindBadEscape("# it's \\ud800 \"\na: \"b\" # '\\ud800"));
  CHECK(FindBadEscape("# it's a quote\na: '\\ud800'") == "\\ud800");
}

TEST_CASE("text escapes: a quote of the other kind does not end a string") {
  CHECK(FindBadEscape(R"(a: "it's \ud800")") == R"(\ud800)");
  CHECK(FindBadEscape(R"(a: 'say \'"\ud800')") == R"(\ud800)");
}

TEST_CASE("text escapes: a text that ends early has none") {
  CHECK_FALSE(FindBadEscape(""));
  CHECK_FALSE(FindBadEscape("a: \""));
  CHECK_FALSE(FindBadEscape("a: \"\\"));
  CHECK_FALSE(FindBadEscape("a: \"\\u"));
  CHECK_FALSE(FindBadEscape("# a"));
}

}  // namespace
}  // namespace rpcctl
