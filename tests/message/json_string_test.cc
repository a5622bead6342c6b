#include "message/json_string.h"
#include "base/base64.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

std::string Json(std::string_view text) {
  std::string out;
  AppendJsonString(text, out);
  return out;
}

std::string Base64(std::string_view bytes) {
  std::string out;
  AppendBase64(bytes, out);
  return out;
}

TEST_CASE("json string: text of any language stands for itself") {
  CHECK(Json("") == R"("")");
  CHECK(Json("Grüße, 世界! 😀") == R"("Grüße, 世界! 😀")");
  CHECK(Json("a/b<c>&'d'") == R"("a/b<c>&'d'")");
}

TEST_CASE("json string: quotes, backslashes and common controls have short escapes") {
  CHECK(Json("\"\\\b\f\n\r\t") == R"("\"\\\b\f\n\r\t")");
}

TEST_CASE("json string: control characters, DEL and C1 are escaped") {
  CHECK(Json(std::string_view("\0\x01\x1b\x1f", 4)) == R"("\u0000\u0001\u001b\u001f")");
  CHECK(Json("\x7f") == R"("\u007f")");
  CHECK(Json("\u0080\u0085\u009b") == R"("\u0080\u0085\u009b")");
}

TEST_CASE("json string: bidirectional, zero-width and separator characters are escaped") {
  CHECK(Json("\u202egnp\u2066") == R"("\u202egnp\u2066")");
  CHECK(Json("\u200b\u200d\ufeff\u00ad") == R"("\u200b\u200d\ufeff\u00ad")");
  CHECK(Json("\u2028\u2029") == R"("\u2028\u2029")");
}

TEST_CASE("json string: an invisible character beyond U+FFFF is a pair of escapes") {
  CHECK(Json("\U000e0041") == R"("\udb40\udc41")");
  CHECK(Json("\U000e007f") == R"("\udb40\udc7f")");
}

TEST_CASE("json string: each byte that is not UTF-8 is a replacement character") {
  CHECK(Json("a\xff\xfe z") == R"("a\ufffd\ufffd z")");
  CHECK(Json("\xc3") == R"("\ufffd")");
  CHECK(Json("\xed\xa0\x80") == R"("\ufffd\ufffd\ufffd")");
}

TEST_CASE("json string: appends behind what is there") {
  std::string out = "x";
  AppendJsonString("y", out);
  CHECK(out == "x\"y\"");
}

TEST_CASE("json string: base64 is padded and uses the standard alphabet") {
  CHECK(Base64("") == "");
  CHECK(Base64("f") == "Zg==");
  CHECK(Base64("fo") == "Zm8=");
  CHECK(Base64("foo") == "Zm9v");
  CHECK(Base64("foob") == "Zm9vYg==");
  CHECK(Base64("\xfb\xff\xbf") == "+/+/");
}

}  // namespace
}  // namespace rpcctl
