#include "message/items_writer.h"

#include <doctest/doctest.h>

#include "tests/support/item_types.h"
#include "tests/support/random_message.h"

namespace rpcctl {
namespace {

using Words = std::vector<std::string>;

// The items of the message that `words` make.
Words Through(const std::string& type, const Words& words) {
  const auto message = Types().New(type);
  const Result<void> laid = Lay(*message, words);
  REQUIRE_MESSAGE(laid, (laid ? "" : laid.error().message));
  const Result<Words> written = ItemsWriter(Types().Type(type)).Write(message->SerializeAsString());
  REQUIRE(written);
  return *written;
}

void CheckStays(const std::string& type, const Words& words) {
  CAPTURE(fmt::format("{}", fmt::join(words, " ")));
  CHECK(Through(type, words) == words);
}

TEST_CASE("items writer: every scalar by its text") {
  CheckStays("items.Scalars", {"d=1.5", "f=-Infinity", "i32=-3", "i64=-9223372036854775808", "u32=5",
                               "u64=18446744073709551615", "flag=true", "name=you and me",
                               "blob=b64:AP8=", "color=COLOR_RED", "maybe=0"});
  CheckStays("items.Scalars", {"color=77"});
  CheckStays("items.Scalars", {});
}

TEST_CASE("items writer: strings verbatim, but where an item would read them otherwise") {
  CheckStays("items.Scalars", {"name== := += \\n \"'$(x)\xc3\xbc"});
  CHECK(Through("items.Scalars", {"name:=\"@file\""}) == Words{"name:=\"@file\""});
  CHECK(Through("items.Scalars", {"name:=\"\\u001b[2J\\n\""}) == Words{"name:=\"\\u001b[2J\\n\""});
  CHECK(Through("items.Scalars", {"name:=\"a\\u0000b\""}) == Words{"name:=\"a\\u0000b\""});
}

TEST_CASE("items writer: messages by their paths, empty ones as such") {
  CheckStays("items.Request", {"name=a", "location.latitude=1", "location.longitude=-2", "inner.label=x",
                               "inner.inner.inner:={}", "nothing:={}"});
}

TEST_CASE("items writer: lists by appending, their messages by index") {
  CheckStays("items.Request",
             {"tags=a", "tags+=", "tags+=b", "numbers=1", "numbers+=2", "routes.0.label=x", "routes.0.tags=t",
              "routes.1:={}", "routes.2.label=z", "colors=COLOR_RED", "blobs=b64:", "blobs+=b64:AA=="});
}

TEST_CASE("items writer: maps by key, in brackets where need be, as JSON where no path can name it") {
  CheckStays("items.Maps", {"labels.a=1", "labels[a.b/c]=2", "by_i32.-4=x", "by_bool.true=y",
                            "places.home.latitude=3", "places.work:={}", "colors.k=COLOR_DARK_BLUE"});
  CHECK(Through("items.Maps", {"labels:={\"a]\":\"1\",\"b\":\"2\"}"}) ==
        Words{"labels:={\"a]\":\"1\",\"b\":\"2\"}"});
  CheckStays("items.Maps", {"labels[]=empty"});
}

TEST_CASE("items writer: well-known types in their short forms, dynamic ones as JSON") {
  CheckStays("items.Known",
             {"at=2026-11-22T10:30:00Z", "wait=1.500s", "mask:=\"a,fooBar\"", "object:={\"a\":[1,null]}",
              "value:=\"x\"", "list:=[true]",
              "detail:={\"@type\":\"type.googleapis.com/items.Point\",\"latitude\":7}", "maybe_flag=false",
              "maybe_name=n", "maybe_blob=b64:AA==", "times.0=2026-01-01T00:00:00Z"});
}

TEST_CASE("items writer: extensions, groups and closed enums") {
  CheckStays("items2.Old", {"name=o", "closed=SECOND", "address.city=c", "[items2.weight]=5",
                            "[items2.marks]=a", "[items2.marks]+=b", "[items2.wrapped].label=w"});
}

TEST_CASE("items writer: a message that is no object is its JSON") {
  const Result<Words> words = ItemsWriter(*google::protobuf::Any::descriptor()).Write("");
  REQUIRE(words);
  CHECK(*words == Words{"{}"});
}

TEST_CASE("items writer: whatever a message holds, its items make it again") {
  for (const char* type : {"items.Scalars", "items.Request", "items.Maps", "items.Known", "items2.Old"}) {
    ItemsWriter writer(Types().Type(type));
    for (uint32_t seed = 0; seed < 400; ++seed) {
      CAPTURE(type);
      CAPTURE(seed);
      const auto message = Types().New(type);
      RandomMessage(seed).Fill(*message);
      if (!message->IsInitialized()) continue;
      const Result<Words> words = writer.Write(message->SerializeAsString());
      REQUIRE(words);
      const auto again = Types().New(type);
      const Result<void> laid = Lay(*again, *words);
      REQUIRE_MESSAGE(laid, (laid ? "" : laid.error().message));
      REQUIRE(Text(*again) == Text(*message));
    }
  }
}

TEST_CASE("items writer: bytes that are no message are an error") {
  CHECK_FALSE(ItemsWriter(Types().Type("items.Point")).Write("\x08"));
}

}  // namespace
}  // namespace rpcctl
