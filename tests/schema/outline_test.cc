#include "schema/outline.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/text_format.h>

#include <fstream>
#include <sstream>

#include "base/safe_text.h"
#include "schema/proto_text.h"
#include "tests/support/built_file.h"
#include "tests/support/paths.h"

namespace rpcctl {
namespace {

// Every construct of proto2 and proto3 that an outline can hold, in two files.
constexpr const char* kEveryProto3 = R"(syntax = "proto3";
package every.three;
import "google/protobuf/timestamp.proto";
import public "google/protobuf/any.proto";
option java_package = "com.every";
option optimize_for = CODE_SIZE;
enum Top { option allow_alias = true; A = 0; B = 1 [deprecated = true]; C = 1; D = -5; reserved 7, 9 to 11, 100 to max; reserved "Z", "Y"; }
message M {
  option deprecated = true;
  string name = 1; optional int32 age = 2; repeated double xs = 3; repeated double loose = 4 [packed = false];
  oneof choice { string left = 5; M right = 6; Inner middle = 7; }
  message Inner { message Deep { bytes b = 1; } Deep deep = 1; Top top = 2; Kind kind = 3; }
  enum Kind { NONE = 0; SOME = 1; }
  map<string, Inner.Deep> by_name = 8; map<int64, Kind> kinds = 9;
  google.protobuf.Timestamp at = 10; .google.protobuf.Any any = 11;
  string renamed = 12 [json_name = "@type", deprecated = true]; int64 snake_case_name = 13 [jstype = JS_STRING];
  reserved 20, 30 to 40, 1000 to max; reserved "old", "older";
}
message Empty {}
service S {
  option deprecated = true;
  rpc Unary(M) returns (M.Inner); rpc Up(stream M) returns (Empty); rpc Down(M) returns (stream Empty);
  rpc Both(stream google.protobuf.Timestamp) returns (stream M.Inner.Deep) { option idempotency_level = IDEMPOTENT; }
}
)";

constexpr const char* kEveryProto2 = R"(syntax = "proto2";
package every.two;
import "google/protobuf/descriptor.proto";
message Rule { optional string get = 1; repeated Rule more = 2; optional bytes raw = 3; extensions 10 to 20; }
extend google.protobuf.MethodOptions { optional Rule rule = 50001; repeated string roles = 50002; }
extend google.protobuf.FieldOptions { optional float weight = 50003; optional E kind = 50004; }
extend google.protobuf.MessageOptions { optional bool marked = 50005; }
extend google.protobuf.EnumValueOptions { optional string label = 50006; }
extend google.protobuf.ServiceOptions { optional int64 level = 50007; }
extend google.protobuf.FileOptions { optional string owner = 50008; }
extend google.protobuf.OneofOptions { optional bool strict = 50009; }
extend google.protobuf.ExtensionRangeOptions { optional string why = 50010; }
extend google.protobuf.EnumOptions { optional uint64 mask = 50011; }
option (owner) = "me";
enum E { option (mask) = 18446744073709551615; ONE = 1 [(label) = "the \"one\""]; TWO = 2; }
message M {
  option (marked) = true;
  option message_set_wire_format = false;
  required string name = 1 [default = "a\"b\\c\n\001\303\251\342\200\256"];
  optional bytes raw = 2 [default = "\000\377x"]; optional E e = 3 [default = TWO];
  optional double d = 4 [default = -inf]; optional float f = 5 [default = nan]; optional double g = 6 [default = 1e+100];
  optional int64 min = 7 [default = -9223372036854775808]; optional bool yes = 8 [default = true];
  repeated int32 packed = 9 [packed = true, (weight) = 0.5, (kind) = ONE];
  optional group Result = 10 { optional string url = 1; repeated group Part = 2 { required int32 x = 1; } }
  oneof choice { option (strict) = true; string s = 11; group Grouped = 12 { optional int32 y = 1; } }
  extensions 100 to 199; extensions 1000 to max [(why) = "later"];
  extend Rule { optional M in_rule = 10; }
  extend M { repeated group Bag = 102 { optional int32 i = 1; } }
  reserved 50; reserved "gone";
}
extend M { optional int32 ext = 100 [default = 7]; repeated M more = 101; }
service S {
  option (level) = -3;
  rpc Do(M) returns (M) { option (rule) = { get: "/v1/{name}" more { get: "x" [every.two.M.in_rule] { name: "\351" } } raw: "\377" }; option (roles) = "a"; option (roles) = "b"; }
}
)";

std::string FileText(const std::string& path) {
  std::ifstream file(testing::ProtoPath(path));
  std::stringstream text;
  text << file.rdbuf();
  REQUIRE_FALSE(text.str().empty());
  return text.str();
}

