#include "transport/h2/percent_text.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

TEST_CASE("percent text: escapes become their bytes") {
  CHECK(DecodePercent("").empty());
  CHECK(DecodePercent("plain text") == "plain text");
  CHECK(DecodePercent("100%25") == "100%");
  CHECK(DecodePercent("%E2%82%ac") == "\u20ac");
  CHECK(DecodePercent("a%00b") == std::string("a\0b", 3));
}

TEST_CASE("percent text: what is no escape stays as it is") {
  for (const char* text : {"%", "%4", "50% off", "%zz", "%-1", "%+1", "%4z"})
    CHECK(DecodePercent(text) == text);
  CHECK(DecodePercent("%%41") == "%A");
}

}  // namespace
}  // namespace rpcctl
