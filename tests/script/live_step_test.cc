#include "script/live_step.h"

#include <doctest/doctest.h>

#include "tests/support/played_script.h"

namespace rpcctl {
namespace {

using testing::FailuresOf;
using testing::FakeTransport;
using testing::PlayedScript;

constexpr std::string_view kCut =
    "\x0a\x05"
    "ab";  // a text that ends before its length
const std::string kUnparsed = "response does not parse: a value cut short at byte 1 in t.Told.name";

TEST_CASE("live step: a message that does not parse is told, though it came behind a cancel") {
  PlayedScript script("case a\nopen S.Chat\nsend\nsend\ncancel");
  script.caller.NextCall().Writable().Message(std::string(kCut)).Writable();
  CHECK(FailuresOf(script.Run()) == "2: CANCELLED: INTERNAL: " + kUnparsed);
}

TEST_CASE("live step: a message that does not parse is told, though it is only taken in at the end") {
  PlayedScript script("case a\nopen S.Chat\nclose");
  script.caller.NextCall().Message(std::string(kCut));
  CHECK(FailuresOf(script.Run()) == "2: OK: INTERNAL: " + kUnparsed);
}

TEST_CASE("live step: no status makes a message good that does not parse") {
  for (const char* status : {"*", "CANCELLED", "INTERNAL"}) {
    CAPTURE(status);
    PlayedScript script(std::string("case a\nopen S.Chat\nexpect ") + status);
    script.caller.NextCall().Message(std::string(kCut));
    CHECK(FailuresOf(script.Run()).find(kUnparsed) != std::string::npos);
  }
}

}  // namespace
}  // namespace rpcctl
