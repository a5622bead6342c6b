#include "message/template_comment.h"

#include <doctest/doctest.h>

#include "tests/support/built_file.h"
#include "tests/support/item_types.h"

namespace rpcctl {
namespace {

using Lines = std::vector<std::string>;

// The field `name`, shown by the template of `type`.
const TemplateNode& Shown(const TemplateTree& tree, const std::string& name) {
  for (const TemplateNode& node : tree.root.fields) {
    if (node.field->name() == name) return node;
  }
  throw std::runtime_error("the template shows no " + name);
}

Lines Comment(const std::string& type, const std::string& name) {
  const TemplateTree tree = GrowTemplate(Types().Type(type));
  return TemplateComment(Shown(tree, name), name);
}

TEST_CASE("template comment: the path and the type") {
  CHECK(Comment("items.Request", "name") == Lines{"name: string"});
  CHECK(Comment("items.Request", "tags") == Lines{"tags: repeated string"});
  CHECK(Comment("items.Request", "location") == Lines{"location: message items.Point"});
  CHECK(Comment("items.Maps", "labels") == Lines{"labels: map<string, string>"});
}

TEST_CASE("template comment: the values of an enum, in a map too") {
  CHECK(Comment("items.Scalars", "color") ==
        Lines{"color: enum items.Color; COLOR_UNSPECIFIED, COLOR_RED or COLOR_DARK_BLUE"});
  CHECK(Comment("items.Maps", "colors") ==
        Lines{"colors: map<string, enum items.Color>; COLOR_UNSPECIFIED, COLOR_RED or COLOR_DARK_BLUE"});
}

TEST_CASE("template comment: what stands in a well-known type that its name does not tell") {
  CHECK(Comment("items.Known", "at") == Lines{"at: message google.protobuf.Timestamp"});
  CHECK(Comment("items.Known", "mask") ==
        Lines{"mask: message google.protobuf.FieldMask; paths joined by commas"});
  CHECK(Comment("items.Known", "object") == Lines{"object: message google.protobuf.Struct; any JSON object"});
  CHECK(Comment("items.Known", "list") == Lines{"list: message google.protobuf.ListValue; any JSON array"});
  CHECK(Comment("items.Known", "detail") ==
        Lines{"detail: message google.protobuf.Any; the name of a type, then its fields"});
  CHECK(Comment("items.Maps", "values") ==
        Lines{"values: map<string, message google.protobuf.Value>; any JSON"});
}

TEST_CASE("template comment: the other members of a oneof") {
  CHECK(Comment("items.Request", "text") ==
        Lines{"text: string; oneof choice: or instead number (int32) or point (message items.Point)"});
}

TEST_CASE("template comment: what is required, and what says optional in proto3") {
  CHECK(Comment("items2.Strict", "id") == Lines{"id: int32, required"});
  CHECK(Comment("items2.Strict", "inner") == Lines{"inner: message items2.Inner"});
  CHECK(Comment("items.Scalars", "maybe") == Lines{"maybe: int32, optional"});
}

TEST_CASE("template comment: why a message is not opened") {
  const TemplateTree tree = GrowTemplate(Types().Type("items.Request"), {.levels = 1});
  CHECK(TemplateComment(Shown(tree, "inner"), "inner") ==
        Lines{"inner: message items.Request.Inner; not all of it is shown"});
  const TemplateTree inner = GrowTemplate(Types().Type("items.Request.Inner"));
  CHECK(TemplateComment(Shown(inner, "inner"), "a.inner") ==
        Lines{"a.inner: message items.Request.Inner; inside itself, so it is not opened again"});
}

TEST_CASE("template comment: long lists of names are cut") {
  std::string values, members;
  for (int i = 0; i < 40; ++i) values += fmt::format("V{} = {};", i, i);
  for (int i = 1; i < 41; ++i) members += fmt::format("int32 m{} = {};", i, i);
  Types().AddText("many.proto", "syntax = \"proto3\"; package many; enum E {" + values +
                                    "} message M { oneof o {" + members + "} E e = 50; }");
  const std::string of_enum = Comment("many.M", "e")[0];
  CHECK(of_enum.starts_with("e: enum many.E; V0, V1, V2,"));
  CHECK(of_enum.ends_with("V11 or 28 more"));
  CHECK(Comment("many.M", "m1")[0].ends_with("m13 (int32) or 27 more"));
}

// ---- comments of the source ----

// The comment of the field f of message M, whose file has source info.
Lines FromSource(const std::string& fields) {
  const BuiltFile built("message M {\n" + fields + "\n}");
  const TemplateTree tree = GrowTemplate(*built.file().message_type(0));
  return TemplateComment(Shown(tree, "f"), "f");
}

TEST_CASE("template comment: the comments before and behind the field, a line each") {
  CHECK(FromSource("  // First.\n  // Second.\n  string f = 1;  // Behind.\n") ==
        Lines{"f: string", "  First.", "  Second.", "  Behind."});
  CHECK(FromSource("  /* One\n   * Two */\n  string f = 1;") == Lines{"f: string", "  One", "  Two"});
}

TEST_CASE("template comment: a comment that is hostile is shown escaped, and cut") {
  CHECK(FromSource("  // a\x1b[2Jb\n  string f = 1;") == Lines{"f: string", "  a\\x1b[2Jb"});
  std::string novel;
  for (int i = 0; i < 500; ++i) novel += "  // line\n";
  CHECK(FromSource(novel + "  string f = 1;").size() == 21);
  const Lines wide = FromSource("  // " + std::string(100000, 'x') + "\n  string f = 1;");
  CHECK(wide[1].size() < 500);
}

}  // namespace
}  // namespace rpcctl
