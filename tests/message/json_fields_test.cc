#include "message/json_fields.h"

#include <doctest/doctest.h>

#include "tests/support/item_types.h"
#include "tests/support/temporary_directory.h"

namespace rpcctl {
namespace {

TEST_CASE("json_fields: a field of any kind is set from JSON") {
  CHECK(
      Built("items.Scalars", {"i32:=5", "name:=\"x\"", "color:=\"COLOR_RED\"", "blob:=\"AAE=\"", "d:=1e3"}) ==
      "d: 1000 i32: 5 name: \"x\" blob: \"\\000\\001\" color: COLOR_RED");
  CHECK(Built("items.Request", {"location:={\"latitude\": 1}", "tags:=[\"a\", \"b\"]", "nothing:={}"}) ==
        "location { latitude: 1 } tags: \"a\" tags: \"b\" nothing { }");
  CHECK(Built("items.Maps", {"labels:={\"a\": \"b\"}", "places:={\"p\": {\"latitude\": 1}}"}) ==
        "labels { key: \"a\" value: \"b\" } places { key: \"p\" value { latitude: 1 } }");
}

TEST_CASE("json_fields: well-known types have their JSON forms") {
  CHECK(Built("items.Known", {"object:={\"a\": [1]}", "list:=[true]", "value:=null", "maybe_i32:=5"}) ==
        "object { fields { key: \"a\" value { list_value { values { number_value: 1 } } } } } "
        "value { null_value: NULL_VALUE } list { values { bool_value: true } } maybe_i32 { value: 5 }");
  CHECK(Built("items.Known", {"detail:={\"@type\": \"type.googleapis.com/items.Point\", \"latitude\": 1}",
                              "detail.longitude=2"}) ==
        "detail { [type.googleapis.com/items.Point] { latitude: 1 longitude: 2 } }");
}

TEST_CASE("json_fields: {} sets an empty message, over what the data gave") {
  CHECK(BuiltOver("items.Request", "location { latitude: 1 }", {"location:={}"}) == "location { }");
  CHECK(BuiltOver("items.Request", "location { latitude: 1 longitude: 2 }",
                  {"location:={\"latitude\": 3}"}) == "location { latitude: 3 }");
}

TEST_CASE("json_fields: null clears a field") {
  CHECK(BuiltOver("items.Request", "name: 'a' location { latitude: 1 } tags: 'x'",
                  {"name:=null", "location:=null", "tags:= null "}) == "");
  CHECK(BuiltOver("items.Request", "location { latitude: 1 longitude: 2 }",
                  {"location:=null", "location.longitude=3"}) == "location { longitude: 3 }");
  CHECK(Built("items.Request", {"text:=null", "number=1"}) == "number: 1");
  CHECK(Built("items.Maps", {"labels.a:=null"}) ==
        "error: labels.a: null is no value of map<string, string>");
  CHECK(Built("items.Maps", {"values.a:=null"}) == "values { key: \"a\" value { null_value: NULL_VALUE } }");
}

TEST_CASE("json_fields: elements, entries and fields of an Any are set where they are") {
  CHECK(BuiltOver("items.Request", "tags: 'a' tags: 'b' tags: 'c'", {"tags.1:=\"x\"", "tags.3:=\"y\""}) ==
        "tags: \"a\" tags: \"x\" tags: \"c\" tags: \"y\"");
  CHECK(BuiltOver("items.Request", "routes { label: 'a' tags: 't' } routes {}",
                  {"routes.0:={\"label\": \"b\"}"}) == "routes { label: \"b\" } routes { }");
  CHECK(Built("items.Maps", {"places[a.b]:={\"latitude\": 1}", "waits.w:=\"5s\""}) ==
        "places { key: \"a.b\" value { latitude: 1 } } waits { key: \"w\" value { seconds: 5 } }");
  CHECK(Built("items.Known", {"detail.@type=items.Request", "detail.tags:=[\"a\"]"}) ==
        "detail { [type.googleapis.com/items.Request] { tags: \"a\" } }");
  CHECK(Built("items.Request", {"tags.1:=\"x\""}) ==
        "error: tags.1: the list has 0 elements, so the next index is 0");
}

TEST_CASE("json_fields: +:= appends one value or an array of values") {
  CHECK(BuiltOver("items.Request", "tags: 'a'", {"tags+:=\"b\"", "tags+:=[\"c\", \"d\"]", "tags+:=[]"}) ==
        "tags: \"a\" tags: \"b\" tags: \"c\" tags: \"d\"");
  CHECK(Built("items.Request", {"routes+:={\"label\": \"x\"}", "routes.0.tags=t"}) ==
        "routes { label: \"x\" tags: \"t\" }");
  CHECK(Built("items.Known", {"values+:=[1]", "values+:=2"}) ==
        "values { list_value { values { number_value: 1 } } } values { number_value: 2 }");
}

TEST_CASE("json_fields: extensions, groups and incomplete proto2 messages") {
  CHECK(Built("items2.Old", {"[items2.weight]:=5", "address:={\"city\": \"x\"}"}) ==
        "Address { city: \"x\" } [items2.weight]: 5");
  CHECK(Built("items2.Strict", {"name:=\"a\"", "inner:={}", "inner.label=x"}) ==
        "name: \"a\" inner { label: \"x\" }");
}

TEST_CASE("json_fields: an error tells the place in the value, not in a wrapper") {
  const Error error = BuildError("items.Request", {"tags:=[\"a\", 5]"});
  CHECK(error.kind == ErrorKind::kInput);
  CHECK(error.message == "tags: line 1, column 7: tags[1]: expected string, found number 5");
  CHECK(BuildError("items.Request", {"tags.0:= 5"}).message.starts_with("tags.0: line 1, column 2: "));
  CHECK(BuildError("items.Request", {"location:={\n  \"latitude\": x}"})
            .message.starts_with("location: line 2, column 15: "));
  CHECK(BuildError("items.Request", {"location:={\"lat\": 1}"}).hint == "did you mean 'latitude'?");
}

TEST_CASE("json_fields: what is not exactly one value is refused") {
  CHECK(Built("items.Request", {"name:="}) == "error: name: expected a JSON value, found nothing");
  CHECK(Built("items.Request", {"name:=\"a\" \"b\""}) ==
        "error: name: line 1, column 5: expected one JSON value, found a second");
  for (const char* word :
       {"name:=\"a\", \"odd\": \"b\"", "name:=\"a\"}{", "tags.0:=\"a\"], \"odd\": [\"b\"", "name:=a",
        "name:='a'", "name:=\"a", "location:={", "location:={]", "location:={}}", "name:=//"}) {
    CAPTURE(word);
    CHECK(Built("items.Request", {word}).starts_with("error: "));
  }
}

TEST_CASE("json_fields: a name that only a hostile schema has does no harm") {
  Types().AddText("quote.proto",
                  "syntax = 'proto3'; package quote; message M { string a = 1 [json_name = '\\\":1,\\\"b']; "
                  "int32 b = 2; }");
  CHECK(Built("quote.M", {"a:=\"x\""}) == "a: \"x\"");
}

TEST_CASE("json_fields: a file holds the JSON") {
  const TemporaryDirectory folder;
  const std::string path = folder.Write("point.json", "{\n \"latitude\": 1\n}\n");
  CHECK(Built("items.Request", {"location:=@" + path}) == "location { latitude: 1 }");
  CHECK(Built("items.Request", {"routes+:=@" + folder.Write("a", "[{}, {}]")}) == "routes { } routes { }");
}

}  // namespace
}  // namespace rpcctl
