#include "message/field_resolver.h"

#include <doctest/doctest.h>

#include "tests/support/item_types.h"

namespace rpcctl {
namespace {

Result<ResolvedPath> Resolve(const std::string& type, std::string_view typed) {
  return ResolveFields(Types().Type(type), *ParseFieldPath(typed),
                       Completed({}, Types().Type(type)).find_named_extension);
}

// The last field of a path, by its full name.
std::string Field(const std::string& type, std::string_view typed) {
  const Result<ResolvedPath> path = Resolve(type, typed);
  return path ? path->steps.back().field->full_name() : "error: " + path.error().message;
}

std::string Hint(const std::string& type, std::string_view typed) {
  const Result<ResolvedPath> path = Resolve(type, typed);
  return path ? "" : path.error().hint;
}

TEST_CASE("field_resolver: fields are found by their own and by their JSON names, at any depth") {
  CHECK(Field("items.Request", "display_name") == "items.Request.display_name");
  CHECK(Field("items.Request", "displayName") == "items.Request.display_name");
  CHECK(Field("items.Request", "veryOdd") == "items.Request.odd");
  CHECK(Field("items.Request", "odd") == "items.Request.odd");
  CHECK(Field("items.Request", "location.latitude") == "items.Point.latitude");
  CHECK(Field("items.Request", "inner.inner.inner.label") == "items.Request.Inner.label");
  CHECK(Field("items2.Old", "address.city") == "items2.Old.Address.city");
}

TEST_CASE("field_resolver: an index chooses an element") {
  const Result<ResolvedPath> path = Resolve("items.Request", "routes.10.tags[2]");
  REQUIRE(path);
  REQUIRE(path->steps.size() == 2);
  CHECK(*path->steps[0].index == 10);
  CHECK(*path->steps[1].index == 2);
  CHECK(path->steps[1].last == 3);
  CHECK(path->rest == 4);
}

TEST_CASE("field_resolver: a list or a map without an element is no single value") {
  CHECK_FALSE(Resolve("items.Request", "tags")->steps[0].IsSingle());
  CHECK(Resolve("items.Request", "tags.0")->steps[0].IsSingle());
  CHECK_FALSE(Resolve("items.Maps", "labels")->steps[0].IsSingle());
  CHECK(Resolve("items.Maps", "labels.a")->steps[0].IsSingle());
  CHECK(Resolve("items.Request", "name")->steps[0].IsSingle());
}

TEST_CASE("field_resolver: a key is read by the type of the map's keys") {
  CHECK((*Resolve("items.Maps", "labels[a.b/c]")->steps[0].key == ScalarValue(std::string("a.b/c"))));
  CHECK((*Resolve("items.Maps", "labels[]")->steps[0].key == ScalarValue(std::string())));
  CHECK((*Resolve("items.Maps", "by_bool.true")->steps[0].key == ScalarValue(true)));
  CHECK((*Resolve("items.Maps", "by_i32.-0x10")->steps[0].key == ScalarValue(int32_t{-16})));
  CHECK((*Resolve("items.Maps", "by_u64.18446744073709551615")->steps[0].key == ScalarValue(UINT64_MAX)));
  CHECK(Field("items.Maps", "by_bool.yes") ==
        "error: by_bool.yes: expected bool, found 'yes' as a key of map<bool, string>");
}

TEST_CASE("field_resolver: extensions are found by their full name in brackets") {
  CHECK(Field("items2.Old", "[items2.weight]") == "items2.weight");
  CHECK(Field("items2.Old", "[items2.wrapped].label") == "items2.Inner.label");
  CHECK(Field("items2.Old", "[items2.nothing]") == "error: [items2.nothing]: no such extension of Old");
  CHECK(Field("items2.Inner", "[items2.weight]") == "error: [items2.weight]: no such extension of Inner");
  CHECK(Hint("items2.Old", "[name]") == "name is a field: write it after a dot, without brackets");
}

TEST_CASE("field_resolver: an unknown field is told the nearest names") {
  CHECK(Field("items.Request", "nmae") == "error: nmae: no such field in Request");
  CHECK(Hint("items.Request", "nmae") == "did you mean 'name'?");
  CHECK(Hint("items.Request", "displayNam") == "did you mean 'display_name'?");
  CHECK(Field("items.Request", "inner.lable") == "error: inner.lable: no such field in Request.Inner");
  CHECK(Hint("items.Request", "inner.lable") == "did you mean 'label'?");
}

TEST_CASE("field_resolver: where no name is near, a short list of all is told") {
  CHECK(Hint("items.Point", "x") == "its fields are latitude and longitude");
  CHECK(Hint("items2.Inner", "xyz") == "its field is label");
  CHECK(Hint("items.Request", "qqqqqq") == "");
  CHECK(Hint("items.Request", "nothing.x") == "Empty has no fields");
}

TEST_CASE("field_resolver: a list wants an index before a field") {
  CHECK(Field("items.Request", "routes.label") ==
        "error: routes.label: expected an index into repeated message items.Request.Inner, found 'label'");
  CHECK(Hint("items.Request", "routes.label") == "elements are counted from 0: routes.0");
  for (const char* typed :
       {"routes.-1", "routes.1e1", "routes.0x1", "routes[]", "routes.2147483648", "routes.1.x"}) {
    CAPTURE(typed);
    CHECK_FALSE(Resolve("items.Request", typed));
  }
}

TEST_CASE("field_resolver: a scalar has no fields") {
  CHECK(Field("items.Request", "name.x") == "error: name.x: name is string and has no fields");
  CHECK(Field("items.Request", "tags.0.x") == "error: tags.0.x: tags.0 is string and has no fields");
}

TEST_CASE("field_resolver: a dotted key without brackets is told to use them") {
  CHECK(Field("items.Maps", "labels.a.b.c") == "error: labels.a.b: labels.a is string and has no fields");
  CHECK(Hint("items.Maps", "labels.a.b.c") == "a key that holds a dot stands in brackets: labels[a.b.c]");
}

TEST_CASE("field_resolver: resolving stops where an Any begins") {
  const Result<ResolvedPath> path = Resolve("items.Known", "details.0.x.y");
  REQUIRE(path);
  CHECK(path->steps.size() == 1);
  CHECK(path->rest == 2);
  CHECK(Resolve("items.Known", "detail")->rest == 1);
}

TEST_CASE("field_resolver: a path has an end to its depth") {
  std::string typed = "inner";
  for (int i = 0; i < 200; ++i) typed += ".inner";
  const Result<ResolvedPath> path = Resolve("items.Request", typed);
  REQUIRE_FALSE(path);
  CHECK(path.error().message.ends_with("is more than 100 steps deep"));
}

}  // namespace
}  // namespace rpcctl
