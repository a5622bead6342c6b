#include <doctest/doctest.h>

#include "tests/support/paths.h"
#include "tests/support/run_in_process.h"

namespace rpcctl {
namespace {

using testing::Bench;
using testing::Printed;
using testing::RunSettings;
using testing::RunWords;

const std::string kRouteGuide = testing::ProtoPath("route_guide.proto");

// A command line with the schema from route_guide.proto; nobody listens there.
Printed FromFile(std::vector<std::string> words, const RunSettings& settings = {}) {
  words.insert(words.end(), {"--proto", kRouteGuide, "-t", "localhost:1"});
  return RunWords(words, settings);
}

TEST_CASE("template: a document for a method, from reflection") {
  const Printed printed = Bench().Run({"template", "Greeter.SayHello"});
  CHECK(printed.exit_code == 0);
  CHECK(printed.out == "{\n  \"name\": \"\"\n}\n");
  CHECK(printed.err.empty());
}

TEST_CASE("template: a method in any of its forms, or a message") {
  const std::string point = "{\n  \"latitude\": 0,\n  \"longitude\": 0\n}\n";
  for (const char* name : {"GetFeature", "RouteGuide.GetFeature", "RouteGuide/GetFeature", "getfeature",
                           "/routeguide.RouteGuide/GetFeature", "Point", "routeguide.Point", "point"}) {
    CAPTURE(name);
    CHECK(FromFile({"template", name}).out == point);
  }
}

TEST_CASE("template: items instead of a document") {
  CHECK(FromFile({"template", "ListFeatures", "--as", "items"}).out ==
        "lo.latitude=0\nlo.longitude=0\nhi.latitude=0\nhi.longitude=0\n");
  CHECK(FromFile({"template", "ListFeatures", "--as=json"})
            .out.starts_with("{\n  \"lo\": {\n    \"latitude\": 0,"));
}

TEST_CASE("template: comments of a document stand on standard error, and it stays a document") {
  const Printed printed = FromFile({"template", "Point", "--comments"});
  CHECK(printed.out == FromFile({"template", "Point"}).out);
  CHECK(printed.err.starts_with("// latitude: int32\n"));
}

TEST_CASE("template: comments of items stand among them") {
  const Printed printed = FromFile({"template", "ListFeatures", "--as", "items", "--comments"});
  CHECK(printed.err.empty());
  CHECK(printed.out.starts_with("# lo: message routeguide.Point\n"));
  CHECK(printed.out.find("# lo.latitude: int32\n") < printed.out.find("\nlo.latitude=0\n"));
}

TEST_CASE("template: a terminal gets the document in colour") {
  RunSettings settings;
  settings.terminal = true;
  CHECK(FromFile({"template", "Point"}, settings).out.find("\x1b[") != std::string::npos);
  settings.environment["NO_COLOR"] = "1";
  CHECK(FromFile({"template", "Point"}, settings).out == FromFile({"template", "Point"}).out);
}

TEST_CASE("template: what has no template is told") {
  const Printed service = FromFile({"template", "RouteGuide"});
  CHECK(service.exit_code == 2);
  CHECK(service.err.find("RouteGuide") != std::string::npos);
  const Printed field = FromFile({"template", "routeguide.Point.latitude"});
  CHECK(field.exit_code == 2);
  CHECK(
      field.err ==
      "rpcctl: error: 'routeguide.Point.latitude' is a field, and only methods and messages have templates\n"
      "  hint: 'rpcctl describe routeguide.Point.latitude' shows it\n");
}

TEST_CASE("template: an unknown name is exit 4 with the nearest, an ambiguous one exit 2") {
  const Printed unknown = FromFile({"template", "Poimt"});
  CHECK(unknown.exit_code == 4);
  CHECK(unknown.err.find("Point") != std::string::npos);
  CHECK(Bench().Run({"template", "SayHello"}).exit_code == 2);
  CHECK(Bench().Run({"template", "HelloRequest"}).exit_code == 2);
}

TEST_CASE("template: wrong words are exit 2") {
  CHECK(FromFile({"template", "Point", "--as", "item"}).err ==
        "rpcctl: error: --as: 'item' is none of its values\n  hint: did you mean 'items'?\n");
  CHECK(FromFile({"template", "Point", "--as", "yaml"}).err.find("the values are json and items") !=
        std::string::npos);
  CHECK(RunWords({"template"}).exit_code == 2);
  CHECK(RunWords({"template", "A", "B"}).exit_code == 2);
}

TEST_CASE("template: no server is exit 5, no reflection exit 4") {
  CHECK(RunWords({"template", "Greeter.SayHello", "-t", "127.0.0.1:1"}).exit_code == 5);
  const Bench bench({.reflection = reference::Reflection::kNone});
  const Printed printed = bench.Run({"template", "Greeter.SayHello"});
  CHECK(printed.exit_code == 4);
  CHECK(printed.err.find("--proto") != std::string::npos);
}

}  // namespace
}  // namespace rpcctl
