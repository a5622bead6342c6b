#include "message/bytes_text.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

using std::string_literals::operator""s;

TEST_CASE("bytes_text: hexadecimal, base64 and text are read") {
  CHECK(*ParseBytes("hex:00fF7a") == "\x00\xff\x7a"s);
  CHECK(*ParseBytes("hex:") == "");
  CHECK(*ParseBytes("b64:AAE=") == "\x00\x01"s);
  CHECK(*ParseBytes("b64:") == "");
  CHECK(*ParseBytes("text:hi:\xff") == "hi:\xff");
}

TEST_CASE("bytes_text: base64 may be of either alphabet, with padding or without") {
  CHECK(*ParseBytes("b64:+/+/") == "\xfb\xff\xbf");
  CHECK(*ParseBytes("b64:-_-_") == "\xfb\xff\xbf");
  CHECK(*ParseBytes("b64:aGk") == "hi");
  CHECK(*ParseBytes("b64:aGk=") == "hi");
  CHECK(*ParseBytes("b64:YQ==") == "a");
  CHECK(*ParseBytes("b64:YQ") == "a");
}

TEST_CASE("bytes_text: a bare value lists the forms") {
  const Error error = ParseBytes("cafe").error();
  CHECK(error.kind == ErrorKind::kInput);
  CHECK(error.message == "expected bytes, found 'cafe'");
  CHECK(error.hint == "write bytes as hex:00ff, b64:AAE= or text:hi, or take them from a file with =@FILE");
  CHECK_FALSE(ParseBytes(""));
  CHECK_FALSE(ParseBytes("HEX:00"));
}

TEST_CASE("bytes_text: bad hexadecimal is told") {
  CHECK(ParseBytes("hex:0").error().message == "expected two hexadecimal digits a byte, found 1 digits");
  CHECK(ParseBytes("hex:00g0").error().message == "'g0' is not hexadecimal");
  CHECK(ParseBytes("hex:0x00").error().message == "'0x' is not hexadecimal");
}

TEST_CASE("bytes_text: bad base64 is told") {
  CHECK(ParseBytes("b64:a!k=").error().message == "'a!k=' is not base64");
  for (const char* text :
       {"b64:a", "b64:aGk==", "b64:=", "b64:====", "b64:aGkaG", "b64:YQ=", "b64:a=k=", "b64:+_"}) {
    CAPTURE(text);
    CHECK_FALSE(ParseBytes(text));
  }
}

}  // namespace
}  // namespace rpcctl
