#include "schema/schema.h"

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.h>

#include "tests/support/fake_source.h"

namespace rpcctl {
namespace {

using Names = std::vector<std::string>;

constexpr const char* kGreeter = R"(
  package helloworld;
  service Greeter {
    rpc SayHello(HelloRequest) returns (HelloReply);
    rpc SayHelloAgain(HelloRequest) returns (HelloReply);
  }
  message HelloRequest { string name = 1; }
  message HelloReply { string message = 1; })";

constexpr const char* kHello = R"(
  package hello;
  import "types.proto";
  service HelloService { rpc SayHello(types.Text) returns (types.Text); rpc Introduce(types.Person) returns (types.Text); })";

constexpr const char* kTypes = R"(
  package types;
  message Text { string text = 1; }
  enum Colour { COLOUR_NONE = 0; COLOUR_RED = 1; }
  message Person {
    string name = 1;
    oneof contact { string mail = 2; string phone = 3; }
    message Address { string street = 1; }
    Address address = 4;
    map<string, Colour> tastes = 5;
    optional int32 age = 6;
  })";

FakeServer TwoServices() {
  return FakeServer{{"greeter.proto", kGreeter}, {"hello.proto", kHello}, {"types.proto", kTypes}};
}

std::string MethodName(Schema& schema, std::string_view words) {
  const auto method = schema.FindMethod(words);
  REQUIRE_MESSAGE(method, (method ? "" : method.error().message));
  return (*method)->full_name();
}

TEST_CASE("schema: a service with a package is asked for directly, in one question") {
  FakeServer server = TwoServices();
  const auto schema = SchemaOver(server);
  CHECK(MethodName(*schema, "helloworld.Greeter.SayHello") == "helloworld.Greeter.SayHello");
  CHECK(server.asked == Names{"symbol helloworld.Greeter"});
}

TEST_CASE("schema: a short service name takes the list of services and one file") {
  FakeServer server = TwoServices();
  const auto schema = SchemaOver(server);
  CHECK(MethodName(*schema, "Greeter.SayHello") == "helloworld.Greeter.SayHello");
  CHECK(server.asked == Names{"services", "symbol helloworld.Greeter"});
}

TEST_CASE("schema: a method alone takes the files of all services, and builds one") {
  FakeServer server = TwoServices();
  const auto schema = SchemaOver(server);
  CHECK(MethodName(*schema, "SayHelloAgain") == "helloworld.Greeter.SayHelloAgain");
  CHECK(server.asked == Names{"services", "symbol hello.HelloService", "symbol helloworld.Greeter"});
  CHECK(schema->pool().FindFileByName("hello.proto") == nullptr);
}

TEST_CASE("schema: what is known already is not asked for again") {
  FakeServer server = TwoServices();
  const auto schema = SchemaOver(server);
  MethodName(*schema, "helloworld.Greeter.SayHello");
  MethodName(*schema, "helloworld.Greeter/SayHelloAgain");
  CHECK(server.asked.size() == 1);
}

TEST_CASE("schema: an import that did not come along is asked for by its name") {
  FakeServer server = TwoServices();
  const auto schema = SchemaOver(server);
  CHECK((*schema->FindMethod("hello.HelloService.Introduce"))->input_type()->full_name() == "types.Person");
  CHECK(server.asked == Names{"symbol hello.HelloService", "file types.proto"});
}

TEST_CASE("schema: an import that came along is not asked for") {
  FakeServer server = TwoServices();
  server.sends_imports = true;
  const auto schema = SchemaOver(server);
  MethodName(*schema, "hello.HelloService.Introduce");
  CHECK(server.asked == Names{"symbol hello.HelloService"});
}

TEST_CASE("schema: case is ignored where that is unambiguous") {
  FakeServer server = TwoServices();
  const auto schema = SchemaOver(server);
  CHECK(MethodName(*schema, "greeter.sayhello") == "helloworld.Greeter.SayHello");
  CHECK(MethodName(*schema, "helloworld.Greeter.sayhelloagain") == "helloworld.Greeter.SayHelloAgain");
  CHECK(MethodName(*schema, "HELLOWORLD.GREETER/SAYHELLO") == "helloworld.Greeter.SayHello");
  CHECK(MethodName(*schema, "introduce") == "hello.HelloService.Introduce");
}

