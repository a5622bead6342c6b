#include "message/request_template.h"

#include <doctest/doctest.h>

#include "tests/support/built_file.h"
#include "tests/support/item_types.h"
#include "tests/support/json_types.h"
#include "tests/support/template_check.h"
#include "tests/support/type_chain.h"
#include "tests/support/writer_types.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FileDescriptor;

std::string Json(const std::string& type) {
  return TemplateAsJson(GrowTemplate(rpcctl::Types().Type(type)));
}

std::string Items(const std::string& type, TemplateComments comments = TemplateComments::kOff) {
  return TemplateAsItems(GrowTemplate(rpcctl::Types().Type(type)), comments);
}

TEST_CASE("request template: a document shows every field, indented") {
  CHECK(Json("items.Request.Inner") ==
        R"({
  "label": "",
  "inner": {},
  "tags": [
    ""
  ]
})");
  CHECK(Json("items.Point") == "{\n  \"latitude\": 0,\n  \"longitude\": 0\n}");
  CHECK(Json("google.protobuf.Empty") == "{}");
}

TEST_CASE("request template: a document has JSON's names, one element in a list and in a map") {
  const BuiltFile built(R"(
    message M { repeated P some_points = 1; map<string, P> by_name = 2; map<bool, int64> by_flag = 3; }
    message P { int32 x = 1 [json_name = "the\"x"]; })");
  CHECK(TemplateAsJson(GrowTemplate(*built.file().message_type(0))) ==
        R"({
  "somePoints": [
    {
      "the\"x": 0
    }
  ],
  "byName": {
    "key": {
      "the\"x": 0
    }
  },
  "byFlag": {
    "false": "0"
  }
})");
}

TEST_CASE("request template: items are words, one a line, quoted where a shell needs it") {
  CHECK(Items("items.Request") ==
        "name=\ndisplay_name=\nodd=\nlocation.latitude=0\nlocation.longitude=0\ninner.label=\n'inner.inner:={"
        "}'\n"
        "inner.tags=\ntags=\nnumbers=0\nroutes.0.label=\n'routes.0.inner:={}'\nroutes.0.tags=\n"
        "colors=COLOR_UNSPECIFIED\nblobs=b64:\ntext=\n'nothing:={}'\n");
}

TEST_CASE("request template: items of maps, well-known types, Any, groups and extensions") {
  CHECK(Items("items.Maps")
            .find("\nby_bool.false=\nplaces.key.latitude=0\nplaces.key.longitude=0\n"
                  "waits.key=0s\ncolors.key=COLOR_UNSPECIFIED\nvalues.key=\n") != std::string::npos);
  CHECK(Items("items.Known") ==
        "at=2026-01-01T00:00:00Z\nwait=0s\nmask=\n'object:={}'\nvalue=\n'list:=[]'\n"
        "detail.@type=google.protobuf.Empty\nmaybe_flag=false\nmaybe_i32=0\nmaybe_u64=0\nmaybe_d=0\nmaybe_"
        "name=\n"
        "maybe_blob=b64:\ntimes=2026-01-01T00:00:00Z\ndetails.0.@type=google.protobuf.Empty\nvalues=\n");
  CHECK(Items("items2.Old") ==
        "name=nobody\nclosed=FIRST\naddress.city=\ninner.label=\ninners.0.label=\nlevel=LEVEL_LOW\n"
        "'[items2.weight]=0'\n'[items2.marks]='\n'[items2.wrapped].label='\n");
}

TEST_CASE("request template: fields of one JSON name are called by their own") {
  const BuiltFile built(
      R"(syntax = "proto2"; message M { optional int32 foo_bar = 1; optional int32 fooBar = 2; })");
  const TemplateTree tree = GrowTemplate(*built.file().message_type(0));
  CHECK(TemplateAsJson(tree) == "{\n  \"foo_bar\": 0,\n  \"fooBar\": 0\n}");
  CHECK(testing::FromJson(tree) == testing::FromItems(tree));
}

