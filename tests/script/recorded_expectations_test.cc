#include "script/recorded_expectations.h"

#include <doctest/doctest.h>

#include "message/message_json.h"
#include "tests/support/item_types.h"

namespace rpcctl {
namespace {

using Lines = std::vector<std::string>;

// What is recorded of the message of `type` that `items` make.
Lines Recorded(const std::string& type, const std::vector<std::string>& items, size_t most = 20) {
  const std::unique_ptr<google::protobuf::Message> message = Types().New(type);
  REQUIRE(Lay(*message, items));
  MessageJson json(Completed({}, *message->GetDescriptor()));
  return ExpectationsOf(*message, json, most);
}

TEST_CASE("recorded expectations: one for each scalar that is set, by number and at every depth") {
  CHECK(Recorded("items.Request", {"inner.inner.label=x", "location.latitude=4", "name=you"}) ==
        Lines{"expect .name == you", "expect .location.latitude == 4", "expect .inner.inner.label == x"});
  CHECK(Recorded("items.Request", {}).empty());
}

TEST_CASE("recorded expectations: texts are quoted as a script reads them") {
  CHECK(Recorded("items.Request", {"name=it's \"{{x}}\" # $y", "tags=", "tags+=a b"}) ==
        Lines{"expect .name == 'it'\\''s \"{{x}}\" # $y'", "expect .tags[0] == ''",
              "expect .tags[1] == 'a b'"});
}

TEST_CASE("recorded expectations: numbers, enums and bools are as a script has them") {
  CHECK(Recorded("items.Scalars", {"i64=-9223372036854775808", "d=0.1", "f=inf", "flag=true", "maybe=0"}) ==
        Lines{"expect .d == 0.1", "expect .f == Infinity", "expect .i64 == -9223372036854775808",
              "expect .flag == true", "expect .maybe == 0"});
}

TEST_CASE("recorded expectations: elements by their index, values of maps by their key") {
  CHECK(Recorded("items.Request", {"numbers=7", "numbers+=8", "routes.0.label=a"}) ==
        Lines{"expect .numbers[0] == 7", "expect .numbers[1] == 8", "expect .routes[0].label == a"});
  CHECK(Recorded("items.Maps", {"labels.env=prod", "labels[a.b]=x", "places.home.latitude=1"}) ==
        Lines{"expect .labels.env == prod", "expect .places.home.latitude == 1"});
}

TEST_CASE("recorded expectations: of what is made anew each time only that it exists") {
  CHECK(Recorded("items.Known", {"at=2026-11-22T10:00:00Z", "wait=5s"}) ==
        Lines{"expect .at exists", "expect .wait == 5s"});
  CHECK(Recorded("items.Request",
                 {"name=2026-11-22T10:00:00+01:00", "display_name=123e4567-e89b-12D3-a456-426614174000"}) ==
        Lines{"expect .name exists", "expect .display_name exists"});
  CHECK(Recorded("items.Request", {"name=2026-11-22", "odd=123e4567-e89b-12d3-a456-42661417400x"}) ==
        Lines{"expect .name == 2026-11-22", "expect .odd == 123e4567-e89b-12d3-a456-42661417400x"});
}

TEST_CASE("recorded expectations: wrappers are their scalar, other well-known types and bytes are left out") {
  CHECK(Recorded("items.Known",
                 {"maybe_i32=7", "maybe_name=x", "maybe_flag=false", "object:={\"a\":1}", "mask=a"}) ==
        Lines{"expect .maybe_flag == false", "expect .maybe_i32 == 7", "expect .maybe_name == x"});
  CHECK(Recorded("items.Scalars", {"blob=hex:00", "name=x"}) == Lines{"expect .name == x"});
}

TEST_CASE("recorded expectations: a text that is long or not safe to show is left out") {
  CHECK(Recorded("items.Request", {"name=a\x1b[31m", "odd=a\nb", "display_name=" + std::string(201, 'x')})
            .empty());
  CHECK(Recorded("items.Request", {"name=" + std::string(200, 'x')}).size() == 1);
}

TEST_CASE("recorded expectations: no more than are wanted, and no deeper than twenty levels") {
  std::vector<std::string> items;
  for (int i = 0; i < 30; ++i) items.push_back("numbers+=7");
  CHECK(Recorded("items.Request", items, 5).size() == 5);
  std::string path = "inner";
  for (int i = 0; i < 18; ++i) path += ".inner";
  CHECK(Recorded("items.Request", {path + ".label=x"}).size() == 1);
  CHECK(Recorded("items.Request", {path + ".inner.label=x"}).empty());
}

}  // namespace
}  // namespace rpcctl
