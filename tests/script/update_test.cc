#include "script/update.h"

#include <doctest/doctest.h>

#include <vector>

namespace rpcctl {
namespace {

UpdatedScript Update(std::string_view text, std::vector<LineUpdate> updates) {
  return UpdateScript("a.rpc", text, updates);
}

TEST_CASE("update: the value behind == is replaced, and nothing else") {
  const UpdatedScript updated =
      Update("case a\r\n\texpect .x == \"old one\"  # why\r\nexpect .y == 1", {{2, "new"}});
  CHECK(updated.text == "case a\r\n\texpect .x == new  # why\r\nexpect .y == 1");
  CHECK(updated.diff ==
        "--- a.rpc\n+++ a.rpc\n@@ -2 +2 @@\n-\\texpect .x == \"old one\"  # why\n+\\texpect .x == new  # "
        "why\n");
}

TEST_CASE("update: several lines of a file") {
  const UpdatedScript updated =
      Update("expect .x == 1\nrecv .y == 2\nexpect .z == 3\n", {{1, "'a b'"}, {3, "4"}});
  CHECK(updated.text == "expect .x == 'a b'\nrecv .y == 2\nexpect .z == 4\n");
}

TEST_CASE("update: a line without == stays as it is, and so does one that cannot be read") {
  for (const char* text : {"expect .x != 1\n", "expect .x '==' 1\n", "expect .x ==", "expect .x == 'a", ""}) {
    CAPTURE(text);
    const UpdatedScript updated = Update(text, {{1, "2"}});
    CHECK(updated.text == text);
    CHECK(updated.diff == "");
  }
}

TEST_CASE("update: an operator in quotes is a value") {
  CHECK(Update("expect .x == '=='\n", {{1, "y"}}).text == "expect .x == y\n");
}

}  // namespace
}  // namespace rpcctl
