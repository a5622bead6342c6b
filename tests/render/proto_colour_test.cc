#include "render/proto_colour.h"

#include <doctest/doctest.h>

#include "tests/support/without_escapes.h"
#include "tests/support/writer_types.h"

namespace rpcctl {
namespace {

std::string Coloured(std::string_view proto) {
  std::string out;
  AppendColouredProto(proto, out);
  return out;
}

TEST_CASE("proto colour: taking the colours out gives the text back, byte for byte") {
  for (const std::string_view proto :
       {kWriterProto3, kWriterProto2, std::string_view("/* open"), std::string_view("\"open"),
        std::string_view("'\\"), std::string_view("/"), std::string_view("// end"),
        std::string_view("größe = 1"), std::string_view("")}) {
    CAPTURE(proto);
    CHECK(WithoutEscapes(Coloured(proto)) == proto);
  }
}

TEST_CASE("proto colour: keywords, types, numbers and strings") {
  CHECK(Coloured("message A { repeated int32 n = 1; }") ==
        "\x1b[35mmessage\x1b[0m A { \x1b[35mrepeated\x1b[0m \x1b[33mint32\x1b[0m n = \x1b[36m1\x1b[0m; }");
  CHECK(Coloured("syntax = \"proto3\";") == "\x1b[35msyntax\x1b[0m = \x1b[32m\"proto3\"\x1b[0m;");
}

TEST_CASE("proto colour: a field called like a keyword or a type is a name") {
  CHECK(Coloured("string message = 2;") == "\x1b[33mstring\x1b[0m message = \x1b[36m2\x1b[0m;");
  CHECK(Coloured("a.string string=2;") == "a.string string=\x1b[36m2\x1b[0m;");
}

TEST_CASE("proto colour: a comment over several lines is coloured line by line") {
  CHECK(Coloured("// a\nx") == "\x1b[2m// a\x1b[0m\nx");
  CHECK(Coloured("/* a\n\n b */ x") == "\x1b[2m/* a\x1b[0m\n\n\x1b[2m b */\x1b[0m x");
}

TEST_CASE("proto colour: an rpc") {
  CHECK(Coloured("rpc M(stream In) returns (Out);") ==
        "\x1b[35mrpc\x1b[0m M(\x1b[35mstream\x1b[0m In) \x1b[35mreturns\x1b[0m (Out);");
}

}  // namespace
}  // namespace rpcctl
