#include "schema/extension_search.h"

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.h>

#include "tests/support/fake_source.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using Names = std::vector<std::string>;

constexpr const char* kBase =
    "syntax = \"proto2\"; package p; message M { extensions 1 to 99; } message Plain {}";
constexpr const char* kMore = R"(syntax = "proto2"; package p; import "base.proto";
  message Load { optional M inner = 1; }
  extend M { optional int32 weight = 1; repeated Load loads = 2; }
  message Holder { extend M { optional string inside = 3; } })";

FakeServer Extended() {
  return FakeServer{{"base.proto", kBase}, {"more.proto", kMore}};
}

const Descriptor& TypeOf(Schema& schema, const char* name) {
  const Descriptor* type = schema.FindMessage(name);
  REQUIRE(type != nullptr);
  return *type;
}

// How often the server was asked for extensions, or for a name that is no type.
size_t Questions(const FakeServer& server) {
  return static_cast<size_t>(
      std::count_if(server.asked.begin(), server.asked.end(), [](const std::string& asked) {
        return asked.starts_with("extension ") || asked.starts_with("symbol p.no");
      }));
}

TEST_CASE("extension_search: by number, in a file that nothing imports, asked for once") {
  FakeServer server = Extended();
  const auto schema = SchemaOver(server);
  const Descriptor& type = TypeOf(*schema, "p.M");
  for (int i = 0; i < 3; ++i) {
    const FieldDescriptor* weight = schema->FindExtension(type, 1);
    REQUIRE(weight != nullptr);
    CHECK(weight->full_name() == "p.weight");
  }
  CHECK(schema->FindExtension(type, 2)->full_name() == "p.loads");
  CHECK(schema->FindExtension(type, 3)->full_name() == "p.Holder.inside");
  CHECK(server.asked == Names{"symbol p.M", "extension 1 of p.M"});
}

TEST_CASE("extension_search: by name, also where it stands within a message") {
  FakeServer server = Extended();
  const auto schema = SchemaOver(server);
  const Descriptor& type = TypeOf(*schema, "p.M");
  CHECK(schema->FindExtension(type, "p.Holder.inside")->number() == 3);
  CHECK(schema->FindExtension(type, "p.weight")->number() == 1);
  CHECK(Questions(server) == 0);
}

TEST_CASE("extension_search: what nobody knows is asked for once") {
  FakeServer server = Extended();
  const auto schema = SchemaOver(server);
  const Descriptor& type = TypeOf(*schema, "p.M");
  for (int i = 0; i < 3; ++i) {
    CHECK(schema->FindExtension(type, 50) == nullptr);
    CHECK(schema->FindExtension(type, "p.nothing") == nullptr);
  }
  CHECK(Questions(server) == 2);
}

TEST_CASE("extension_search: a name that is none, or means something else, is no extension") {
  FakeServer server = Extended();
  const auto schema = SchemaOver(server);
  const Descriptor& type = TypeOf(*schema, "p.M");
  for (const char* name :
       {"", ".", "p..x", "p.Load", "p.Load.inner", "p.M", "google.protobuf.Any", "p.weight.x"}) {
    CAPTURE(name);
    CHECK(schema->FindExtension(type, name) == nullptr);
  }
}

TEST_CASE(
    "extension_search: nobody is asked about a type that cannot be extended, or a number that is not free") {
  FakeServer server = Extended();
  const auto schema = SchemaOver(server);
  const Descriptor& plain = TypeOf(*schema, "p.Plain");
  CHECK(schema->FindExtension(plain, 1) == nullptr);
  CHECK(schema->FindExtension(plain, "p.nothing") == nullptr);
  CHECK(schema->FindExtension(TypeOf(*schema, "p.M"), 100) == nullptr);
  CHECK(Questions(server) == 0);
}

TEST_CASE("extension_search: an extension of another type is not one of this") {
  FakeServer server = Extended();
  server.Add(ParseText("other.proto",
                       "syntax = \"proto2\"; package p; message O { extensions 1 to 9; } extend O { optional "
                       "int32 of_other = 1; }"));
  const auto schema = SchemaOver(server);
  CHECK(schema->FindExtension(TypeOf(*schema, "p.M"), "p.of_other") == nullptr);
}

TEST_CASE(
    "extension_search: after a thousand questions nobody is asked any more, and what is known stays known") {
  FakeServer server{{"base.proto", "syntax = \"proto2\"; package p; message M { extensions 1 to max; }"}};
  server.Add(ParseText(
      "more.proto",
      "syntax = \"proto2\"; package p; import \"base.proto\"; extend M { optional int32 weight = 1; }"));
  const auto schema = SchemaOver(server);
  const Descriptor& type = TypeOf(*schema, "p.M");
  CHECK(schema->FindExtension(type, 1) != nullptr);
  for (int number = 2; number < 3000; ++number) CHECK(schema->FindExtension(type, number) == nullptr);
  CHECK(Questions(server) == 1000);
  CHECK(schema->FindExtension(type, 1) != nullptr);
}

TEST_CASE("extension_search: a broken file, a failing source and a lie leave it unknown") {
  FakeServer broken{
      {"base.proto", kBase},
      {"more.proto",
       "syntax = \"proto2\"; package p; import \"base.proto\"; extend M { optional Missing weight = 1; }"}};
  const auto schema = SchemaOver(broken);
  const Descriptor& type = TypeOf(*schema, "p.M");
  CHECK(schema->FindExtension(type, 1) == nullptr);
  CHECK(schema->FindExtension(type, "p.weight") == nullptr);
  broken.failure = Error{ErrorKind::kConnect, "gone"};
  CHECK(schema->FindExtension(type, 2) == nullptr);
  CHECK(schema->FindMessage("p.Plain") != nullptr);
}

TEST_CASE("extension_search: the sources are asked in their order, and the first that has it wins") {
  FakeServer files{
      {"mine.proto",
       "syntax = \"proto2\"; package p; import \"base.proto\"; extend M { optional string mine = 1; }"}};
  FakeServer server = Extended();
  const auto schema = SchemaOver(files, server);
  const Descriptor& type = TypeOf(*schema, "p.M");
  CHECK(schema->FindExtension(type, 1)->full_name() == "p.mine");
  CHECK(schema->FindExtension(type, 3)->full_name() == "p.Holder.inside");
  CHECK(schema->FindExtension(type, 1)->full_name() == "p.mine");
}

TEST_CASE("extension_search: options of google.protobuf are extended like any type") {
  FakeServer server{{"opt.proto",
                     "syntax = \"proto2\"; package p; import \"google/protobuf/descriptor.proto\"; extend "
                     "google.protobuf.FieldOptions { optional int32 rank = 50001; }"}};
  const auto schema = SchemaOver(server);
  const Descriptor& type = TypeOf(*schema, "google.protobuf.FieldOptions");
  CHECK(schema->FindExtension(type, 50001)->full_name() == "p.rank");
}

}  // namespace
}  // namespace rpcctl
