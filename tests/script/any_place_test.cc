#include <doctest/doctest.h>

#include "tests/support/played_script.h"

namespace rpcctl {
namespace {

using testing::FailuresOf;
using testing::PlayedScript;

constexpr const char* kAnswer = R"({"any": {"@type": "x.test/t.Inside", "name": "in", "numbers": [1, 2],
  "more": {"name": "deep"}, "any": {"@type": "x.test/t.Inside", "name": "in any"}},
  "anys": [{"@type": "x.test/t.Ask", "name": "asked"},
           {"@type": "x.test/google.protobuf.Int64Value", "value": "9"}]})";

// What did not hold of `expectation`, which stands in line 3.
std::string Judged(const std::string& expectation) {
  PlayedScript script("case a\ncall S.One\n" + expectation);
  script.Answer({kAnswer});
  return FailuresOf(script.Run());
}

// What is wrong with it before any call.
std::string Wrong(const std::string& expectation) {
  const PlayedScript script("case a\ncall S.One\n" + expectation);
  REQUIRE(script.errors.list().size() == 1);
  const Error& error = script.errors.list().front().error;
  return error.message + "; " + error.hint;
}

TEST_CASE("any place: a path goes on in an Any behind the name of what is in it") {
  CHECK(Judged("expect .any[t.Inside].name == in").empty());
  CHECK(Judged("expect .any[t.Inside].more.name == deep").empty());
  CHECK(Judged("expect .any[t.Inside].numbers[1] == 2").empty());
  CHECK(Judged("expect .anys[0][t.Ask].name == asked").empty());
  CHECK(Judged("expect .any[t.Inside].name == out") == R"(3: == "out": "in")");
  CHECK(Judged("expect .any[t.Inside].numbers contains 3") == "3: contains 3: [1,2]");
}

TEST_CASE("any place: what is in it may be an Any again, or of a type that has a form of its own") {
  CHECK(Judged("expect .any[t.Inside].any[t.Inside].name == 'in any'").empty());
  CHECK(Judged("expect .any[t.Inside].any[t.Inside].name == in") == R"(3: == "in": "in any")");
  CHECK(Judged("expect .anys[1][google.protobuf.Int64Value] == 9").empty());
  CHECK(Judged("expect .anys[1][google.protobuf.Int64Value] > 9") == R"(3: > "9": "9")");
}

TEST_CASE("any place: all of what is in it is compared as a message") {
  CHECK(Judged(R"(expect .anys[0][t.Ask] == '{"name":"asked"}')").empty());
  CHECK(Judged("expect .anys[0][t.Ask] exists").empty());
  CHECK(Judged("let a = .any[t.Inside].more").empty());
}

TEST_CASE("any place: of another type that is in it nothing holds but that it is absent") {
  CHECK(Judged("expect .any[t.Ask] absent").empty());
  CHECK(Judged("expect .any[t.Ask].name absent").empty());
  CHECK(Judged("expect .any[t.Ask].name == in") == R"(3: == "in": (absent))");
  CHECK(Judged("expect .any[t.Ask].name != in") == R"(3: != "in": (absent))");
  CHECK(Judged("expect .any[t.Inside] absent") == R"(3: absent: {"name":"in","more":{"name":"deep"},)"
                                                  R"("any":{"@type":"x.test/t.Inside","name":"in any"},)"
                                                  R"("numbers":[1,2]})");
}

TEST_CASE("any place: a type by a short name, and the type itself") {
  CHECK(Judged("expect .any[Inside].name == in").empty());
  CHECK(Judged("expect .any.@type == x.test/t.Inside").empty());
  CHECK(Judged("expect .anys[0].@type endswith Inside") == R"(3: endswith "Inside": "x.test/t.Ask")");
}

TEST_CASE("any place: of bytes that are no message of their type nothing holds, not even that it is absent") {
  const auto judged = [](const std::string& line) {
    PlayedScript script("case a\ncall S.One\n" + line);
    // any { type_url: "t.Inside" value: a text that ends before its length }
    script.caller.NextCall().Writable().Message("\x22\x0e\x0a\x08t.Inside\x12\x02\x0a\x05").End({});
    return FailuresOf(script.Run());
  };
  CHECK(judged("expect .any[t.Inside] absent") == "3: absent: (does not parse as t.Inside)");
  CHECK(judged("expect .any[t.Inside] not exists") == "3: not exists: (does not parse as t.Inside)");
  CHECK(judged("expect .any[t.Inside] exists") == "3: exists: (does not parse as t.Inside)");
  CHECK(judged("expect .any[t.Inside].name != in") == R"(3: != "in": (does not parse as t.Inside))");
  CHECK(judged("let a = .any[t.Inside]") == "3: there is nothing to capture");
  CHECK(judged("expect .any[t.Ask] absent").empty());
  CHECK(judged("expect .any.@type == t.Inside").empty());
}

TEST_CASE("any place: what is wrong is told before any call") {
  CHECK(Wrong("expect .any[t.Insight].name == x") ==
        ".any[t.Insight]: 't.Insight' is no known type of a message; what is in an Any is named by its type: "
        "[pkg.Type]; a short name only finds what a file that was given has, or what a service leads to");
  CHECK(Wrong("expect .any[t.Inside].nmae == x") ==
        ".any[t.Inside].nmae: no such field in t.Inside; did you mean 'name'?");
  CHECK(Wrong("expect .any.name == x") ==
        ".any.name: no such field in google.protobuf.Any; name the type of what is in it: [pkg.Type].name");
  CHECK(Wrong("expect .any[t.Inside].numbers == x").find("no repeated int32") != std::string::npos);
}

}  // namespace
}  // namespace rpcctl