// The header that a declaration needs around it to be compiled.
std::string Header(const std::string& syntax, const std::string& package) {
  return fmt::format("syntax = \"{}\";\npackage {};\n", syntax, package);
}

TEST_CASE("outline: a service shows its methods as they were declared, with comments") {
  const BuiltFile file(FileText("helloworld.proto"));
  CHECK(Outline(file.Find("helloworld.Greeter")) == R"(// Greets people by name.
service Greeter {
  // Answers with one greeting. A name longer than 10 characters is refused.
  rpc SayHello(HelloRequest) returns (HelloReply);
  // Answers as if they had met before.
  rpc SayHelloAgain(HelloRequest) returns (HelloReply);
  // Answers with several greetings, one after another.
  rpc SayHelloStreamReply(HelloRequest) returns (stream HelloReply);
}
)");
}

TEST_CASE("outline: a message shows its fields in declared order, not by number") {
  const BuiltFile file("package a; message M { string z = 9; int32 a = 1; M again = 5; }", SourceInfo::kDrop);
  CHECK(Outline(file.Find("a.M")) == R"(message M {
  string z = 9;
  int32 a = 1;
  M again = 5;
}
)");
}

TEST_CASE("outline: members stand in the order of the source, where that is known") {
  constexpr const char* kText = R"(package a; message M {
    enum E { ZERO = 0; } E e = 1; message Inner { string s = 1; } Inner inner = 2; oneof o { string x = 3; } E last = 4; })";
  CHECK(Outline(BuiltFile(kText).Find("a.M")) == R"(message M {
  enum E {
    ZERO = 0;
  }

  E e = 1;

  message Inner {
    string s = 1;
  }

  Inner inner = 2;

  oneof o {
    string x = 3;
  }

  E last = 4;
}
)");
  CHECK(Outline(BuiltFile(kText, SourceInfo::kDrop).Find("a.M")) == R"(message M {
  E e = 1;
  Inner inner = 2;

  oneof o {
    string x = 3;
  }

  E last = 4;

  enum E {
    ZERO = 0;
  }

  message Inner {
    string s = 1;
  }
}
)");
}

TEST_CASE("outline: each kind of member prints as it stands within its parent") {
  const BuiltFile file(kEveryProto3);
  CHECK(Outline(file.Find("every.three.M.name")) == "string name = 1;\n");
  CHECK(Outline(file.Find("every.three.M.age")) == "optional int32 age = 2;\n");
  CHECK(Outline(file.Find("every.three.M.by_name")) == "map<string, Inner.Deep> by_name = 8;\n");
  CHECK(Outline(file.Find("every.three.M.renamed")) ==
        "string renamed = 12 [json_name = \"@type\", deprecated = true];\n");
  CHECK(Outline(file.Find("every.three.B")) == "B = 1 [deprecated = true];\n");
  CHECK(Outline(file.Find("every.three.S.Unary")) == "rpc Unary(M) returns (M.Inner);\n");
  CHECK(Outline(file.Find("every.three.Empty")) == "message Empty {\n}\n");
}

TEST_CASE("outline: a oneof prints its fields without labels") {
  CHECK(Outline(BuiltFile(kEveryProto3).Find("every.three.M.choice")) == R"(oneof choice {
  string left = 5;
  M right = 6;
  Inner middle = 7;
}
)");
}

TEST_CASE("outline: an enum prints its aliases, negative numbers and reservations") {
  CHECK(Outline(BuiltFile(kEveryProto3).Find("every.three.Top")) == R"(enum Top {
  option allow_alias = true;
  A = 0;
  B = 1 [deprecated = true];
  C = 1;
  D = -5;
  reserved 7, 9 to 11, 100 to max;
  reserved "Z", "Y";
}
)");
}

TEST_CASE("outline: what a descriptor may say but no parser takes is left out") {
  const auto outline = [](const std::string& declared) {
    google::protobuf::FileDescriptorProto proto;
    REQUIRE(google::protobuf::TextFormat::ParseFromString(
        fmt::format(R"(name: "a.proto" syntax: "proto3" {})", declared), &proto));
    google::protobuf::DescriptorPool pool;
    const google::protobuf::FileDescriptor* file = pool.BuildFile(proto);
    REQUIRE(file != nullptr);
    const std::string text = OutlineFile(*file);
    CHECK(ParseProtoText(text, "a.proto", "a.proto"));
    return text.substr(text.find('\n') + 2);
  };
  for (const char* said : {"allow_alias: true", "allow_alias: false"}) {
    CHECK(outline(fmt::format(R"(enum_type {{ name: "E" value {{ name: "A" number: 0 }}
                                  options {{ {} deprecated: true }} }})",
                              said)) == "enum E {\n  option deprecated = true;\n  A = 0;\n}\n");
  }
  CHECK(outline(
            R"(message_type { name: "M" reserved_range { start: 5 end: 5 } reserved_range { start: 6 end: 9 }
                                  reserved_range { start: 9 end: -2147483648 } })") ==
        "message M {\n  reserved 6 to 8;\n}\n");
}

