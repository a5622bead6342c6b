#include "message/field_path.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

// The steps of a path, each in its kind of mark, so that a case reads at a glance.
std::string Steps(std::string_view typed) {
  const Result<FieldPath> path = ParseFieldPath(typed);
  if (!path) return "error: " + path.error().message;
  std::string text;
  for (const PathStep& step : path->steps)
    text += step.bracketed ? "[" + step.text + "]" : "<" + step.text + ">";
  return text;
}

TEST_CASE("field_path: names, indexes, keys and extensions are steps") {
  CHECK(Steps("name") == "<name>");
  CHECK(Steps("a.b") == "<a><b>");
  CHECK(Steps("a.0.c") == "<a><0><c>");
  CHECK(Steps("a[0].c") == "<a>[0]<c>");
  CHECK(Steps("labels[a.b/c]") == "<labels>[a.b/c]");
  CHECK(Steps("[pkg.ext]") == "[pkg.ext]");
  CHECK(Steps("[pkg.ext].x") == "[pkg.ext]<x>");
  CHECK(Steps("a.[pkg.ext].b") == "<a>[pkg.ext]<b>");
  CHECK(Steps("detail.@type") == "<detail><@type>");
  CHECK(Steps("labels.a-b c") == "<labels><a-b c>");
}

TEST_CASE("field_path: a key in brackets may be empty or hold an opening bracket") {
  CHECK(Steps("labels[]") == "<labels>[]");
  CHECK(Steps("labels[a[b]") == "<labels>[a[b]");
}

TEST_CASE("field_path: every step knows where it ends") {
  const Result<FieldPath> path = ParseFieldPath("a.b[c.d].e");
  REQUIRE(path);
  CHECK(path->Upto(0) == "a");
  CHECK(path->Upto(1) == "a.b");
  CHECK(path->Upto(2) == "a.b[c.d]");
  CHECK(path->Upto(3) == "a.b[c.d].e");
}

TEST_CASE("field_path: a dot needs a name on both sides") {
  for (const char* typed : {".", ".a", "a.", "a..b", "a[0].", "a.0..b", ""}) {
    CAPTURE(typed);
    const Result<FieldPath> path = ParseFieldPath(typed);
    REQUIRE_FALSE(path);
    CHECK(path.error().kind == ErrorKind::kInput);
    CHECK(path.error().hint == "a path is a.b, a.0.c or a[key].c");
  }
  CHECK(Steps("a..b") == "error: a..b: a name is missing beside a dot");
}

TEST_CASE("field_path: what follows a bracket is a dot or a bracket") {
  CHECK(Steps("a[0]b") == "error: a[0]: expected '.' or '[' here, found 'b'");
  CHECK(ParseFieldPath("a[b]]").error().hint == "a key that holds ']' goes into JSON: map:='{\"a]\": ...}'");
}

TEST_CASE("field_path: a bracket must be closed") {
  CHECK(Steps("a[0") == "error: a[0: the bracket '[' is not closed by ']'");
}

}  // namespace
}  // namespace rpcctl
