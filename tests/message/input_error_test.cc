#include "message/input_error.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

TEST_CASE("input error: the place comes first, where there is one") {
  const Error error = InputError("user.name", "expected string", "quote it");
  CHECK(error.kind == ErrorKind::kInput);
  CHECK(error.message == "user.name: expected string");
  CHECK(error.hint == "quote it");
  CHECK(InputError("", "expected string").message == "expected string");
}

TEST_CASE("input error: what it quotes comes out safe to show") {
  const Error error = InputError("a\x1b[1m", "found \r\n", "say\xff\nthis");
  CHECK(error.message == "a\\x1b[1m: found \\x0d\\n");
  CHECK(error.hint == "say\\xff\nthis");
}

TEST_CASE("input error: places are put around each other, the outer one first") {
  const Error inner = InputError("name", "expected string", "quote it");
  const Error outer = AtPlace("users[2]", inner);
  CHECK(outer.kind == ErrorKind::kInput);
  CHECK(outer.message == "users[2]: name: expected string");
  CHECK(outer.hint == "quote it");
  CHECK(AtPlace("", inner).message == inner.message);
}

TEST_CASE("input error: a place keeps the kind of the error") {
  CHECK(AtPlace("x", Error{ErrorKind::kUsage, "no"}).kind == ErrorKind::kUsage);
}

TEST_CASE("input error: a quote is short and safe") {
  CHECK(Quoted("name") == "'name'");
  CHECK(Quoted("") == "''");
  CHECK(Quoted("\x1b") == "'\\x1b'");
  const std::string quoted = Quoted(std::string(1'000'000, 'x'));
  CHECK(quoted.size() < 120);
  CHECK(quoted.starts_with("'xxxx"));
  CHECK(quoted.ends_with("'"));
}

}  // namespace
}  // namespace rpcctl