TEST_CASE("schema: a method of two services is ambiguous") {
  FakeServer server = TwoServices();
  const auto method = SchemaOver(server)->FindMethod("SayHello");
  REQUIRE_FALSE(method);
  CHECK(method.error().kind == ErrorKind::kUsage);
  CHECK(method.error().message == "'SayHello' is ambiguous");
  CHECK(method.error().hint == "it can be\n  hello.HelloService.SayHello\n  helloworld.Greeter.SayHello");
}

TEST_CASE("schema: a server that fails while a method is looked for is told, not that there is none") {
  FakeServer server = TwoServices();
  const Error failure = {ErrorKind::kStatus, "reflection of h:1 failed: DEADLINE_EXCEEDED (4): late", "", 4};
  server.on_symbol = [&](const std::string&) { return std::optional<FakeServer::Answer>(failure); };
  for (const char* words : {"Introduce", "HelloService.Introduce"}) {
    CAPTURE(words);
    const auto method = SchemaOver(server)->FindMethod(words);
    REQUIRE_FALSE(method);
    CHECK(method.error().message == failure.message);
  }
}

TEST_CASE("schema: a service where a method is needed") {
  FakeServer server = TwoServices();
  for (const char* words : {"Greeter", "helloworld.Greeter", "greeter"}) {
    CAPTURE(words);
    const auto method = SchemaOver(server)->FindMethod(words);
    REQUIRE_FALSE(method);
    CHECK(method.error().kind == ErrorKind::kUsage);
    CHECK(method.error().message == "'helloworld.Greeter' is a service, a method is needed");
    CHECK(method.error().hint == "it has\n  helloworld.Greeter.SayHello\n  helloworld.Greeter.SayHelloAgain");
  }
}

TEST_CASE("schema: an unknown method of a known service names the nearest") {
  FakeServer server = TwoServices();
  for (const char* words : {"helloworld.Greeter.SayHelo", "Greeter.SayHelo"}) {
    CAPTURE(words);
    const auto method = SchemaOver(server)->FindMethod(words);
    REQUIRE_FALSE(method);
    CHECK(method.error().kind == ErrorKind::kSchema);
    CHECK(method.error().message == "no method 'SayHelo' in helloworld.Greeter");
    CHECK(method.error().hint == "did you mean 'SayHello'?");
  }
}

TEST_CASE("schema: an unknown method that is near to none lists what there is") {
  FakeServer server = TwoServices();
  const auto method = SchemaOver(server)->FindMethod("Greeter.Xyzzy");
  REQUIRE_FALSE(method);
  CHECK(method.error().hint == "it has SayHello and SayHelloAgain");
}

TEST_CASE("schema: an unknown service names the nearest") {
  FakeServer server = TwoServices();
  for (const char* words : {"Greter.SayHello", "helloworld.Greter.SayHello"}) {
    CAPTURE(words);
    const auto method = SchemaOver(server)->FindMethod(words);
    REQUIRE_FALSE(method);
    CHECK(method.error().kind == ErrorKind::kSchema);
    CHECK(method.error().hint == "did you mean 'helloworld.Greeter'?");
  }
  CHECK(SchemaOver(server)->FindMethod("Greter.SayHello").error().message ==
        "no service 'Greter' is known to the server at h:1");
}

TEST_CASE("schema: an unknown word alone names the nearest method in full") {
  FakeServer server = TwoServices();
  const auto method = SchemaOver(server)->FindMethod("Introducing");
  REQUIRE_FALSE(method);
  CHECK(method.error().message == "no method or service 'Introducing' is known to the server at h:1");
  CHECK(method.error().hint == "did you mean 'hello.HelloService.Introduce'?");
}

TEST_CASE("schema: a service without a package is found by its name, even where others end in it") {
  FakeServer server{{"plain.proto", "service Greeter { rpc Get(M) returns (M); } message M {}"},
                    {"other.proto", "package x; service Greeter { rpc Get(M) returns (M); } message M {}"}};
  const auto schema = SchemaOver(server);
  CHECK(MethodName(*schema, "Greeter.Get") == "Greeter.Get");
  CHECK(MethodName(*schema, "x.Greeter.Get") == "x.Greeter.Get");
  CHECK_FALSE(schema->FindMethod("Get"));
}

