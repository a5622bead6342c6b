#include "base/base64.h"

#include <doctest/doctest.h>

#include <string>

namespace rpcctl {
namespace {

// What `text` stands for; "no base64" when it is none.
std::string Decode(std::string_view text) {
  std::string bytes(Base64DecodedSize(text), '?');
  return DecodeBase64Into(text, bytes.data()) ? bytes : "no base64";
}

TEST_CASE("base64: every length is decoded, with padding and without") {
  CHECK(Decode("") == "");
  CHECK(Decode("Zg==") == "f");
  CHECK(Decode("Zg") == "f");
  CHECK(Decode("Zm8=") == "fo");
  CHECK(Decode("Zm8") == "fo");
  CHECK(Decode("Zm9v") == "foo");
  CHECK(Decode("Zm9vYmFy") == "foobar");
}

TEST_CASE("base64: both alphabets are taken, but not in one text") {
  CHECK(Decode("+/+/") == "\xfb\xff\xbf");
  CHECK(Decode("-_-_") == "\xfb\xff\xbf");
  CHECK(Decode("+_+_") == "no base64");
  CHECK(Decode("-/") == "no base64");
}

TEST_CASE("base64: bits that are left over mean nothing") {
  CHECK(Decode("-_") == "\xfb");
  CHECK(Decode("Zh==") == "f");
}

TEST_CASE("base64: every byte comes through") {
  const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text = {alphabet[static_cast<size_t>(byte >> 2)],
                              alphabet[static_cast<size_t>(byte & 3) << 4]};
    CHECK(Decode(text) == std::string(1, static_cast<char>(byte)));
  }
}

TEST_CASE("base64: what is no base64 is refused") {
  for (const char* text : {"!", "!!!!", "Z", "Zm9vY", "Zg=", "Zg===", "=",
                           "==", "====", "Z===", "Z=g=", "Zg==Zg==", "Zm 9v", "Zm9v\n", "Zm9\xc3", "Zm=v"}) {
    CAPTURE(text);
    CHECK(Decode(text) == "no base64");
  }
}

}  // namespace
}  // namespace rpcctl
