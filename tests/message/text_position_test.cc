#include "message/text_position.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

std::string At(std::string_view text, size_t offset, TextPosition start = {}) {
  return FormatPosition(PositionAt(text, offset, start));
}

TEST_CASE("text_position: counting begins with 1") {
  CHECK(At("", 0) == "line 1, column 1");
  CHECK(At("abc", 2) == "line 1, column 3");
  CHECK(At("abc", 3) == "line 1, column 4");
}

TEST_CASE("text_position: a line break ends its line") {
  CHECK(At("ab\ncd\n\ne", 2) == "line 1, column 3");
  CHECK(At("ab\ncd\n\ne", 3) == "line 2, column 1");
  CHECK(At("ab\ncd\n\ne", 6) == "line 3, column 1");
  CHECK(At("ab\ncd\n\ne", 7) == "line 4, column 1");
}

TEST_CASE("text_position: columns are characters, whatever their bytes") {
  CHECK(At("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80x", 9) == "line 1, column 4");
}

TEST_CASE("text_position: the first line goes on from where the text begins") {
  CHECK(At("abc\nd", 2, {7, 11}) == "line 7, column 13");
  CHECK(At("abc\nd", 4, {7, 11}) == "line 8, column 1");
}

TEST_CASE("text_position: an offset behind the end is the end") {
  CHECK(At("ab", 10) == "line 1, column 3");
}

}  // namespace
}  // namespace rpcctl
