#include "schema/outline_writer.h"

#include <doctest/doctest.h>

#include "tests/support/built_file.h"

namespace rpcctl {
namespace {

std::string LineWith(const Comments& comments) {
  OutlineWriter out;
  out.Line("x;", comments);
  return out.text();
}

TEST_CASE("outline_writer: blocks are indented by two") {
  OutlineWriter out;
  out.Open("a {", {});
  out.Open("b {", {});
  out.Line("c;");
  out.Close();
  out.Close();
  CHECK(out.text() == "a {\n  b {\n    c;\n  }\n}\n");
}

TEST_CASE("outline_writer: gaps neither lead, nor double, nor follow an opening line") {
  OutlineWriter out;
  out.Gap();
  out.Open("a {", {});
  out.Gap();
  out.Line("b;");
  out.Gap();
  out.Gap();
  out.Line("c;");
  CHECK(out.text() == "a {\n  b;\n\n  c;\n");
}

TEST_CASE("outline_writer: a comment stands before its line") {
  CHECK(LineWith({"", " One.\n Two.\n", ""}) == "// One.\n// Two.\nx;\n");
}

TEST_CASE("outline_writer: a short comment stands behind its line, a long one below") {
  CHECK(LineWith({"", "", " Why.\n"}) == "x;  // Why.\n");
  CHECK(LineWith({"", "", " One.\n Two.\n"}) == "x;\n// One.\n// Two.\n");
}

TEST_CASE("outline_writer: comments apart keep their distance") {
  CHECK(LineWith({" Far.\n\n Away.\n", " Near.\n", ""}) == "// Far.\n//\n// Away.\n\n// Near.\nx;\n");
}

TEST_CASE("outline_writer: a comment behind an opening line moves into the block") {
  OutlineWriter out;
  out.Open("a {", {"", " Before.\n", " Behind.\n"});
  out.Close();
  CHECK(out.text() == "// Before.\na {\n  // Behind.\n}\n");
}

TEST_CASE("outline_writer: a comment of nothing but white space is none") {
  CHECK(LineWith({"", " \n\n", "\n"}) == "x;\n");
}

TEST_CASE("outline_writer: every line of a comment is one, whatever ends it") {
  CHECK(LineWith({"",
                  "a\r\nb\x0b"
                  "c\xe2\x80\xa8"
                  "d\n",
                  "e\rf"}) == "//a\\x0d\n//b\\x0bc\\u2028d\nx;  //e\\x0df\n");
}

TEST_CASE("outline_writer: comments are found for each kind of symbol") {
  const BuiltFile file(R"(syntax = "proto3"; package p;
    // C1
    message M {
      // C2
      int32 f = 1;
      // C3
      oneof o { int32 g = 2; }
    }
    // C4
    enum E {
      // C5
      ZERO = 0; }
    // C6
    service S {
      // C7
      rpc Do(M) returns (M); })");
  const char* names[] = {"p.M", "p.M.f", "p.M.o", "p.E", "p.ZERO", "p.S", "p.S.Do"};
  for (int i = 0; i < 7; ++i)
    CHECK(CommentsOf(file.Find(names[i])).leading == " C" + std::to_string(i + 1) + "\n");
  CHECK(CommentsOf(Symbol()).leading == "");
}

}  // namespace
}  // namespace rpcctl
