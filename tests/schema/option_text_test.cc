#include "schema/option_text.h"

#include <doctest/doctest.h>

#include "tests/support/built_file.h"

namespace rpcctl {
namespace {

using Texts = std::vector<std::string>;

constexpr const char* kOptions = R"(syntax = "proto2"; package p; import "google/protobuf/descriptor.proto";
  message Rule { optional string get = 1; repeated int32 codes = 2; optional Rule more = 3; }
  enum Level { LOW = 1; HIGH = 2; }
  extend google.protobuf.MessageOptions {
    optional string text = 50001; optional bytes raw = 50002; optional Level level = 50003; optional Rule rule = 50004;
    repeated int64 ids = 50005; optional double ratio = 50006; optional bool flag = 50007; repeated Rule rules = 50008; }
)";

Texts OptionsOf(const std::string& statements) {
  const BuiltFile file(std::string(kOptions) + "message M { " + statements + " }");
  return OptionAssignments(file.Find("p.M").message->options(), file.pool());
}

TEST_CASE("option_text: nothing set is nothing said") {
  CHECK(OptionsOf("").empty());
}

TEST_CASE("option_text: standard options go by their names") {
  CHECK(OptionsOf("option deprecated = true;") == Texts{"deprecated = true"});
}

TEST_CASE("option_text: each kind of custom option is written as the language has it") {
  CHECK(OptionsOf("option (text) = \"a\\\"b\";") == Texts{"(p.text) = \"a\\\"b\""});
  CHECK(OptionsOf("option (raw) = \"\\377\";") == Texts{"(p.raw) = \"\\377\""});
  CHECK(OptionsOf("option (level) = HIGH;") == Texts{"(p.level) = HIGH"});
  CHECK(OptionsOf("option (ratio) = -0.5;") == Texts{"(p.ratio) = -0.5"});
  CHECK(OptionsOf("option (flag) = false;") == Texts{"(p.flag) = false"});
}

TEST_CASE("option_text: repeated options are said once each") {
  CHECK(OptionsOf("option (ids) = 1; option (ids) = -2;") == Texts{"(p.ids) = 1", "(p.ids) = -2"});
  CHECK(OptionsOf("option (rules) = { get: \"a\" }; option (rules) = {};") ==
        Texts{"(p.rules) = { get: \"a\" }", "(p.rules) = {}"});
}

TEST_CASE("option_text: an option that is a message is one line") {
  CHECK(OptionsOf("option (rule) = { get: \"/\" codes: [1, 2] more { get: \"x\" } };") ==
        Texts{"(p.rule) = { get: \"/\" codes: 1 codes: 2 more { get: \"x\" } }"});
  CHECK(OptionsOf("option (rule).more.get = \"deep\";") == Texts{"(p.rule) = { more { get: \"deep\" } }"});
}

TEST_CASE("option_text: options come by their numbers") {
  CHECK(OptionsOf("option (flag) = true; option (text) = \"t\"; option deprecated = false;") ==
        Texts{"deprecated = false", "(p.text) = \"t\"", "(p.flag) = true"});
}

TEST_CASE("option_text: strings are safe to show") {
  CHECK(OptionsOf("option (text) = \"\\033[2J\\342\\200\\256\";") ==
        Texts{R"((p.text) = "\033[2J\342\200\256")"});
  CHECK(OptionsOf("option (rule) = { get: \"\\033\\377\" };") == Texts{R"((p.rule) = { get: "\033\377" })"});
}

TEST_CASE("option_text: the mark of a map's entry type is not an option that anybody set") {
  const BuiltFile file("message M { map<string, string> m = 1; }");
  CHECK(OptionAssignments(file.Find("M.MEntry").message->options(), file.pool()).empty());
}

TEST_CASE("option_text: what nobody knows is left out") {
  google::protobuf::MessageOptions options;
  options.GetReflection()->MutableUnknownFields(&options)->AddVarint(59999, 1);
  CHECK(OptionAssignments(options, BuiltFile(kOptions).pool()).empty());
  CHECK(OptionAssignments(options, google::protobuf::DescriptorPool()).empty());
}

}  // namespace
}  // namespace rpcctl
