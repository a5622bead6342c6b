#include "base/base64.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

TEST_CASE("base64: the examples of RFC 4648 go both ways") {
  const std::pair<const char*, const char*> kExamples[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : kExamples) {
    CAPTURE(plain);
    CHECK(EncodeBase64(plain) == encoded);
    CHECK(DecodeBase64(encoded) == plain);
  }
}

TEST_CASE("base64: padding may be left out, and the URL-safe letters are read") {
  CHECK(DecodeBase64("Zm8") == "fo");
  CHECK(DecodeBase64("-_8") == "\xfb\xff");
  CHECK(DecodeBase64("+/8=") == "\xfb\xff");
}

TEST_CASE("base64: anything else is refused") {
  for (const char* text : {"Z", "Zm9v!", "Zm 9v", "Zg=", "Zg===", "=", "Zm9vZ"}) {
    CAPTURE(text);
    CHECK_FALSE(DecodeBase64(text).has_value());
  }
}

}  // namespace
}  // namespace rpcctl
