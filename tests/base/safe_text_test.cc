#include "base/safe_text.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

TEST_CASE("safe text: plain text of any language stays as it is") {
  CHECK(SafeText("Grüße, 世界! a\\b") == "Grüße, 世界! a\\b");
}

TEST_CASE("safe text: control characters become visible") {
  CHECK(SafeText("\x1b]0;owned\x07") == "\\x1b]0;owned\\x07");
  CHECK(SafeText("a\r\nb\tc") == "a\\x0d\\nb\\tc");
  CHECK(SafeText("\xc2\x9b"
                 "2J") == "\\u009b2J");
  CHECK(SafeText("\x7f") == "\\x7f");
}

TEST_CASE("safe text: bidirectional and zero-width characters become visible") {
  CHECK(SafeText("\u202egnp.exe") == "\\u202egnp.exe");
  CHECK(SafeText("a\u200bb") == "a\\u200bb");
}

TEST_CASE("safe text: bytes that are not UTF-8 become visible") {
  CHECK(SafeText("\xff\xc3") == "\\xff\\xc3");
  CHECK(SafeText("\xed\xa0\x80") == "\\xed\\xa0\\x80");
}

TEST_CASE("safe text: escaping twice changes nothing") {
  const std::string once = SafeText("\x1b\u202e\xff\\");
  CHECK(SafeText(once) == once);
}

TEST_CASE("safe text: an excerpt ends at a character and says that it does") {
  CHECK(SafeExcerpt("short", 10) == "short");
  CHECK(SafeExcerpt("0123456789abc", 10) == "0123456789...");
  CHECK(SafeExcerpt("aé", 2) == "a...");
}

TEST_CASE("safe text: a character is decoded to its code point") {
  CHECK(DecodeUtf8("a") == 0x61);
  CHECK(DecodeUtf8("\u00e9") == 0xE9);
  CHECK(DecodeUtf8("\u4e16") == 0x4E16);
  CHECK(DecodeUtf8("\U0001F600") == 0x1F600);
}

TEST_CASE("safe text: invisible characters are unsafe, letters are not") {
  CHECK(IsUnsafeCharacter(0x9B));
  CHECK(IsUnsafeCharacter(0x202E));
  CHECK(IsUnsafeCharacter(0xE0041));
  CHECK_FALSE(IsUnsafeCharacter('a'));
  CHECK_FALSE(IsUnsafeCharacter(0x4E16));
}

TEST_CASE("safe text: the first invalid byte is found") {
  CHECK(FindInvalidUtf8("ab\xff") == 2);
  CHECK(FindInvalidUtf8("aé") == std::string_view::npos);
}

}  // namespace
}  // namespace rpcctl