TEST_CASE("schema: of two services with one short name the one that has the method is meant") {
  FakeServer server{{"a.proto", "package a; service S { rpc One(M) returns (M); } message M {}"},
                    {"b.proto", "package b; service S { rpc Two(M) returns (M); } message M {}"}};
  CHECK(MethodName(*SchemaOver(server), "S.Two") == "b.S.Two");
}

TEST_CASE("schema: reflection's own service is a service like others") {
  FakeServer server{{"reflection.proto", R"(package grpc.reflection.v1; message R {}
      service ServerReflection { rpc ServerReflectionInfo(stream R) returns (stream R); })"}};
  CHECK(MethodName(*SchemaOver(server), "ServerReflection/ServerReflectionInfo") ==
        "grpc.reflection.v1.ServerReflection.ServerReflectionInfo");
}

TEST_CASE("schema: services come sorted, each once, of all sources") {
  FakeServer files = TwoServices();
  FakeServer server = TwoServices();
  server.services = {"z.Last", "helloworld.Greeter", "a.First", "a.First"};
  CHECK(*SchemaOver(files, server)->ServiceNames() ==
        Names{"a.First", "hello.HelloService", "helloworld.Greeter", "z.Last"});
}

TEST_CASE("schema: FindService takes full and short names") {
  FakeServer server = TwoServices();
  const auto schema = SchemaOver(server);
  CHECK((*schema->FindService("helloworld.Greeter"))->full_name() == "helloworld.Greeter");
  CHECK((*schema->FindService("helloservice"))->full_name() == "hello.HelloService");
  const auto unknown = schema->FindService("Gretter");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().message == "no service 'Gretter' is known to the server at h:1");
  CHECK(unknown.error().hint == "did you mean 'helloworld.Greeter'?");
}

TEST_CASE("schema: every kind of symbol is found by its full name") {
  FakeServer server = TwoServices();
  for (const bool knows_members : {true, false}) {
    server.knows_members = knows_members;
    const auto schema = SchemaOver(server);
    CHECK(schema->FindSymbol("types.Person")->Kind() == "message");
    CHECK(schema->FindSymbol("types.Person.Address")->Kind() == "message");
    CHECK(schema->FindSymbol("types.Person.Address.street")->Kind() == "field");
    CHECK(schema->FindSymbol("types.Person.contact")->Kind() == "oneof");
    CHECK(schema->FindSymbol("types.Colour")->Kind() == "enum");
    CHECK(schema->FindSymbol("types.COLOUR_RED")->Kind() == "enum value");
    CHECK(schema->FindSymbol("hello.HelloService")->Kind() == "service");
    CHECK(schema->FindSymbol("hello.HelloService.Introduce")->Kind() == "method");
  }
}

TEST_CASE("schema: every kind of symbol is found by a short name") {
  FakeServer server = TwoServices();
  const auto schema = SchemaOver(server);
  CHECK(schema->FindSymbol("Person")->FullName() == "types.Person");
  CHECK(schema->FindSymbol("person.mail")->FullName() == "types.Person.mail");
  CHECK(schema->FindSymbol("street")->FullName() == "types.Person.Address.street");
  CHECK(schema->FindSymbol("contact")->FullName() == "types.Person.contact");
  CHECK(schema->FindSymbol("COLOUR_RED")->FullName() == "types.COLOUR_RED");
  CHECK(schema->FindSymbol("HelloService/Introduce")->FullName() == "hello.HelloService.Introduce");
  CHECK(schema->FindSymbol("Greeter")->FullName() == "helloworld.Greeter");
}

TEST_CASE("schema: a full name of a message costs the list of services and one file") {
  FakeServer server = TwoServices();
  CHECK(SchemaOver(server)->FindSymbol("helloworld.HelloRequest"));
  CHECK(server.asked == Names{"services", "symbol helloworld.HelloRequest"});
}

TEST_CASE("schema: a source is never asked for a method, nor with a leading dot") {
  FakeServer server = TwoServices();
  const auto schema = SchemaOver(server);
  for (const char* words :
       {".helloworld.Greeter.SayHello", "Greeter.SayHello", "/hello.HelloService/Introduce"}) {
    CAPTURE(words);
    CHECK(schema->FindMethod(words));
    CHECK(schema->FindSymbol(words));
  }
  for (const std::string& question : server.asked) {
    CHECK(question.find("SayHello") == std::string::npos);
    CHECK(question.find("Introduce") == std::string::npos);
    CHECK(question.find(" .") == std::string::npos);
  }
}

