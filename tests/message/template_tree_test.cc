#include "message/template_tree.h"

#include <doctest/doctest.h>

#include "tests/support/item_types.h"
#include "tests/support/type_chain.h"
#include "tests/support/writer_types.h"

namespace rpcctl {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::DescriptorProto;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorProto;
using Closed = TemplateNode::Closed;

// "a b{c d} e": names, and what messages show; "?" behind one that is closed because it is inside itself, "!"
// behind one that a limit cut.
std::string Outline(const TemplateNode& message) {
  std::string text;
  for (const TemplateNode& node : message.fields) {
    if (!text.empty()) text += ' ';
    text += node.field->name();
    if (node.kind == TemplateNode::Kind::kMessage) text += "{" + Outline(node) + "}";
  }
  const char* marks[] = {"", "?", "!"};
  return text + marks[static_cast<int>(message.closed)];
}

std::string Grown(const std::string& type, const TemplateLimits& limits = {}) {
  return Outline(GrowTemplate(Types().Type(type), limits).root);
}

size_t CountFields(const TemplateNode& message) {
  size_t count = message.fields.size();
  for (const TemplateNode& node : message.fields) count += CountFields(node);
  return count;
}

TEST_CASE("template tree: fields in declared order, messages opened, the first member of a oneof") {
  CHECK(Grown("items.Request") ==
        "name display_name odd location{latitude longitude} inner{label inner{?} tags} tags numbers "
        "routes{label inner{?} tags} colors blobs text nothing{}");
}

TEST_CASE("template tree: proto3 optional fields are fields like others") {
  CHECK(Grown("items.Scalars").ends_with("plain maybe"));
}

TEST_CASE("template tree: a type inside itself is not opened, whichever way leads there") {
  const auto& types = WriterTypes::Get();
  const TemplateTree tree = GrowTemplate(types.Type("out.Tree"));
  CHECK(Outline(tree.root) == "name child{?} children{?} named{?}");
  CHECK_FALSE(tree.cut);
}

TEST_CASE("template tree: what a message needs is shown inside itself as well") {
  Types().AddText("needy.proto", R"(
    syntax = "proto2"; package needy;
    message Node { required string label = 1; optional Node next = 2; optional int32 size = 3; })");
  CHECK(Grown("needy.Node") == "label next{label?} size");
}

TEST_CASE("template tree: groups are messages, known extensions come last, by number") {
  CHECK(Grown("items2.Old") ==
        "name closed address{city} inner{label} inners{label} level weight marks wrapped{label}");
}

TEST_CASE("template tree: well-known types and Any are values") {
  const TemplateTree tree = GrowTemplate(Types().Type("items.Known"));
  CHECK(Outline(tree.root) ==
        "at wait mask object value list detail maybe_flag maybe_i32 maybe_u64 maybe_d maybe_name maybe_blob "
        "times "
        "details values");
  CHECK(tree.root.fields[6].kind == TemplateNode::Kind::kAny);
}

TEST_CASE("template tree: fields that share a JSON name are marked") {
  Types().AddText("shared.proto", R"(
    syntax = "proto2"; package shared;
    message M { optional int32 foo_bar = 1; optional int32 fooBar = 2; optional int32 other = 3; })");
  const TemplateTree tree = GrowTemplate(Types().Type("shared.M"));
  CHECK(tree.root.fields[0].json_name_shared);
  CHECK(tree.root.fields[1].json_name_shared);
  CHECK_FALSE(tree.root.fields[2].json_name_shared);
}

// ---- limits ----

TEST_CASE("template tree: a limit of fields leaves the inner ones out first") {
  const TemplateTree tree = GrowTemplate(Types().Type("items.Request"), {.fields = 14});
  CHECK(tree.cut);
  CHECK(
      Outline(tree.root) ==
      "name display_name odd location{latitude longitude} inner{!} tags numbers routes{!} colors blobs text "
      "nothing{}");
}

TEST_CASE("template tree: a limit of levels closes what lies deeper") {
  const TemplateTree tree = GrowTemplate(Types().Type("items.Request"), {.levels = 1});
  CHECK(tree.cut);
  CHECK(Outline(tree.root).starts_with("name display_name odd location{!} inner{!}"));
}

TEST_CASE("template tree: a limit of bytes counts whole paths") {
  CHECK(Grown("items.Maps", {.bytes = 12}) == "labels!");
  const TemplateTree tree = GrowTemplate(Types().Type("items.Maps"), {.bytes = 1000});
  CHECK_FALSE(tree.cut);
}

TEST_CASE("template tree: required fields are shown beyond the limits") {
  CHECK(Grown("items2.Strict", {.fields = 1}) == "name id!");
  CHECK(Grown("items2.Strict", {.fields = 0}) == "!");
}

// A type with `count` fields, each of type `type_name` or, where that is empty, a number.
DescriptorProto Wide(const std::string& name, int count, const std::string& type_name) {
  DescriptorProto type;
  type.set_name(name);
  for (int i = 1; i <= count; ++i) {
    FieldDescriptorProto& field = *type.add_field();
    field.set_name(fmt::format("f{}", i));
    field.set_number(i < 19000 ? i : i + 1000);  // what lies between is protobuf's own
    field.set_label(FieldDescriptorProto::LABEL_OPTIONAL);
    if (type_name.empty()) {
      field.set_type(FieldDescriptorProto::TYPE_INT32);
    } else {
      field.set_type_name(type_name);
    }
  }
  return type;
}

TEST_CASE("template tree: a type of 100000 fields is cut") {
  FileDescriptorProto file;
  file.set_name("wide.proto");
  *file.add_message_type() = Wide("W", 100000, "");
  DescriptorPool pool;
  REQUIRE(pool.BuildFile(file) != nullptr);
  const TemplateTree tree = GrowTemplate(*pool.FindMessageTypeByName("W"));
  CHECK(tree.cut);
  CHECK(tree.root.fields.size() == 1000);
}

TEST_CASE("template tree: types linked 20000 deep are cut, without recursion") {
  DescriptorPool pool;
  REQUIRE(pool.BuildFile(testing::TypeChain(20000, -1)) != nullptr);
  const TemplateTree tree = GrowTemplate(*pool.FindMessageTypeByName("M0"));
  CHECK(tree.cut);
  CHECK(CountFields(tree.root) == 32);
}

TEST_CASE("template tree: types that would grow to 10 to the 60th fields are cut") {
  FileDescriptorProto file;
  file.set_name("exponential.proto");
  for (int i = 0; i < 60; ++i)
    *file.add_message_type() = Wide(fmt::format("E{}", i), 10, fmt::format(".E{}", i + 1));
  *file.add_message_type() = Wide("E60", 10, "");
  DescriptorPool pool;
  REQUIRE(pool.BuildFile(file) != nullptr);
  const TemplateTree tree = GrowTemplate(*pool.FindMessageTypeByName("E0"));
  CHECK(tree.cut);
  CHECK(CountFields(tree.root) == 1000);
}

TEST_CASE("template tree: required fields that never end are cut too") {
  FileDescriptorProto file;
  file.set_name("needing.proto");
  file.set_syntax("proto2");
  DescriptorProto& type = *file.add_message_type() = Wide("N", 3, ".N");
  for (FieldDescriptorProto& field : *type.mutable_field())
    field.set_label(FieldDescriptorProto::LABEL_REQUIRED);
  DescriptorPool pool;
  REQUIRE(pool.BuildFile(file) != nullptr);
  const TemplateTree tree = GrowTemplate(*pool.FindMessageTypeByName("N"));
  CHECK(CountFields(tree.root) == 2000);
  CHECK(tree.cut);
}

TEST_CASE("template tree: names of a megabyte do not multiply") {
  const std::string name(1 << 19, 'x');
  FileDescriptorProto file;
  file.set_name("long.proto");
  for (int i = 0; i < 3; ++i) {
    DescriptorProto type = Wide(fmt::format("L{}", i), 50, i < 2 ? fmt::format(".L{}", i + 1) : "");
    type.mutable_field(0)->set_name(name);
    *file.add_message_type() = type;
  }
  DescriptorPool pool;
  REQUIRE(pool.BuildFile(file) != nullptr);
  const TemplateTree tree = GrowTemplate(*pool.FindMessageTypeByName("L0"));
  CHECK(tree.cut);
  CHECK(CountFields(tree.root) < 100);
}

}  // namespace
}  // namespace rpcctl