TEST_CASE("request template: comments stand before the items they are about") {
  CHECK(Items("items2.Strict", TemplateComments::kOn) ==
        "# name: string, required\nname=\n# id: int32, required\nid=0\n# inner: message items2.Inner\n"
        "# inner.label: string, required\ninner.label=\n");
  CHECK(testing::UnquotedLines(Items("items2.Strict")) ==
        std::vector<std::string>{"name=", "id=0", "inner.label="});
}

TEST_CASE("request template: comments of a document use its names") {
  CHECK(TemplateJsonComments(GrowTemplate(rpcctl::Types().Type("items2.Strict"))) ==
        "// name: string, required\n// id: int32, required\n// inner: message items2.Inner\n"
        "// inner.label: string, required\n");
  const std::string lines = TemplateJsonComments(GrowTemplate(rpcctl::Types().Type("items.Request")));
  CHECK(lines.find("// displayName: string\n// veryOdd: string\n") != std::string::npos);
  CHECK(lines.find("// routes.0.label: string\n") != std::string::npos);
}

// ---- both forms mean the same ----

// The template of `type` is taken by a call, in both forms, and both are the same message.
void CheckBothForms(const Descriptor& type) {
  CAPTURE(type.full_name());
  const TemplateTree tree = GrowTemplate(type);
  const std::string from_json = testing::FromJson(tree);
  CHECK(from_json.find("error: ") == std::string::npos);
  CHECK(testing::FromItems(tree) == from_json);
  CHECK_FALSE(tree.cut);
}

void CheckBothForms(const FileDescriptor& file) {
  const std::vector<const Descriptor*> types = testing::AllTypes(file);
  CHECK_FALSE(types.empty());
  for (const Descriptor* type : types) CheckBothForms(*type);
}

TEST_CASE("request template: both forms are the same message, for every type of the tests of items") {
  CheckBothForms(*rpcctl::Types().Type("items.Request").file());
  CheckBothForms(*rpcctl::Types().Type("items2.Old").file());
}

TEST_CASE("request template: both forms are the same message, for every type of the tests of JSON") {
  CheckBothForms(*testing::Types().Type("jsontest.Known").file());
  CheckBothForms(*testing::Types().Type("jsontest2.Old").file());
}

TEST_CASE("request template: both forms are the same message, for every type of the tests of what goes out") {
  CheckBothForms(*WriterTypes::Get().Type("out.Lists").file());
  CheckBothForms(*WriterTypes::Get().Type("old.Order").file());
}

TEST_CASE("request template: both forms are the same message, for well-known types themselves") {
  for (const char* name : {"Timestamp", "Duration", "FieldMask", "Struct", "Value", "ListValue", "Any",
                           "Empty", "BoolValue", "Int64Value", "BytesValue", "DoubleValue", "StringValue"}) {
    CheckBothForms(WriterTypes::Get().Type(std::string("google.protobuf.") + name));
  }
}

TEST_CASE("request template: both forms are the same message, for the types that describe types") {
  CheckBothForms(*google::protobuf::FileDescriptorProto::descriptor()->file());
}

TEST_CASE("request template: a template that was cut is still a message, the same in both forms") {
  for (size_t fields = 0; fields < 40; ++fields) {
    CAPTURE(fields);
    const TemplateTree tree =
        GrowTemplate(rpcctl::Types().Type("items2.Old"), {.fields = fields, .levels = 3});
    CHECK(testing::FromJson(tree).find("error: ") == std::string::npos);
    CHECK(testing::FromItems(tree) == testing::FromJson(tree));
  }
}

TEST_CASE("request template: types linked as deep as can be are written without a crash") {
  google::protobuf::DescriptorPool pool;
  REQUIRE(pool.BuildFile(testing::TypeChain(20000, 0)) != nullptr);
  const TemplateTree tree = GrowTemplate(*pool.FindMessageTypeByName("M0"));
  CHECK(TemplateAsJson(tree).size() < 10000);
  CHECK(TemplateAsItems(tree, TemplateComments::kOn).size() < 10000);
}

}  // namespace
}  // namespace rpcctl