TEST_CASE("schema: the entry type of a map and the oneof of an optional field are nobody's symbols") {
  FakeServer server = TwoServices();
  CHECK_FALSE(SchemaOver(server)->FindSymbol("TastesEntry"));
  CHECK_FALSE(SchemaOver(server)->FindSymbol("_age"));
}

TEST_CASE("schema: an extension is found by its name") {
  FakeServer server{{"x.proto", R"(syntax = "proto2"; package x; service S { rpc Do(M) returns (M); }
      message M { extensions 100 to 200; extend M { optional int32 inner = 100; } }
      extend M { optional string outer = 101; })"}};
  const auto schema = SchemaOver(server);
  CHECK(schema->FindSymbol("x.outer")->field->is_extension());
  CHECK(schema->FindSymbol("M.inner")->field->number() == 100);
}

TEST_CASE("schema: an ambiguous symbol lists what it can be") {
  FakeServer server = TwoServices();
  const auto symbol = SchemaOver(server)->FindSymbol("name");
  REQUIRE_FALSE(symbol);
  CHECK(symbol.error().kind == ErrorKind::kUsage);
  CHECK(symbol.error().hint == "it can be\n  helloworld.HelloRequest.name\n  types.Person.name");
}

TEST_CASE("schema: an unknown symbol names the nearest") {
  FakeServer server = TwoServices();
  const auto symbol = SchemaOver(server)->FindSymbol("HelloRequst");
  REQUIRE_FALSE(symbol);
  CHECK(symbol.error().kind == ErrorKind::kSchema);
  CHECK(symbol.error().message == "no symbol 'HelloRequst' is known to the server at h:1");
  CHECK(symbol.error().hint == "did you mean 'helloworld.HelloRequest'?");
}

TEST_CASE("schema: the nearest of a full name may differ in any part") {
  FakeServer server = TwoServices();
  CHECK(SchemaOver(server)->FindSymbol("types.Person.cnotact").error().hint ==
        "did you mean 'types.Person.contact'?");
  CHECK(SchemaOver(server)->FindSymbol("type.Person").error().hint == "did you mean 'types.Person'?");
}

TEST_CASE("schema: a well-known type is described without asking for it") {
  FakeServer server = TwoServices();
  CHECK(SchemaOver(server)->FindSymbol("google.protobuf.Timestamp")->message != nullptr);
  CHECK(server.asked == Names{"services"});
}

TEST_CASE("schema: what a short name means does not depend on what was asked for before") {
  FakeServer server{{"a.proto", "package a; message Ask {} service S { rpc M(Ask) returns (Ask); }"},
                    {"b.proto", "package b; message Ask {} message Ring {}"}};
  const auto schema = SchemaOver(server);
  CHECK_FALSE(schema->FindSymbol("Ring"));
  REQUIRE(schema->FindMessage("b.Ring") != nullptr);
  CHECK_FALSE(schema->FindSymbol("Ring"));
  const Result<Symbol> ask = schema->FindSymbol("Ask");
  REQUIRE(ask);
  CHECK(ask->message->full_name() == "a.Ask");
}

TEST_CASE("schema: a well-known type that a service uses is found by its short name") {
  FakeServer server{{"t.proto", R"(package t; import "google/protobuf/duration.proto";
      service S { rpc Do(google.protobuf.Duration) returns (google.protobuf.Duration); })"}};
  CHECK(SchemaOver(server)->FindSymbol("Duration.seconds")->FullName() == "google.protobuf.Duration.seconds");
}

TEST_CASE("schema: FindMessage knows the types of error details without a question") {
  FakeServer server = TwoServices();
  const auto schema = SchemaOver(server);
  CHECK(schema->FindMessage("google.rpc.BadRequest.FieldViolation") != nullptr);
  CHECK(schema->FindMessage("google.protobuf.Struct") != nullptr);
  CHECK(server.asked.empty());
}

TEST_CASE("schema: FindMessage asks for other types, once") {
  FakeServer server = TwoServices();
  const auto schema = SchemaOver(server);
  CHECK(schema->FindMessage("types.Person") != nullptr);
  CHECK(schema->FindMessage("types.Person") != nullptr);
  CHECK(schema->FindMessage("types.Nobody") == nullptr);
  CHECK(schema->FindMessage("types.Nobody") == nullptr);
  CHECK(server.asked == Names{"symbol types.Person", "symbol types.Nobody"});
}

TEST_CASE("schema: FindMessage is not impressed by what is no name") {
  FakeServer server = TwoServices();
  const auto schema = SchemaOver(server);
  for (const char* name : {"", ".", "a b", "\x1b[2J", "types.Colour", "helloworld.Greeter"}) {
    CHECK(schema->FindMessage(name) == nullptr);
  }
}

TEST_CASE("schema: FindMessage stops asking after many unknown names") {
  FakeServer server = TwoServices();
  const auto schema = SchemaOver(server);
  for (int i = 0; i < 3000; ++i) CHECK(schema->FindMessage("x.M" + std::to_string(i)) == nullptr);
  CHECK(server.asked.size() == 1000);
}

TEST_CASE("schema: the first source wins, and the next is not asked") {
  FakeServer files{
      {"mine.proto", "package helloworld; service Greeter { rpc SayHello(M) returns (M); } message M {}"}};
  FakeServer server = TwoServices();
  const auto schema = SchemaOver(files, server);
  CHECK((*schema->FindMethod("Greeter.SayHello"))->input_type()->full_name() == "helloworld.M");
  CHECK(server.asked.empty());
}

TEST_CASE("schema: what the first source does not know is asked of the next") {
  FakeServer files{{"mine.proto", "package mine; service Mine { rpc Do(M) returns (M); } message M {}"}};
  FakeServer server = TwoServices();
  const auto schema = SchemaOver(files, server);
  CHECK(MethodName(*schema, "hello.HelloService.Introduce") == "hello.HelloService.Introduce");
  CHECK(MethodName(*schema, "Greeter.SayHello") == "helloworld.Greeter.SayHello");
}

TEST_CASE("schema: a file that both sources have is the first one's") {
  FakeServer files{{"types.proto", "package types; message Text { int32 mine = 1; } message Person {}"}};
  FakeServer server = TwoServices();
  server.sends_imports = true;
  const auto schema = SchemaOver(files, server);
  const auto method = schema->FindMethod("hello.HelloService.Introduce");
  REQUIRE(method);
  CHECK((*method)->output_type()->field(0)->name() == "mine");
}

TEST_CASE("schema: an unknown name names all sources, and what they could not use") {
  FakeServer files, server = TwoServices();
  files.name = "the .proto files";
  files.problems = {Error{ErrorKind::kSchema, "bad.proto:1:2: Expected \";\""}};
  const auto method = SchemaOver(files, server)->FindMethod("Xyzzy.Do");
  REQUIRE_FALSE(method);
  CHECK(method.error().message == "no service 'Xyzzy' is known to the .proto files or the server at h:1");
  CHECK(method.error().hint ==
        "there are\n  hello.HelloService\n  helloworld.Greeter\nnot read: bad.proto:1:2: Expected \";\"");
}

TEST_CASE("schema: a source's failure is the answer when no other source has one") {
  FakeServer server;
  server.failure = Error{ErrorKind::kConnect, "h:1 refused the connection"};
  for (const char* words : {"helloworld.Greeter.SayHello", "Greeter.SayHello", "SayHello"}) {
    const auto method = SchemaOver(server)->FindMethod(words);
    REQUIRE_FALSE(method);
    CHECK(method.error().kind == ErrorKind::kConnect);
  }
  CHECK(SchemaOver(server)->ServiceNames().error().kind == ErrorKind::kConnect);
  CHECK(SchemaOver(server)->FindSymbol("Person").error().kind == ErrorKind::kConnect);
}

TEST_CASE("schema: a source's failure does not hide what another source has") {
  FakeServer files = TwoServices(), server;
  server.failure = Error{ErrorKind::kConnect, "h:1 refused the connection"};
  const auto schema = SchemaOver(files, server);
  CHECK(schema->FindMethod("helloworld.Greeter.SayHello"));
  CHECK(schema->FindMethod("Introduce"));
  CHECK(schema->FindSymbol("types.Person"));
  CHECK(schema->FindMethod("nobody.Knows.This").error().kind == ErrorKind::kConnect);
}

TEST_CASE("schema: Close reaches every source") {
  FakeServer files, server;
  SchemaOver(files, server)->Close();
  CHECK(files.closed == 1);
  CHECK(server.closed == 1);
}

}  // namespace
}  // namespace rpcctl
