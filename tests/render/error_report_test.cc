#include "render/error_report.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

TEST_CASE("error report: one line, then the hint below it") {
  const Error error{ErrorKind::kInput, "nmae: no such field in HelloRequest", "did you mean 'name'?"};
  CHECK(ErrorReport(error, Colour::kOff) ==
        "rpcctl: error: nmae: no such field in HelloRequest\n"
        "  hint: did you mean 'name'?\n");
}

TEST_CASE("error report: without a hint there is no second line") {
  CHECK(ErrorReport({ErrorKind::kInput, "x"}, Colour::kOff) == "rpcctl: error: x\n");
}

TEST_CASE("error report: the lines of a hint stand below each other") {
  CHECK(ErrorReport({ErrorKind::kUsage, "x", "it can be\n  a.B\n  c.D"}, Colour::kOff) ==
        "rpcctl: error: x\n"
        "  hint: it can be\n"
        "          a.B\n"
        "          c.D\n");
}

TEST_CASE("error report: colour is around the word alone") {
  CHECK(ErrorReport({ErrorKind::kUsage, "x"}, Colour::kOn) == "rpcctl: \x1b[1;31merror:\x1b[0m x\n");
}

TEST_CASE("status report: name, number, message, details and hint") {
  const FailedCall call{{kInvalidArgument, "too long", ""}, {"google.rpc.BadRequest {}"}, "make it shorter"};
  CHECK(StatusReport(call, Colour::kOff, 100) ==
        "rpcctl: error: INVALID_ARGUMENT (3): too long\n"
        "  detail: google.rpc.BadRequest {}\n"
        "  hint: make it shorter\n");
}

TEST_CASE("status report: a status without a message ends after its number") {
  CHECK(StatusReport({{kUnavailable, "", ""}, {}, ""}, Colour::kOff, 100) ==
        "rpcctl: error: UNAVAILABLE (14)\n");
}

TEST_CASE("status report: a number that gRPC does not know is told as it came") {
  CHECK(StatusReport({{99, "odd", ""}, {}, ""}, Colour::kOff, 100) == "rpcctl: error: UNKNOWN (99): odd\n");
  CHECK(StatusReport({{-7, "odd", ""}, {}, ""}, Colour::kOff, 100) == "rpcctl: error: UNKNOWN (-7): odd\n");
}

TEST_CASE("status report: what a server says cannot reach the terminal raw, nor fill it") {
  CHECK(StatusReport({{kNotFound, "\x1b]0;owned\x07\r\n\u202e", ""}, {}, ""}, Colour::kOff, 100) ==
        "rpcctl: error: NOT_FOUND (5): \\x1b]0;owned\\x07\\x0d\\n\\u202e\n");
  CHECK(StatusReport({{kNotFound, std::string(50, 'x'), ""}, {}, ""}, Colour::kOff, 10) ==
        "rpcctl: error: NOT_FOUND (5): xxxxxxxxxx...\n");
}

}  // namespace
}  // namespace rpcctl