TEST_CASE("outline: a method with options prints them in its body") {
  CHECK(Outline(BuiltFile(kEveryProto3).Find("every.three.S.Both")) ==
        R"(rpc Both(stream google.protobuf.Timestamp) returns (stream M.Inner.Deep) {
  option idempotency_level = IDEMPOTENT;
}
)");
}

TEST_CASE("outline: an extension prints within its extend") {
  const BuiltFile file(kEveryProto2);
  CHECK(Outline(file.Find("every.two.ext")) == "extend M {\n  optional int32 ext = 100 [default = 7];\n}\n");
  CHECK(Outline(file.Find("every.two.M.in_rule")) == "extend Rule {\n  optional M in_rule = 10;\n}\n");
}

TEST_CASE("outline: a proto2 message prints defaults, groups, ranges and custom options") {
  CHECK(Outline(BuiltFile(kEveryProto2).Find("every.two.M")) == R"(message M {
  option message_set_wire_format = false;
  option (every.two.marked) = true;
  required string name = 1 [default = "a\"b\\c\n\001é\342\200\256"];
  optional bytes raw = 2 [default = "\000\377x"];
  optional E e = 3 [default = TWO];
  optional double d = 4 [default = -inf];
  optional float f = 5 [default = nan];
  optional double g = 6 [default = 1e+100];
  optional int64 min = 7 [default = -9223372036854775808];
  optional bool yes = 8 [default = true];
  repeated int32 packed = 9 [packed = true, (every.two.weight) = 0.5, (every.two.kind) = ONE];

  optional group Result = 10 {
    optional string url = 1;

    repeated group Part = 2 {
      required int32 x = 1;
    }
  }

  oneof choice {
    option (every.two.strict) = true;
    string s = 11;

    group Grouped = 12 {
      optional int32 y = 1;
    }
  }

  extend Rule {
    optional M in_rule = 10;
  }

  extend M {
    repeated group Bag = 102 {
      optional int32 i = 1;
    }
  }

  extensions 100 to 199;
  extensions 1000 to max [(every.two.why) = "later"];
  reserved 50;
  reserved "gone";
}
)");
}

TEST_CASE("outline: a custom option that is a message prints on one line") {
  CHECK(Outline(BuiltFile(kEveryProto2).Find("every.two.S.Do")) == R"(rpc Do(M) returns (M) {
  option (every.two.rule) = { get: "/v1/{name}" more { get: "x" [every.two.M.in_rule] { name: "\351" } } raw: "\377" };
  option (every.two.roles) = "a";
  option (every.two.roles) = "b";
}
)");
}

TEST_CASE("outline: a type is named in full where a shorter name would mean another") {
  const BuiltFile file(R"(package a.b; message X {} message M { message X {} X inner = 1; .a.b.X outer = 2;
    message a {} .a.b.X far = 3; })");
  CHECK(Outline(file.Find("a.b.M.inner")) == "X inner = 1;\n");
  CHECK(Outline(file.Find("a.b.M.outer")) == ".a.b.X outer = 2;\n");
}

TEST_CASE("outline: comments before, behind and apart are kept") {
  const BuiltFile file(R"(package a;
    // Apart.

    /* Leading,
     * in two lines. */
    message M {  // Behind the brace.
      // About the field.
      int32 i = 1;  // Behind the field.

      // A heading.

      // Another one.

      string s = 2;
      // Behind, on a line
      // of its own.
    })");
  CHECK(Outline(file.Find("a.M")) == R"(// Leading,
// in two lines.
message M {
  // Behind the brace.
  // About the field.
  int32 i = 1;  // Behind the field.

  // A heading.
  //
  // Another one.

  string s = 2;
  // Behind, on a line
  // of its own.
}
)");
}

TEST_CASE("outline: a comment cannot leave its lines, nor reach the terminal") {
  google::protobuf::FileDescriptorProto proto =
      ParseText("a.proto", "package a;\n/*x*/\nmessage M { int32 i = 1;  // x\n}");
  for (auto& location : *proto.mutable_source_code_info()->mutable_location()) {
    if (location.has_leading_comments())
      location.set_leading_comments(" a */ \x1b[2J\r\nmessage Evil {}\n\xff");
    if (location.has_trailing_comments()) location.set_trailing_comments("\u202e } message Evil {}");
  }
  CHECK(Outline(BuiltFile(proto).Find("a.M")) == R"(// a */ \x1b[2J\x0d
//message Evil {}
//\xff
message M {
  int32 i = 1;  //\u202e } message Evil {}
}
)");
}

