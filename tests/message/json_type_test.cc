#include "message/json_type.h"

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.h>

#include "tests/support/writer_types.h"

namespace rpcctl {
namespace {

std::string Names(const JsonType& type) {
  std::string names;
  for (const JsonField& field : type.fields) names += field.quoted_name;
  return names;
}

TEST_CASE("json type: fields are in the order of their numbers") {
  JsonTypeTable table(false);
  CHECK(Names(table.Of(WriterTypes::Get().Type("out.Names"))) ==
        R"("snakeCaseName""@\u001b\"odd""X1y""lastOfAll")");
}

TEST_CASE("json type: names of the file on demand") {
  JsonTypeTable table(true);
  CHECK(Names(table.Of(WriterTypes::Get().Type("out.Names"))) ==
        R"("snake_case_name""odd""_x_1y""last_of_all")");
}

TEST_CASE("json type: an extension has its full name in brackets, whatever the style") {
  const auto* extension = WriterTypes::Get().pool().FindExtensionByName("old.Scope.parent");
  CHECK(MakeJsonField(*extension, false).quoted_name == R"("[old.Scope.parent]")");
  CHECK(MakeJsonField(*extension, true).quoted_name == R"("[old.Scope.parent]")");
}

TEST_CASE("json type: form and extensions are known") {
  JsonTypeTable table(false);
  const WriterTypes& types = WriterTypes::Get();
  CHECK(table.Of(types.Type("old.Order")).extendable);
  CHECK_FALSE(table.Of(types.Type("out.Tree")).extendable);
  CHECK(table.Of(types.Type("google.protobuf.Any")).form == JsonForm::kAny);
}

TEST_CASE("json type: an entry is made once and stays where it is") {
  JsonTypeTable table(false);
  const WriterTypes& types = WriterTypes::Get();
  const JsonType* first = &table.Of(types.Type("out.Tree"));
  for (const char* other : {"out.Scalars", "out.Lists", "out.Maps", "out.Names"}) table.Of(types.Type(other));
  CHECK(&table.Of(types.Type("out.Tree")) == first);
}

}  // namespace
}  // namespace rpcctl
