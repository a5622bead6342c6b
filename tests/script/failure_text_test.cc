#include "script/failure_text.h"

#include <doctest/doctest.h>

#include "tests/script/sample_run.h"

namespace rpcctl {
namespace {

TEST_CASE("failure text: place, line, what was expected and what came") {
  const Failure failure = FailedCase("x", "them").failures.front();
  CHECK(FailureText("a.rpc", failure) == "a.rpc:5:3: expect .message == you: expected == you, actual them");
}

TEST_CASE("failure text: where nothing was compared, what prevented it") {
  const Failure failure{.place = {7, 3}, .line = "call S.M id=x", .expected = "", .actual = "id: no number"};
  CHECK(FailureText("a.rpc", failure) == "a.rpc:7:3: call S.M id=x: id: no number");
}

TEST_CASE("failure text: what a server sent is on one line and safe") {
  Failure failure = FailedCase("x", kHostile).failures.front();
  failure.expected = "== \x1b";
  CHECK(FailureText("a\n.rpc", failure) ==
        "a\\n.rpc:5:3: expect .message == you: expected == \\x1b, actual "
        "<a & \"b\">\\x1b[31m\\u202e\\xff # SKIP \\\\nok 9");
}

TEST_CASE("failure text: an error of a file has its hint") {
  CHECK(FileErrorText({ErrorKind::kConnect, "refused", ""}) == "refused");
  CHECK(FileErrorText({ErrorKind::kConnect, "refused", "is it\nrunning?"}) == "refused; is it\\nrunning?");
}

}  // namespace
}  // namespace rpcctl
