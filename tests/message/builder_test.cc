#include "message/builder.h"

#include <doctest/doctest.h>

#include "tests/support/item_types.h"
#include "tests/support/temporary_directory.h"

namespace rpcctl {
namespace {

TEST_CASE("builder: scalars of every type are set by their type") {
  CHECK(Built("items.Scalars", {"d=0.5", "f=-inf", "i32=-1", "i64=9223372036854775807", "u32=4294967295",
                                "u64=18446744073709551615"}) ==
        "d: 0.5 f: -inf i32: -1 i64: 9223372036854775807 u32: 4294967295 u64: 18446744073709551615");
  CHECK(Built("items.Scalars", {"s32=1", "s64=2", "fx32=3", "fx64=4", "sfx32=5", "sfx64=6"}) ==
        "s32: 1 s64: 2 fx32: 3 fx64: 4 sfx32: 5 sfx64: 6");
  CHECK(Built("items.Scalars", {"flag=true", "name=007", "blob=b64:AAE=", "color=dark_blue"}) ==
        "flag: true name: \"007\" blob: \"\\000\\001\" color: COLOR_DARK_BLUE");
  CHECK(Built("items.Scalars", {"maybe=0", "color=77"}) == "color: 77 maybe: 0");
}

TEST_CASE("builder: an unknown field names the closest one") {
  const Error error = BuildError("items.Request", {"nmae=you"});
  CHECK(error.kind == ErrorKind::kInput);
  CHECK(error.message == "nmae: no such field in Request");
  CHECK(error.hint == "did you mean 'name'?");
}

TEST_CASE("builder: a value that does not fit is told with its path and the expected type") {
  CHECK(Built("items.Scalars", {"i32=abc"}) == "error: i32: expected int32, found 'abc'");
  CHECK(Built("items.Scalars", {"u32=-1"}) == "error: u32: '-1' is out of range for uint32");
  CHECK(Built("items.Scalars", {"flag=007"}) == "error: flag: expected bool, found '007'");
  CHECK(Built("items.Request", {"location.latitude=north"}) ==
        "error: location.latitude: expected int32, found 'north'");
  CHECK(BuildError("items.Scalars", {"blob=cafe"}).hint ==
        "write bytes as hex:00ff, b64:AAE= or text:hi, or take them from a file with =@FILE");
}

TEST_CASE("builder: paths make the messages on their way") {
  CHECK(Built("items.Request", {"location.latitude=1", "location.longitude=2", "inner.inner.label=x"}) ==
        "location { latitude: 1 longitude: 2 } inner { inner { label: \"x\" } }");
  CHECK(BuiltOver("items.Request", "location { latitude: 1 longitude: 2 }", {"location.longitude=3"}) ==
        "location { latitude: 1 longitude: 3 }");
}

TEST_CASE("builder: the first = on a list replaces what the data gave, the next append") {
  CHECK(Built("items.Request", {"tags=a", "tags=b", "tags=c"}) == "tags: \"a\" tags: \"b\" tags: \"c\"");
  CHECK(BuiltOver("items.Request", "tags: 'x' tags: 'y'", {"tags=a", "tags=b"}) == "tags: \"a\" tags: \"b\"");
  CHECK(BuiltOver("items.Request", "tags: 'x'", {"tags=a", "tags+=b"}) == "tags: \"a\" tags: \"b\"");
  CHECK(Built("items.Request", {"colors=red", "colors=0", "blobs=hex:ff", "numbers=0x10"}) ==
        "numbers: 16 colors: COLOR_RED colors: COLOR_UNSPECIFIED blobs: \"\\377\"");
}

TEST_CASE("builder: += always appends") {
  CHECK(BuiltOver("items.Request", "tags: 'x'", {"tags+=a", "tags+=b"}) ==
        "tags: \"x\" tags: \"a\" tags: \"b\"");
  CHECK(Built("items.Request", {"name+=a"}) ==
        "error: name: expected a repeated field before +=, found string");
  CHECK(Built("items.Request", {"tags.0+=a"}) ==
        "error: tags.0: one element takes =, and += only a whole list");
  CHECK(Built("items.Maps", {"labels+=a"}) ==
        "error: labels: expected a repeated field before +=, found map<string, string>");
}

TEST_CASE("builder: elements are set by index and the next index makes one") {
  CHECK(Built("items.Request", {"routes.0.label=x", "routes.1.label=y", "routes[0].tags=t"}) ==
        "routes { label: \"x\" tags: \"t\" } routes { label: \"y\" }");
  CHECK(BuiltOver("items.Request", "tags: 'a' tags: 'b'", {"tags.1=c", "tags.2=d"}) ==
        "tags: \"a\" tags: \"c\" tags: \"d\"");
}

TEST_CASE("builder: a gap in a list is an error") {
  CHECK(Built("items.Request", {"routes.1.label=x"}) ==
        "error: routes.1: the list has 0 elements, so the next index is 0");
  CHECK(Built("items.Request", {"tags.0=a", "tags.2=b"}) ==
        "error: tags.2: the list has 1 element, so the next index is 1");
}

TEST_CASE("builder: setting one field twice is an error, under whichever names") {
  CHECK(Built("items.Request", {"name=a", "name=b"}) ==
        "error: name: set twice, by 'name=a' and by 'name=b'");
  CHECK(Built("items.Request", {"display_name=a", "displayName=b"}) ==
        "error: displayName: set twice, by 'display_name=a' and by 'displayName=b'");
  CHECK(Built("items.Request", {"tags.0=a", "tags[0]=b"}) ==
        "error: tags[0]: set twice, by 'tags.0=a' and by 'tags[0]=b'");
  CHECK(Built("items.Maps", {"by_i32.1=a", "by_i32[0x1]=b"}) ==
        "error: by_i32[0x1]: set twice, by 'by_i32.1=a' and by 'by_i32[0x1]=b'");
  CHECK(Built("items.Request", {"tags=a", "tags.0=b"}) ==
        "error: tags.0: set twice, by 'tags=a' and by 'tags.0=b'");
  CHECK(Built("items.Known", {"maybe_i32=1", "maybe_i32.value=2"}) ==
        "error: maybe_i32.value: set twice, by 'maybe_i32=1' and by 'maybe_i32.value=2'");
}

TEST_CASE("builder: two members of a oneof are an error") {
  CHECK(Built("items.Request", {"text=a", "number=1"}) ==
        "error: number: text and number are both members of the oneof choice, which holds one");
  CHECK(Built("items.Request", {"point.latitude=1", "point.longitude=2"}) ==
        "point { latitude: 1 longitude: 2 }");
  CHECK(BuildError("items.Request", {"point.latitude=1", "text=a"}).hint ==
        "leave out 'point.latitude=1' or 'text=a'");
}

TEST_CASE("builder: an item puts another member into a oneof that the data filled") {
  CHECK(BuiltOver("items.Request", "text: 'a'", {"number=1"}) == "number: 1");
}

TEST_CASE("builder: map entries are set by keys of every type") {
  CHECK(
      Built("items.Maps", {"labels.env=prod", "labels[a.b/c]=x", "labels[]=y"}) ==
      "labels { key: \"\" value: \"y\" } labels { key: \"a.b/c\" value: \"x\" } labels { key: \"env\" value: "
      "\"prod\" }");
  CHECK(Built("items.Maps", {"by_i32.-1=a", "by_i64.-2=b", "by_u32.3=c", "by_u64.4=d", "by_bool.true=e"}) ==
        "by_i32 { key: -1 value: \"a\" } by_i64 { key: -2 value: \"b\" } by_u32 { key: 3 value: \"c\" } "
        "by_u64 { key: 4 value: \"d\" } by_bool { key: true value: \"e\" }");
  CHECK(Built("items.Maps",
              {"by_s32.1=a", "by_s64.2=b", "by_fx32.3=c", "by_fx64.4=d", "by_sfx32.5=e", "by_sfx64.6=f"}) ==
        "by_s32 { key: 1 value: \"a\" } by_s64 { key: 2 value: \"b\" } by_fx32 { key: 3 value: \"c\" } "
        "by_fx64 { key: 4 value: \"d\" } by_sfx32 { key: 5 value: \"e\" } by_sfx64 { key: 6 value: \"f\" }");
}

TEST_CASE("builder: map values are of every kind") {
  CHECK(Built("items.Maps", {"places.a.latitude=1", "places.a.longitude=2", "waits.x=5s", "colors.c=red"}) ==
        "places { key: \"a\" value { latitude: 1 longitude: 2 } } waits { key: \"x\" value { seconds: 5 } } "
        "colors { key: \"c\" value: COLOR_RED }");
}

TEST_CASE("builder: an entry that the data gave is replaced, not doubled") {
  CHECK(BuiltOver("items.Maps", "labels { key: 'a' value: 'old' } labels { key: 'b' value: 'kept' }",
                  {"labels.a=new"}) ==
        "labels { key: \"a\" value: \"new\" } labels { key: \"b\" value: \"kept\" }");
}

TEST_CASE("builder: a whole map or message does not come from text") {
  CHECK(Built("items.Maps", {"labels=x"}) == "error: labels: expected map<string, string>, found text");
  CHECK(BuildError("items.Maps", {"labels=x"}).hint ==
        "set one entry, labels.KEY=VALUE, or all of it, labels:='{...}'");
  CHECK(Built("items.Request", {"location=x"}) ==
        "error: location: expected message items.Point, found text");
  CHECK(BuildError("items.Request", {"location=x"}).hint ==
        "set its fields, location.latitude=..., or all of it, location:='{...}'");
  CHECK(BuildError("items.Request", {"nothing=x"}).hint == "it has no fields: nothing:='{}' sets it");
  CHECK(BuildError("items.Known", {"object=x"}).hint == "write JSON: object:='{...}'");
  CHECK(BuildError("items.Known", {"list=x"}).hint == "write JSON: list:='[...]'");
  CHECK(BuildError("items.Known", {"detail=x"}).hint ==
        "name its type with detail.@type=pkg.Type, then set its fields");
}

TEST_CASE("builder: well-known types have their text forms, in lists too") {
  CHECK(Built("items.Known", {"at=now-5m", "wait=1h30m", "mask=name,user.id"}) ==
        "at { seconds: 1795343100 nanos: 500000000 } wait { seconds: 5400 } mask { paths: \"name\" paths: "
        "\"user.id\" }");
  CHECK(Built("items.Known", {"value=5", "maybe_i32=5", "maybe_name=5"}) ==
        "value { string_value: \"5\" } maybe_i32 { value: 5 } maybe_name { value: \"5\" }");
  CHECK(Built("items.Known", {"times=unix:1", "times=unix:2", "times.1.nanos=3"}) ==
        "error: times.1.nanos: set twice, by 'times=unix:2' and by 'times.1.nanos=3'");
  CHECK(Built("items.Known", {"times=unix:1", "times+=unix:2"}) ==
        "times { seconds: 1 } times { seconds: 2 }");
  CHECK(Built("items.Known", {"at.seconds=5", "at.nanos=6"}) == "at { seconds: 5 nanos: 6 }");
}

TEST_CASE("builder: a wrapper of the default value is there all the same") {
  CHECK(Built("items.Known", {"maybe_flag=false", "maybe_i32=0"}) == "maybe_flag { } maybe_i32 { }");
}

TEST_CASE("builder: two nows of one request are the same instant") {
  const auto message = Types().New("items.Known");
  int readings = 0;
  const auto ticking = [&readings] {
    return std::chrono::system_clock::time_point(std::chrono::seconds(++readings));
  };
  const std::vector<Item> items = {*ParseItem("at=now"), *ParseItem("times=now")};
  REQUIRE(Builder(BuildOptions{.now = ticking}).Apply(items, *message));
  CHECK(message->ShortDebugString() == "at { seconds: 1 } times { seconds: 1 }");
}

TEST_CASE("builder: an Any is filled by its type and the fields of that") {
  CHECK(Built("items.Known", {"detail.@type=items.Point", "detail.latitude=1"}) ==
        "detail { [type.googleapis.com/items.Point] { latitude: 1 } }");
  CHECK(Built("items.Known", {"detail.@type=example.com/items.Point"}) ==
        "detail { [example.com/items.Point] { } }");
  CHECK(Built("items.Known", {"details.0.@type=items.Point", "details.0.latitude=1",
                              "details.1.@type=google.protobuf.Duration", "details.1.seconds=5"}) ==
        "details { [type.googleapis.com/items.Point] { latitude: 1 } } "
        "details { [type.googleapis.com/google.protobuf.Duration] { seconds: 5 } }");
}

TEST_CASE("builder: an Any inside an Any is packed from the inside out") {
  CHECK(Built("items.Known", {"detail.@type=items.Known", "detail.detail.@type=items.Point",
                              "detail.detail.latitude=1", "detail.wait=5s"}) ==
        "detail { [type.googleapis.com/items.Known] { wait { seconds: 5 } "
        "detail { [type.googleapis.com/items.Point] { latitude: 1 } } } }");
}

TEST_CASE("builder: an Any whose type is not known yet wants it first") {
  const Error error = BuildError("items.Known", {"detail.latitude=1"});
  CHECK(error.message == "detail.latitude: the type of this google.protobuf.Any is not known yet");
  CHECK(error.hint == "say detail.@type=pkg.Type first");
  CHECK(Built("items.Known", {"detail.@type=pkg.T"}) ==
        "error: detail.@type: no message type is called 'pkg.T'");
  CHECK(Built("items.Known", {"detail.@type:=\"x\""}) ==
        "error: detail.@type: @type takes '=' alone: @type=pkg.Type");
  CHECK(Built("items.Known", {"detail.@type=items.Point", "detail.@type=items.Known"}) ==
        "error: detail.@type: set twice, by 'detail.@type=items.Point' and by 'detail.@type=items.Known'");
  CHECK(Built("items.Known", {"detail.@type=items.Point", "detail.x=1"}) ==
        "error: detail.x: no such field in Point");
  CHECK(Built("items.Request", {"location.@type=items.Point"}) ==
        "error: location.@type: no such field in Point");
}

TEST_CASE("builder: an Any of the data keeps what items do not set") {
  const std::string data = "detail { [type.googleapis.com/items.Point] { latitude: 1 longitude: 2 } }";
  CHECK(BuiltOver("items.Known", data, {"detail.longitude=3"}) ==
        "detail { [type.googleapis.com/items.Point] { latitude: 1 longitude: 3 } }");
  CHECK(BuiltOver("items.Known", data, {"detail.@type=items.Point"}) ==
        "detail { [type.googleapis.com/items.Point] { latitude: 1 longitude: 2 } }");
  CHECK(BuiltOver("items.Known", data, {"detail.@type=google.protobuf.Duration", "detail.seconds=5"}) ==
        "detail { [type.googleapis.com/google.protobuf.Duration] { seconds: 5 } }");
  CHECK(BuiltOver("items.Known", "detail { type_url: 'x/items.Point' value: '\\377' }",
                  {"detail.latitude=1"}) ==
        "error: detail.latitude: its value does not parse as items.Point");
}

TEST_CASE("builder: types of Any come from the finder that was given") {
  const auto message = Types().New("items.Known");
  std::string asked;
  const auto find = [&asked](std::string_view name) {
    asked = name;
    return &Types().Type("items.Point");
  };
  const std::vector<Item> items = {*ParseItem("detail.@type=far.Away"), *ParseItem("detail.latitude=1")};
  REQUIRE(Builder(BuildOptions{.now = TestNow, .reading = {.known = {.find_type = find}}})
              .Apply(items, *message));
  CHECK(asked == "far.Away");
  const std::vector<Item> json = {*ParseItem("detail:={\"@type\": \"x/far.Off\", \"latitude\": 1}")};
  REQUIRE(
      Builder(BuildOptions{.now = TestNow, .reading = {.known = {.find_type = find}}}).Apply(json, *message));
  CHECK(asked == "far.Off");
}

TEST_CASE("builder: extensions, groups and closed enums of proto2") {
  CHECK(Built("items2.Old", {"[items2.weight]=5", "[items2.marks]=a", "[items2.marks]=b"}) ==
        "[items2.weight]: 5 [items2.marks]: \"a\" [items2.marks]: \"b\"");
  CHECK(Built("items2.Old", {"address.city=Kingston", "closed=second", "[items2.wrapped].label=x"}) ==
        "closed: SECOND Address { city: \"Kingston\" } [items2.wrapped] { label: \"x\" }");
  CHECK(Built("items2.Old", {"closed=3"}) == "error: closed: expected enum items2.Closed, found '3'");
}

TEST_CASE("builder: a file is the value") {
  const TemporaryDirectory folder;
  const std::string raw = folder.Write("raw", "\xff\n");
  const std::string number = folder.Write("number", "5\n");
  CHECK(Built("items.Scalars", {"blob=@" + raw, "i32=@" + number, "name=@" + number}) ==
        "i32: 5 name: \"5\\n\" blob: \"\\377\\n\"");
  CHECK(Built("items.Scalars", {"name=@" + raw}) ==
        "error: name: expected string, found bytes that are not UTF-8 (the first at offset 0)");
  CHECK(Built("items.Request", {"tags+=@" + number, "tags+=@" + number}) == "tags: \"5\\n\" tags: \"5\\n\"");
}

TEST_CASE("builder: items can be checked without the data they are laid over") {
  Builder builder(BuildOptions{.now = TestNow});
  const auto check = [&builder](const std::string& word) {
    const std::vector<Item> items = {*ParseItem(word)};
    const Result<void> checked = builder.Check(items, Types().Type("items.Known"));
    return checked ? "" : checked.error().message;
  };
  CHECK(check("details.7.latitude=1") == "");
  CHECK(check("times.7=now") == "");
  CHECK(check("wait=5s") == "");
  CHECK(check("wait=5") == "wait: expected google.protobuf.Duration, found '5'");
  CHECK(check("times.7=x") == "times.7: expected google.protobuf.Timestamp, found 'x'");
  CHECK(check("wiat=5s") == "wiat: no such field in Known");
}

}  // namespace
}  // namespace rpcctl