TEST_CASE("outline: strings that a server controls cannot leave their quotes, nor reach the terminal") {
  google::protobuf::FileDescriptorProto proto =
      ParseText("a.proto", "syntax = \"proto2\"; message M { optional string s = 1; }");
  auto* field = proto.mutable_message_type(0)->mutable_field(0);
  field->set_default_value("\"; message Evil {}\n\x1b]0;x\x07\xe2\x80\xae");
  field->set_json_name("a\"]b");
  CHECK(Outline(BuiltFile(proto).Find("M.s")) ==
        "optional string s = 1 [default = \"\\\"; message Evil {}\\n\\033]0;x\\007\\342\\200\\256\", "
        "json_name = \"a\\\"]b\"];\n");
}

TEST_CASE("outline: an option that nobody knows is left out") {
  google::protobuf::FileDescriptorProto proto =
      ParseText("a.proto", "message M { int32 i = 1 [deprecated = true]; }");
  auto* options = proto.mutable_message_type(0)->mutable_field(0)->mutable_options();
  options->GetReflection()->MutableUnknownFields(options)->AddVarint(50001, 1);
  CHECK(Outline(BuiltFile(proto).Find("M.i")) == "int32 i = 1 [deprecated = true];\n");
}

TEST_CASE("outline: a group whose type stands elsewhere is told as one") {
  google::protobuf::FileDescriptorProto proto =
      ParseText("a.proto", "syntax = \"proto2\"; message X {} message M { optional X x = 1; }");
  proto.mutable_message_type(1)->mutable_field(0)->set_type(
      google::protobuf::FieldDescriptorProto::TYPE_GROUP);
  CHECK(Outline(BuiltFile(proto).Find("M.x")) == "optional X x = 1;  // a group on the wire\n");
}

TEST_CASE("outline: nothing is printed for no symbol") {
  CHECK(Outline(Symbol()) == "");
}

TEST_CASE("outline: a file prints what it needs to be compiled") {
  const BuiltFile file(R"(// A licence.

    // The syntax.
    syntax = "proto3";
    // The package.
    package a.b;
    import public "google/protobuf/any.proto";
    option java_package = "com.a";
    message M {}
    enum E { ZERO = 0; })");
  CHECK(OutlineFile(file.file()) == R"(// A licence.

// The syntax.
syntax = "proto3";

// The package.
package a.b;

import public "google/protobuf/any.proto";

option java_package = "com.a";

message M {
}

enum E {
  ZERO = 0;
}
)");
}

TEST_CASE("outline: a file with every construct compiles again to the same descriptors") {
  for (const char* text : {kEveryProto2, kEveryProto3}) {
    for (const SourceInfo info : {SourceInfo::kKeep, SourceInfo::kDrop}) {
      const BuiltFile file(text, info);
      CHECK(BuiltFile(OutlineFile(file.file())).Declarations() == file.Declarations());
    }
  }
}

TEST_CASE("outline: the project's own files compile again to the same descriptors") {
  for (const char* path : {"helloworld.proto", "hello.proto", "route_guide.proto", "google/rpc/status.proto",
                           "google/rpc/error_details.proto", "grpc/reflection/v1/reflection.proto",
                           "grpc/health/v1/health.proto"}) {
    CAPTURE(path);
    const BuiltFile file(FileText(path));
    CHECK(BuiltFile(OutlineFile(file.file())).Declarations() == file.Declarations());
  }
}

TEST_CASE("outline: the well-known types compile again to the same descriptors") {
  for (const char* name : {"any", "api", "descriptor", "struct", "type", "wrappers"}) {
    CAPTURE(name);
    google::protobuf::FileDescriptorProto proto =
        BuiltinFiles::Read(fmt::format("google/protobuf/{}.proto", name));
    const BuiltFile file(proto);
    CHECK(BuiltFile(ParseText(proto.name(), OutlineFile(file.file()))).Declarations() == file.Declarations());
  }
}

TEST_CASE("outline: each message alone compiles again within its package") {
  const BuiltFile file(FileText("route_guide.proto"));
  std::string messages;
  for (int i = 0; i < file.file().message_type_count(); ++i)
    messages += Outline({.message = file.file().message_type(i)});
  const BuiltFile again(Header("proto3", "routeguide") + messages +
                        Outline(file.Find("routeguide.RouteGuide")));
  CHECK(again.Declarations() == file.Declarations());
}

TEST_CASE("outline: the outline of an outline is the same text") {
  for (const char* text : {kEveryProto2, kEveryProto3}) {
    const std::string once = OutlineFile(BuiltFile(text).file());
    CHECK(OutlineFile(BuiltFile(once).file()) == once);
    CHECK(SafeLines(once) == once);
  }
}

}  // namespace
}  // namespace rpcctl
