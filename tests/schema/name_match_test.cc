#include "schema/name_match.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

using Names = std::vector<std::string>;

const Names kNames = {"hello.HelloService.SayHello",
                      "helloworld.Greeter.SayHello",
                      "routeguide.RouteGuide.GetFeature",
                      "Plain.Get",
                      "pkg.Plain.Get",
                      "pkg.Case.get",
                      "pkg.Case.Put",
                      "pkg.Case.put"};

TEST_CASE("name_match: a method is written in six ways") {
  for (const char* words : {"helloworld.Greeter.SayHello", "helloworld.Greeter/SayHello",
                            "/helloworld.Greeter/SayHello", ".helloworld.Greeter.SayHello"}) {
    CAPTURE(words);
    const Result<MethodWords> parts = ParseMethodWords(words);
    REQUIRE(parts);
    CHECK(parts->service == "helloworld.Greeter");
    CHECK(parts->method == "SayHello");
  }
  CHECK(ParseMethodWords("Greeter/SayHello")->service == "Greeter");
  CHECK(ParseMethodWords("GetFeature")->service == "");
  CHECK(ParseMethodWords("GetFeature")->Joined() == "GetFeature");
}

TEST_CASE("name_match: what cannot be a method is malformed") {
  for (const char* words :
       {"", "/", "a//b", "a/b/c", "a..b", "a.", "Greeter.Say Hello", "a/b.c", "1a.b", "a\x1b.b"}) {
    CAPTURE(words);
    const Result<MethodWords> parts = ParseMethodWords(words);
    REQUIRE_FALSE(parts);
    CHECK(parts.error().kind == ErrorKind::kUsage);
  }
  CHECK(ParseMethodWords("a\x1b/b").error().message == "'a\\x1b/b' is not the name of a method");
  CHECK(ParseMethodWords("").error().hint == "write pkg.Service.Method, Service/Method or just Method");
}

TEST_CASE("name_match: a symbol may be written like a method") {
  CHECK(*ParseSymbolWords("/helloworld.Greeter/SayHello") == "helloworld.Greeter.SayHello");
  CHECK(*ParseSymbolWords(".pkg.Msg") == "pkg.Msg");
  CHECK(*ParseSymbolWords("Point") == "Point");
}

TEST_CASE("name_match: what cannot be a symbol is malformed") {
  for (const char* words : {"", ".", "a..b", "a b", "a/b/c", "-o"}) {
    CAPTURE(words);
    CHECK_FALSE(ParseSymbolWords(words));
  }
  CHECK(ParseSymbolWords("a b").error().message == "'a b' is not the name of a symbol");
}

TEST_CASE("name_match: a suffix matches from a dot on") {
  CHECK(MatchNames("GetFeature", kNames) == Names{"routeguide.RouteGuide.GetFeature"});
  CHECK(MatchNames("RouteGuide.GetFeature", kNames) == Names{"routeguide.RouteGuide.GetFeature"});
  CHECK(MatchNames("Feature", kNames).empty());
}

TEST_CASE("name_match: several names are several candidates, sorted") {
  CHECK(MatchNames("SayHello", kNames) ==
        Names{"hello.HelloService.SayHello", "helloworld.Greeter.SayHello"});
}

TEST_CASE("name_match: the full name wins over those that end in it") {
  CHECK(MatchNames("Plain.Get", kNames) == Names{"Plain.Get"});
}

TEST_CASE("name_match: the exact case wins, otherwise case is ignored") {
  CHECK(MatchNames("Case.Put", kNames) == Names{"pkg.Case.Put"});
  CHECK(MatchNames("case.GET", kNames) == Names{"pkg.Case.get"});
  CHECK(MatchNames("PUT", kNames) == Names{"pkg.Case.Put", "pkg.Case.put"});
}

TEST_CASE("name_match: the nearest name is told in full, compared by as many parts") {
  CHECK(NearestHint("Greter.SayHelo", kNames) == "did you mean 'helloworld.Greeter.SayHello'?");
  CHECK(NearestHint("GetFeatures", kNames) == "did you mean 'routeguide.RouteGuide.GetFeature'?");
  CHECK(NearestHint("Xyzzy", kNames).starts_with("there are\n  hello.HelloService.SayHello\n"));
  CHECK(NearestHint("Xyzzy", std::vector<std::string>{"a.B"}) == "there is only\n  a.B");
  std::vector<std::string> many;
  for (char last = 'A'; last <= 'M'; ++last) many.push_back(std::string("a.") + last);
  CHECK(NearestHint("Xyzzy", many) == "");
}

TEST_CASE("name_match: an ambiguous name lists what it can be") {
  const Error error = AmbiguousName("SayHello", MatchNames("SayHello", kNames));
  CHECK(error.kind == ErrorKind::kUsage);
  CHECK(error.message == "'SayHello' is ambiguous");
  CHECK(error.hint == "it can be\n  hello.HelloService.SayHello\n  helloworld.Greeter.SayHello");
}

TEST_CASE("name_match: a long list of candidates is cut") {
  Names names;
  for (int i = 0; i < 25; ++i) names.push_back("pkg.Service" + std::to_string(100 + i));
  const std::string hint = AmbiguousName("x", names).hint;
  CHECK(hint.starts_with("it can be\n  pkg.Service100\n"));
  CHECK(hint.ends_with("\n  pkg.Service119\n  and 5 more"));
}

TEST_CASE("name_match: a service where a method is needed lists its methods") {
  const Error error = MethodNeeded("helloworld.Greeter", Names{"helloworld.Greeter.SayHello"});
  CHECK(error.kind == ErrorKind::kUsage);
  CHECK(error.message == "'helloworld.Greeter' is a service, a method is needed");
  CHECK(error.hint == "it has\n  helloworld.Greeter.SayHello");
  CHECK(MethodNeeded("a.B", Names{}).hint == "it has no methods");
}

TEST_CASE("name_match: a name that two sources have is offered once") {
  const std::vector<std::string> names = {"a.Greeter", "b.Other", "a.Greeter"};
  CHECK(NearestHint("Greter", names) == "did you mean 'a.Greeter'?");
}

}  // namespace
}  // namespace rpcctl
