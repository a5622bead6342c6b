#include "completion/value_completion.h"

#include <doctest/doctest.h>

#include "tests/support/completed_items.h"

namespace rpcctl {
namespace {

TEST_CASE("value completion: enums by their names, and by short forms where one is begun") {
  CHECK(CompletedItems("S.Numbers colour=") ==
        Values{"colour=COLOUR_UNSPECIFIED", "colour=COLOUR_RED", "colour=COLOUR_DARK_RED"});
  CHECK(CompletedItems("S.Numbers colour=COLOUR_R") == Values{"colour=COLOUR_RED"});
  CHECK(CompletedItems("S.Numbers colour=re") == Values{"colour=red"});
  CHECK(CompletedItems("S.Numbers colour=DA") == Values{"colour=DARK_RED"});
  CHECK(CompletedItems("S.Numbers colour=colour_r") == Values{"colour=colour_red"});
  CHECK(CompletedItems("S.Numbers plain=o") == Values{"plain=one"});
  CHECK(CompletedItems("S.Numbers colours+=re") == Values{"colours+=red"});
  CHECK(CompletedItems("S.Numbers colour=x") == Values{"#enum i.Colour has no such value"});
}

TEST_CASE("value completion: bools") {
  CHECK(CompletedItems("S.Numbers flag=") == Values{"flag=false", "flag=true"});
  CHECK(CompletedItems("S.Numbers flag=t") == Values{"flag=true"});
  CHECK(CompletedItems("S.Numbers flag:=f") == Values{"flag:=false"});
  CHECK(CompletedItems("S.Known maybe=f") == Values{"maybe=false"});
}

TEST_CASE("value completion: numbers and text are hints, with the range") {
  CHECK(CompletedItems("S.Numbers i=") == Values{"#i: int32, -2147483648 to 2147483647"});
  CHECK(CompletedItems("S.Numbers l=5") == Values{"#l: int64, -9223372036854775808 to 9223372036854775807"});
  CHECK(CompletedItems("S.Numbers u=") == Values{"#u: uint32, 0 to 4294967295"});
  CHECK(CompletedItems("S.Numbers ul=") == Values{"#ul: uint64, 0 to 18446744073709551615"});
  CHECK(CompletedItems("S.Numbers d=") == Values{"#d: double, also inf, -inf, nan"});
  CHECK(CompletedItems("S.Numbers text=") == Values{"#text: string"});
  CHECK(CompletedItems("S.Known number=") == Values{"#number: int32, -2147483648 to 2147483647"});
  CHECK(CompletedItems("S.Lists counts.a=") == Values{"#counts.a: int32, -2147483648 to 2147483647"});
}

TEST_CASE("value completion: the forms of bytes, without a blank behind them") {
  CHECK(AnswerTo("S.Numbers blob=") ==
        ":nospace nofiles\nblob=hex:\t00ff\nblob=b64:\tAAE=\nblob=text:\tas it stands\n"
        "#blob: bytes: hex:00ff, b64:AAE=, text:hi, or =@FILE\n");
  CHECK(CompletedItems("S.Numbers blob=h").front() == "blob=hex:");
}

TEST_CASE("value completion: files behind @, with what stands before") {
  CHECK(AnswerTo("S.Numbers blob=@x") == ":files prefix=6\n");
  CHECK(AnswerTo("S.Numbers blob:=@x/y") == ":files prefix=7\n");
  CHECK(AnswerTo("S.Lists 'counts[a b]=@") == ":files prefix=13\n");
  CHECK(AnswerTo("S.Lists tags+=@") == ":files prefix=7\n");
  CHECK(AnswerTo("S.Numbers @x") == ":files prefix=1\n");
  CHECK(AnswerTo("S.Numbers @") == ":files prefix=1\n@-\tstandard input\n");
}

TEST_CASE("value completion: times and durations") {
  CHECK(CompletedItems("S.Known time=") ==
        Values{"time=now", "time=now-5m", "time=now+1h",
               "#time: a time: 2026-11-22T10:00:00Z, 2026-11-22, now-5m, unix:1700000000"});
  CHECK(CompletedItems("S.Known wait=") == Values{"#wait: a duration: 5s, 1h30m, 250ms"});
  CHECK(CompletedItems("S.Known time=now ti") == Values{"#ti: no field of Known that is left begins so"});
}

TEST_CASE("value completion: paths of a mask, of the message beside it") {
  CHECK(CompletedItems("S.Update update_mask=") ==
        Values{"update_mask=label", "update_mask=at", "update_mask=inner"});
  CHECK(CompletedItems("S.Update update_mask=label,a") == Values{"update_mask=label,at"});
  CHECK(CompletedItems("S.Update update_mask=label,") ==
        Values{"update_mask=label,at", "update_mask=label,inner"});
  CHECK(CompletedItems("S.Update update_mask=at.lat") == Values{"update_mask=at.latitude"});
  CHECK(CompletedItems("S.Update update_mask=nope.x") ==
        Values{"#update_mask: paths of fields, joined by commas"});
}

TEST_CASE("value completion: what takes JSON or fields says so") {
  CHECK(CompletedItems("S.Inner at=") == Values{"#at: message i.Point: at.FIELD=VALUE or at:=JSON"});
  CHECK(CompletedItems("S.Inner at:=") == Values{"#at: JSON of message i.Point"});
  CHECK(CompletedItems("S.Lists tags:=") == Values{"#tags: JSON of repeated string"});
  CHECK(CompletedItems("S.Lists counts=") == Values{"#counts: map<string, int32>, written counts.KEY=VALUE"});
  CHECK(CompletedItems("S.Known value=") == Values{"#value: a string; := takes any JSON"});
  CHECK(CompletedItems("S.Inner {") == Values{"#a JSON document: i.Inner"});
}

TEST_CASE("value completion: a path that leads nowhere is a hint") {
  CHECK(CompletedItems("S.Inner nope=1") ==
        Values{"#nope: no such field in Inner; its fields are label, at and inner"});
  CHECK(CompletedItems("S.Inner a..b=1") ==
        Values{"#a..b: a name is missing beside a dot; a path is a.b, a.0.c or a[key].c"});
}

TEST_CASE("template completion: fields of the response inside braces") {
  CHECK(AnswerTo("S.Update -f '{la") == ":nospace keeporder nofiles\n{label}\tstring\n");
  CHECK(CompletedItems("S.Update -f '{label} at {at.lo") == Values{"{label} at {at.longitude}"});
  CHECK(CompletedItems("S.Update -f '{a") == Values{"{at."});
  CHECK(CompletedItems("S.Update --format='{{ {la") == Values{"--format={{ {label}"});
  for (const char* words : {"S.Update -f ", "S.Update -f 'x", "S.Update -f '{{la", "S.Update -f '{label} "})
    CHECK(CompletedItems(words) == Values{"#a template: '{name} at {location.latitude}'"});
  CHECK(CompletedItems("S.Update -f '{label.x").empty());
}

}  // namespace
}  // namespace rpcctl
