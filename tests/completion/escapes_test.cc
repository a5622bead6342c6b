#include "completion/escapes.h"

#include <doctest/doctest.h>

#include <utility>

namespace rpcctl {
namespace {

const std::pair<std::string_view, std::string_view> kMeanings[] = {{"n", "\n"},
                                                                   {"t", "\t"},
                                                                   {"e", "\x1b"},
                                                                   {"x41", "A"},
                                                                   {"x4g", "\x04"},
                                                                   {"101", "A"},
                                                                   {"7x", "\a"},
                                                                   {"u00e4", "\xc3\xa4"},
                                                                   {"ue4", "\xc3\xa4"},
                                                                   {"u20ac", "\xe2\x82\xac"},
                                                                   {"U0001f600", "\xf0\x9f\x98\x80"},
                                                                   {"cA", "\x01"}};

TEST_CASE("escapes: letters, numbers of bytes and of characters") {
  for (const auto& [escape, meaning] : kMeanings) {
    CAPTURE(escape);
    std::string text;
    CHECK(AppendEscape(escape, text) == (escape == "x4g" ? 2 : escape == "7x" ? 1 : escape.size()));
    CHECK(text == meaning);
  }
}

TEST_CASE("escapes: what is none takes nothing and leaves nothing") {
  for (const std::string_view escape : {"", "q", "x", "xg", "u", "c", "9", "'"}) {
    CAPTURE(escape);
    std::string text = "before";
    CHECK(AppendEscape(escape, text) == 0);
    CHECK(text == "before");
  }
}

TEST_CASE("escapes: a NUL, and a number that is no character, are left out") {
  for (const std::string_view escape : {"0", "x00", "ud800", "U00110000", "Uffffffff"}) {
    CAPTURE(escape);
    std::string text;
    CHECK(AppendEscape(escape, text) == escape.size());
    CHECK(text.empty());
  }
}

}  // namespace
}  // namespace rpcctl
