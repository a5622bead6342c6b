#include "message/known_types.h"

#include <doctest/doctest.h>
#include <google/protobuf/any.pb.h>
#include <google/protobuf/descriptor.h>

#include <string>

#include "tests/support/item_types.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;

TEST_CASE("known types: what is missing is made up from the pool of the type at hand") {
  const Descriptor& point = Types().Type("items.Point");
  const KnownTypes known = Completed({}, point);
  CHECK(known.pool == point.file()->pool());
  CHECK(known.find_type("items.Point") == &point);
  CHECK(known.find_type("items.Nothing") == nullptr);
}

TEST_CASE("known types: a pool that was given is asked instead of that of a built-in type") {
  const Descriptor& any = *google::protobuf::Any::descriptor();
  const Descriptor& point = Types().Type("items.Point");
  CHECK(Completed({}, any).find_type("items.Point") == nullptr);
  CHECK(Completed({point.file()->pool()}, any).find_type("items.Point") == &point);
}

TEST_CASE("known types: a finder that was given is asked, the pool is not") {
  const Descriptor& point = Types().Type("items.Point");
  std::string asked;
  KnownTypes given;
  given.find_type = [&](std::string_view name) {
    asked = name;
    return &point;
  };
  const KnownTypes known = Completed(given, *google::protobuf::Any::descriptor());
  CHECK(known.find_type("far.Away") == &point);
  CHECK(asked == "far.Away");
}

TEST_CASE("known types: extensions are those of the pool, by number and by name, unless a finder was given") {
  const Descriptor& old = Types().Type("items2.Old");
  const KnownTypes known = Completed({}, old);
  const auto* weight = known.find_extension(old, 100);
  REQUIRE(weight != nullptr);
  CHECK(weight->full_name() == "items2.weight");
  CHECK(known.find_named_extension(old, "items2.weight") == weight);
  CHECK(known.find_extension(old, 150) == nullptr);
  CHECK(known.find_named_extension(old, "items2.Old.name") == nullptr);
  KnownTypes given;
  given.find_extension = [&](const Descriptor&, int) { return weight; };
  given.find_named_extension = [&](const Descriptor&, std::string_view) { return weight; };
  CHECK(Completed(given, old).find_extension(old, 150) == weight);
  CHECK(Completed(given, old).find_named_extension(old, "far.away") == weight);
}

TEST_CASE("known types: a URL names a type behind its last slash") {
  const Descriptor& point = Types().Type("items.Point");
  const KnownTypes known = Completed({}, point);
  for (const char* url :
       {"items.Point", "/items.Point", "type.googleapis.com/items.Point", "https://x/y/z/items.Point"}) {
    CAPTURE(url);
    CHECK(FindTypeInAny(known, url) == &point);
  }
  for (const char* url : {"", "/", "items.Point/", "type.googleapis.com/", ".items.Point", "x/Point"}) {
    CAPTURE(url);
    CHECK(FindTypeInAny(known, url) == nullptr);
  }
}

TEST_CASE("known types: the entry of a map is no type that a message can be of") {
  const Descriptor* owner = &Types().Type("items.Maps");
  const Descriptor* entry = owner->field(0)->message_type();
  REQUIRE(owner->field(0)->is_map());
  const KnownTypes known = Completed({}, *owner);
  CHECK(known.find_type(entry->full_name()) == entry);
  CHECK(FindTypeInAny(known, entry->full_name()) == nullptr);
}

}  // namespace
}  // namespace rpcctl
