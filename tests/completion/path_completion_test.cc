#include "completion/path_completion.h"

#include <doctest/doctest.h>

#include "tests/support/completed_items.h"

namespace rpcctl {
namespace {

using Break = PartialPath::Break;

struct Broken {
  std::string_view typed, head, before, step;
  Break at;
};
const Broken kBroken[] = {{"", "", "", "", Break::kName},
                          {"na", "", "", "na", Break::kName},
                          {"a.b", "a", "a.", "b", Break::kName},
                          {"a.", "a", "a.", "", Break::kName},
                          {"a[b.c].d", "a[b.c]", "a[b.c].", "d", Break::kName},
                          {"a[b", "a", "a[", "b", Break::kOpenBracket},
                          {"a.[b", "a", "a.[", "b", Break::kOpenBracket},
                          {"[b.c", "", "[", "b.c", Break::kOpenBracket},
                          {"a[b.c]", "a", "a[", "b.c", Break::kClosedBracket}};

TEST_CASE("path completion: where a path breaks off") {
  for (const Broken& c : kBroken) {
    CAPTURE(c.typed);
    const PartialPath path = BreakPath(c.typed);
    CHECK(path.head == c.head);
    CHECK(path.before == c.before);
    CHECK(path.step == c.step);
    CHECK((path.at == c.at));
  }
}

TEST_CASE("path completion: fields as they are declared, with their types, leading on") {
  CHECK(AnswerTo("S.Inner ") ==
        ":nospace keeporder nofiles\nlabel=\tstring\nat.\tmessage i.Point\ninner.\tmessage i.Inner\n");
  CHECK(CompletedItems("S.Inner la") == Values{"label="});
  CHECK(CompletedItems("S.Inner label") == Values{"label="});
}

TEST_CASE("path completion: fields at any depth") {
  CHECK(CompletedItems("S.Inner at.") == Values{"at.latitude=", "at.longitude="});
  CHECK(CompletedItems("S.Inner inner.inner.at.lat") == Values{"inner.inner.at.latitude="});
}

TEST_CASE("path completion: what is set is not offered again, where it was set") {
  CHECK(CompletedItems("S.Inner label=x ") == Values{"at.", "inner."});
  CHECK(CompletedItems("S.Inner at.latitude=1 at.") == Values{"at.longitude="});
  CHECK(CompletedItems("S.Inner at.latitude=1 inner.at.") ==
        Values{"inner.at.latitude=", "inner.at.longitude="});
  CHECK(CompletedItems("S.Inner label=x la") == Values{"#la: no field of Inner that is left begins so"});
}

TEST_CASE("path completion: a message given as JSON may be laid over") {
  CHECK(CompletedItems("S.Inner 'at:={\"latitude\":1}' at.lo") == Values{"at.longitude="});
}

TEST_CASE("path completion: an item that is wrong hides nothing and stops nothing") {
  CHECK(CompletedItems("S.Inner nope=1 label at.x.y=1 a..b=2 =x la") == Values{"label="});
}

TEST_CASE("path completion: the other members of a oneof are gone once one is set") {
  CHECK(CompletedItems("S.Choose ") ==
        Values{"before=", "text=", "inner.", "colour=", "maybe=", "camel_case="});
  CHECK(CompletedItems("S.Choose text=x ") == Values{"before=", "maybe=", "camel_case=", ","});
  CHECK(CompletedItems("S.Choose inner.label=x ") ==
        Values{"before=", "inner.", "maybe=", "camel_case=", ","});
}

TEST_CASE("path completion: a comma begins a message in which nothing is set") {
  CHECK(CompletedItems("S.Choose text=x before=y , te") == Values{"text="});
  CHECK(AnswerTo("S.Choose text=x ,") == ":nofiles\n,\tthe next message of the stream\n");
  CHECK(CompletedItems("S.Inner label=x ,").empty());
}

TEST_CASE("path completion: a field by its name in JSON where that was begun") {
  CHECK(CompletedItems("S.Choose camel") == Values{"camel_case="});
  CHECK(CompletedItems("S.Choose camelC") == Values{"camelCase="});
  CHECK(CompletedItems("S.Choose camelCase=x camel") ==
        Values{"#camel: no field of Choice that is left begins so"});
}

TEST_CASE("path completion: a list is set first, then added to") {
  CHECK(CompletedItems("S.Lists ta") == Values{"tags="});
  CHECK(CompletedItems("S.Lists tags=a ta") == Values{"tags+="});
  CHECK(CompletedItems("S.Lists tags+") == Values{"tags+=", "tags+:="});
}

TEST_CASE("path completion: other operators once they are begun") {
  CHECK(CompletedItems("S.Inner at:") == Values{"at:="});
  CHECK(CompletedItems("S.Inner label:") == Values{"label:="});
  CHECK(CompletedItems("S.Lists inners+") == Values{"inners+:="});
  CHECK(CompletedItems("S.Lists counts:") == Values{"counts:="});
}

TEST_CASE("path completion: elements of a list: those there are, and the next") {
  CHECK(CompletedItems("S.Lists inners.") == Values{"inners.0."});
  CHECK(CompletedItems("S.Lists inners.0.label=x inners.") == Values{"inners.0.", "inners.1."});
  CHECK(CompletedItems("S.Lists inners[") == Values{"inners[0]."});
  CHECK(CompletedItems("S.Lists inners.0.label=x inners.0.") == Values{"inners.0.at.", "inners.0.inner."});
  CHECK(CompletedItems("S.Lists tags=a tags=b tags.") == Values{"tags.0=", "tags.1=", "tags.2="});
  CHECK(CompletedItems("S.Lists inners.7") ==
        Values{"#inners: repeated message i.Inner: the next index is 0"});
}

TEST_CASE("path completion: keys of a map: the form, those that are there, those there can be") {
  CHECK(CompletedItems("S.Lists cou") == Values{"counts."});
  CHECK(CompletedItems("S.Lists counts.") == Values{"#counts: map<string, int32>: a key, then its value"});
  CHECK(CompletedItems("S.Lists counts.a") == Values{"counts.a="});
  CHECK(CompletedItems("S.Lists counts[a.b") == Values{"counts[a.b]="});
  CHECK(CompletedItems("S.Lists counts[a.b]") == Values{"counts[a.b]="});
  CHECK(CompletedItems("S.Lists counts.a=1 counts.a").empty());
  CHECK(CompletedItems("S.Lists named.x.label=a named.") ==
        Values{"named.x.", "#named: map<string, message i.Inner>: a key, then its value"});
  CHECK(CompletedItems("S.Lists named.x.la") == Values{"named.x.label="});
  CHECK(CompletedItems("S.Lists numbered.7") == Values{"numbered.7="});
  CHECK(CompletedItems("S.Lists numbered.x").empty());
  CHECK(CompletedItems("S.Lists said.t") == Values{"said.true="});
}

TEST_CASE("path completion: types that have a form of their own") {
  CHECK(CompletedItems("S.Known ") ==
        Values{"time=", "wait=", "maybe=", "number=", "data:=", "value=", "list:=", "detail.", "empty:="});
  CHECK(CompletedItems("S.Lists structs") == Values{"structs+:="});
}

TEST_CASE("path completion: inside an Any, its type and then its fields") {
  CHECK(CompletedItems("S.Known detail.") == Values{"detail.@type="});
  CHECK(CompletedItems("S.Known detail.@type=i.P") == Values{"detail.@type=i.Point"});
  CHECK(CompletedItems("S.Known detail.@type=type.googleapis.com/i.P") ==
        Values{"detail.@type=type.googleapis.com/i.Point"});
  CHECK(CompletedItems("S.Known detail.@type=i.Point detail.lat") == Values{"detail.latitude="});
  CHECK(CompletedItems("S.Known detail.@type=x/i.Inner detail.at.latitude=1 detail.at.") ==
        Values{"detail.at.longitude="});
  CHECK(CompletedItems("S.Known detail.x.") ==
        Values{"#detail: say first what is in it: detail.@type=pkg.Type"});
}

TEST_CASE("path completion: hints where nothing can be named") {
  CHECK(CompletedItems("S.Nothing ") == Values{"#Nothing has no fields"});
  CHECK(CompletedItems("S.Inner label.") == Values{"#label: string has no fields"});
  CHECK(CompletedItems("S.Inner nope.x") ==
        Values{"#nope: no such field in Inner; its fields are label, at and inner"});
  CHECK(CompletedItems("S.Nope x") ==
        Values{"#no method 'Nope' in i.S; it has Numbers, Known, Lists, Choose, Update, Inner and Nothing"});
}

TEST_CASE("path completion: extensions behind a bracket") {
  FakeServer server = {{"e.proto", R"(syntax = "proto2"; package e;
      message M { optional int32 a = 1; extensions 100 to 200; }
      message In { optional string x = 1; }
      extend M { optional int32 more = 100; optional In deep = 101; }
      service S { rpc Do(M) returns (M); })"}};
  CompletedLine line(server);
  CHECK(line.Values("rpcctl call Do ") == Values{"a="});
  CHECK(line.Values("rpcctl call Do [") == Values{"[e.more]=", "[e.deep]."});
  CHECK(line.Values("rpcctl call Do [e.m") == Values{"[e.more]="});
  CHECK(line.Values("rpcctl call Do '[e.more]") == Values{"[e.more]="});
  CHECK(line.Values("rpcctl call Do [e.deep].") == Values{"[e.deep].x="});
  CHECK(line.Values("rpcctl call Do [e.more]=1 [") == Values{"[e.deep]."});
}

TEST_CASE("path completion: JSON names that a server made up for a shell are not offered") {
  FakeServer server = {{"j.proto", R"_(package j;
      message M { string good = 1 [json_name = "x$(touch y)"]; }
      service S { rpc Do(M) returns (M); })_"}};
  CompletedLine line(server);
  CHECK(line.Values("rpcctl call Do x") == Values{"#x: no field of M that is left begins so"});
}

// A server that sends comments along, of a message with a required field.
FakeServer Commented() {
  FakeServer server;
  auto file = ParseText("c.proto", R"(syntax = "proto2"; package c;
      message M {
        // The name. More.
        required string name = 1;
        optional int32 n = 2;  // How many
      }
      service S { rpc Do(M) returns (M); })");
  server.on_symbol = [file](const std::string&) {
    return FakeServer::Answer(std::vector<SchemaFile>{{file.name(), file.SerializeAsString()}});
  };
  server.Add(std::move(file));
  return server;
}

TEST_CASE("path completion: comments and required fields are told") {
  FakeServer server = Commented();
  CompletedLine line(server);
  CHECK(line("rpcctl call S.Do ") ==
        ":nospace keeporder nofiles\nname=\tstring, required: The name.\nn=\tint32: How many\n");
  CHECK(line("rpcctl call S.Do n=") == ":nofiles\n#n: int32, -2147483648 to 2147483647: How many\n");
}

TEST_CASE("path completion: words behind -- are items too") {
  CHECK(CompletedItems("S.Inner -- label=x a") == Values{"at."});
}

}  // namespace
}  // namespace rpcctl
