#include "message/any_contents.h"

#include <doctest/doctest.h>
#include <google/protobuf/any.pb.h>

#include "tests/support/item_types.h"

namespace rpcctl {
namespace {

using google::protobuf::Any;
using google::protobuf::Message;

constexpr const char* kPointUrl = "type.googleapis.com/items.Point";

// Contents over the test types.
struct Contents {
  KnownTypes known = Completed({}, Types().Type("items.Point"));
  MessageMaker maker;
  AnyContents contents{maker, known};
};

std::string PointBytes(int latitude) {
  const auto point = Types().New("items.Point");
  point->GetReflection()->SetInt32(point.get(), point->GetDescriptor()->field(0), latitude);
  return point->SerializeAsString();
}

Any PackedPoint(int latitude, const std::string& url = kPointUrl) {
  Any any;
  any.set_type_url(url);
  any.set_value(PointBytes(latitude));
  return any;
}

// The first field of the message inside `any`.
int LatitudeIn(AnyContents& contents, Message& any) {
  const Result<Message*> inside = contents.Open(any);
  REQUIRE(inside);
  return (*inside)->GetReflection()->GetInt32(**inside, (*inside)->GetDescriptor()->field(0));
}

void SetLatitude(AnyContents& contents, Message& any, int latitude) {
  const Result<Message*> inside = contents.Open(any);
  REQUIRE(inside);
  (*inside)->GetReflection()->SetInt32(*inside, (*inside)->GetDescriptor()->field(0), latitude);
}

TEST_CASE("any contents: a type by its name gets the usual prefix, a URL stays as it is") {
  for (const auto& [name, url] : {std::pair("items.Point", kPointUrl),
                                  std::pair("example.com/items.Point", "example.com/items.Point")}) {
    CAPTURE(name);
    Contents test;
    Any any;
    REQUIRE(test.contents.SetType(any, name));
    REQUIRE(test.contents.Pack());
    CHECK(any.type_url() == url);
    CHECK(any.value().empty());
  }
}

TEST_CASE("any contents: what is set inside is packed, and only then") {
  Contents test;
  Any any;
  REQUIRE(test.contents.SetType(any, "items.Point"));
  SetLatitude(test.contents, any, 7);
  CHECK(any.value().empty());
  REQUIRE(test.contents.Pack());
  CHECK(any.value() == PointBytes(7));
}

TEST_CASE("any contents: opened twice it is one message") {
  Contents test;
  Any any = PackedPoint(1);
  SetLatitude(test.contents, any, 2);
  CHECK(LatitudeIn(test.contents, any) == 2);
  REQUIRE(test.contents.Pack());
  CHECK(any.value() == PointBytes(2));
}

TEST_CASE("any contents: the same type keeps what is inside, another one drops it") {
  Contents test;
  Any same = PackedPoint(5);
  REQUIRE(test.contents.SetType(same, "items.Point"));
  CHECK(LatitudeIn(test.contents, same) == 5);
  Any other = PackedPoint(5);
  REQUIRE(test.contents.SetType(other, "items.Request"));
  REQUIRE(test.contents.Pack());
  CHECK(other.type_url() == "type.googleapis.com/items.Request");
  CHECK(other.value().empty());
  CHECK(same.value() == PointBytes(5));
}

TEST_CASE("any contents: the URL that the data has is kept") {
  Contents test;
  Any any = PackedPoint(5, "example.com/types/items.Point");
  SetLatitude(test.contents, any, 6);
  REQUIRE(test.contents.Pack());
  CHECK(any.type_url() == "example.com/types/items.Point");
  CHECK(any.value() == PointBytes(6));
}

TEST_CASE("any contents: one inside another is packed from the inside out") {
  Contents test;
  Any outer;
  REQUIRE(test.contents.SetType(outer, "items.Known"));
  const Result<Message*> known = test.contents.Open(outer);
  REQUIRE(known);
  const auto* field = (*known)->GetDescriptor()->FindFieldByName("detail");
  Message& inner = *(*known)->GetReflection()->MutableMessage(*known, field);
  REQUIRE(test.contents.SetType(inner, "items.Point"));
  SetLatitude(test.contents, inner, 9);
  REQUIRE(test.contents.Pack());
  const auto read = Types().New("items.Known");
  REQUIRE(read->ParseFromString(outer.value()));
  CHECK(Text(*read) == "detail { [type.googleapis.com/items.Point] { latitude: 9 } }");
}

TEST_CASE("any contents: without a type there is nothing to open") {
  Contents test;
  Any any;
  const Result<Message*> inside = test.contents.Open(any);
  REQUIRE_FALSE(inside);
  CHECK(inside.error().kind == ErrorKind::kInput);
  CHECK(inside.error().message == "the type of this google.protobuf.Any is not known yet");
}

TEST_CASE("any contents: a type that nobody knows, whether typed or in the data") {
  Contents test;
  Any any;
  const Result<void> typed = test.contents.SetType(any, "items.Nothing");
  REQUIRE_FALSE(typed);
  CHECK(typed.error().message == "no message type is called 'items.Nothing'");
  CHECK(typed.error().hint.find("pkg.Type") != std::string::npos);
  any.set_type_url("x/\x1b[2J");
  CHECK(test.contents.Open(any).error().message == "no message type is called '\\x1b[2J'");
}

TEST_CASE("any contents: data that is not of its type is refused") {
  Contents test;
  Any any;
  any.set_type_url(kPointUrl);
  any.set_value("\xff\xff");
  CHECK(test.contents.Open(any).error().message == "its value does not parse as items.Point");
}

TEST_CASE("any contents: a required field that nobody set is refused when it is packed") {
  Contents test;
  Any any;
  REQUIRE(test.contents.SetType(any, "items2.Strict"));
  const Result<void> packed = test.contents.Pack();
  REQUIRE_FALSE(packed);
  CHECK(packed.error().kind == ErrorKind::kInput);
}

}  // namespace
}  // namespace rpcctl
