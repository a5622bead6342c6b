#include "message/json_any_type.h"

#include <doctest/doctest.h>

#include <string>

namespace rpcctl {
namespace {

using State = AnyType::State;

AnyType Find(const std::string& json) {
  return AnyTypeScanner().Find(json.c_str());
}

TEST_CASE("json any type: it is found wherever it stands in the object") {
  for (const char* json : {R"({"@type":"x/p.T"})", R"({ "a" : 1 , "@type" : "x/p.T" , "b" : 2 })",
                           R"({"a":{"@type":"x/other"},"b":[{"@type":"x/other"}],"@type":"x/p.T"})",
                           "{\"deep\":[[[[[[{}]]]]]],\n\"@type\":\"x\\/p.T\"}"}) {
    CAPTURE(json);
    const AnyType found = Find(json);
    CHECK(found.state == State::kFound);
    CHECK(found.url == "x/p.T");
  }
}

TEST_CASE("json any type: the offset is that of the value") {
  for (const char* text : {R"({"a":1,"@type":"x/p.T"})", "{\"@type\" \n:\t \"x/p.T\" }"}) {
    const std::string json = text;
    CHECK(json.substr(Find(json).offset).starts_with("\"x/p.T\""));
  }
}

TEST_CASE("json any type: the first of two counts, the reader refuses the second") {
  CHECK(Find(R"({"@type":"x/a","@type":"x/b"})").url == "x/a");
}

TEST_CASE("json any type: what follows the object is not looked at") {
  CHECK(Find(R"({"a":1}{"@type":"x/p.T"})").state == State::kMissing);
  CHECK(Find(R"({}, "@type": "x/p.T")").state == State::kEmpty);
}

TEST_CASE("json any type: an object without one is empty or not") {
  CHECK(Find("{}").state == State::kEmpty);
  CHECK(Find("{ \n }").state == State::kEmpty);
  CHECK(Find(R"({"a":1})").state == State::kMissing);
  CHECK(Find(R"({"a":{"@type":"x/p.T"}})").state == State::kMissing);
  CHECK(Find(R"({"@Type":"x/p.T"})").state == State::kMissing);
}

TEST_CASE("json any type: a value that is no string") {
  for (const char* json :
       {R"({"@type":1})", R"({"@type":null})", R"({"@type":true})", R"({"@type":["x/p.T"]})",
        R"({"@type":{"@type":"x/p.T"}})", R"({"@type":1.5e300})", R"({"@type":{}})"}) {
    CAPTURE(json);
    CHECK(Find(json).state == State::kNoString);
  }
}

TEST_CASE("json any type: broken text before the type is told apart") {
  for (const char* json :
       {"", "{", R"({"a")", R"({"a":1,,"@type":"x"})", R"({a:1})", R"({"a":tru})", R"({"@type":"x)"}) {
    CAPTURE(json);
    CHECK(Find(json).state == State::kIllFormed);
  }
}

TEST_CASE("json any type: nesting without end takes no stack") {
  std::string json = "{\"a\":" + std::string(3'000'000, '[');
  CHECK(Find(json).state == State::kIllFormed);
  json += std::string(3'000'000, ']') + ",\"@type\":\"x/p.T\"}";
  CHECK(Find(json).url == "x/p.T");
}

TEST_CASE("json any type: one scanner looks at one object after another") {
  AnyTypeScanner scanner;
  CHECK(scanner.Find("{\"a\":").state == State::kIllFormed);
  CHECK(scanner.Find(R"({"@type":"x/a"})").url == "x/a");
  const AnyType empty = scanner.Find("{}");
  CHECK(empty.state == State::kEmpty);
  CHECK(empty.url.empty());
}

}  // namespace
}  // namespace rpcctl
