#include "message/item_history.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

const std::string kA = PlaceOfField("", 1);
const std::string kAB = PlaceOfField(kA, 2);
const std::string kList = PlaceOfField("", 5);

TEST_CASE("item_history: places that share a beginning in text are different places") {
  ItemHistory history;
  CHECK(history.Set({PlaceOfField("", 1), "a", "a=1"}, SetBy::kText));
  CHECK(history.Set({PlaceOfField("", 11), "k", "k=1"}, SetBy::kText));
  CHECK(history.Set({PlaceOfKey(kList, "x"), "l.x", "l.x=1"}, SetBy::kText));
  CHECK(history.Set({PlaceOfKey(kList, "x/1"), "l[x/1]", "l[x/1]=1"}, SetBy::kText));
  CHECK(history.Set({PlaceOfIndex(kList, 1), "l.1", "l.1=1"}, SetBy::kText));
  CHECK(history.Set({PlaceOfIndex(kList, 12), "l.12", "l.12=1"}, SetBy::kText));
}

TEST_CASE("item_history: a place set twice names both words") {
  ItemHistory history;
  CHECK(history.Set({kA, "a", "a=1"}, SetBy::kText));
  const Error error = history.Set({kA, "a", "a=2"}, SetBy::kText).error();
  CHECK(error.kind == ErrorKind::kInput);
  CHECK(error.message == "a: set twice, by 'a=1' and by 'a=2'");
  CHECK(history.Set({kA, "a", "a=1"}, SetBy::kText).error().message == "a: set twice, by 'a=1' each time");
}

TEST_CASE("item_history: JSON may be refined, but not undo what is inside") {
  ItemHistory refined;
  CHECK(refined.Set({kA, "a", "a:={}"}, SetBy::kJson));
  CHECK(refined.Set({kAB, "a.b", "a.b=1"}, SetBy::kText));
  ItemHistory undone;
  CHECK(undone.Set({kAB, "a.b", "a.b=1"}, SetBy::kText));
  CHECK(undone.Set({kA, "a", "a:={}"}, SetBy::kJson).error().message ==
        "a: set twice, by 'a.b=1' and by 'a:={}'");
}

TEST_CASE("item_history: inside what text has set all is set") {
  ItemHistory history;
  CHECK(history.Set({kA, "a", "a=5"}, SetBy::kText));
  CHECK(history.Set({kAB, "a.value", "a.value=6"}, SetBy::kText).error().message ==
        "a.value: set twice, by 'a=5' and by 'a.value=6'");
  CHECK_FALSE(history.AppendList({kAB, "a.paths", "a.paths+=x"}));
  CHECK_FALSE(history.AssignList({kAB, "a.paths", "a.paths=x"}));
}

TEST_CASE("item_history: the first item replaces a list and the next ones append") {
  ItemHistory history;
  CHECK(*history.AssignList({kList, "l", "l=a"}) == ListStep::kReplace);
  CHECK(history.Set({PlaceOfIndex(kList, 0), "l", "l=a"}, SetBy::kText));
  CHECK(*history.AssignList({kList, "l", "l=b"}) == ListStep::kAppend);
  CHECK(history.AppendList({kList, "l", "l+=c"}));
}

TEST_CASE("item_history: a list of JSON is one that the next item appends to") {
  ItemHistory history;
  CHECK(history.Set({kList, "l", "l:=[]"}, SetBy::kJson));
  CHECK(*history.AssignList({kList, "l", "l=b"}) == ListStep::kAppend);
}

TEST_CASE("item_history: an element and a whole list do not go together") {
  ItemHistory history;
  CHECK(history.Set({PlaceOfIndex(kList, 0), "l.0", "l.0=a"}, SetBy::kText));
  const Error error = history.AssignList({kList, "l", "l=b"}).error();
  CHECK(error.message == "l: set twice, by 'l.0=a' and by 'l=b'");
  CHECK(error.hint == "+= and +:= append to a list");
  CHECK(history.AppendList({kList, "l", "l+=b"}));
}

TEST_CASE("item_history: a list appended to is not replaced any more") {
  ItemHistory history;
  CHECK(history.AppendList({kList, "l", "l+=a"}));
  const Error error = history.AssignList({kList, "l", "l=b"}).error();
  CHECK(error.message == "l: 'l+=a' appends to the list, and 'l=b' after it would replace the list");
  CHECK(error.hint == "write += in both");
  CHECK(history.Set({kList, "l", "l:=[]"}, SetBy::kJson).error().hint == "+= and +:= append to a list");
}

TEST_CASE("item_history: a oneof holds one member in each message") {
  ItemHistory history;
  CHECK(history.EnterOneof("", "choice", "text", {kA, "text", "text=a"}));
  CHECK(history.EnterOneof("", "choice", "text", {kA, "text", "text=a"}));
  CHECK(history.EnterOneof(kA, "choice", "number", {kAB, "a.number", "a.number=1"}));
  const Error error = history.EnterOneof("", "choice", "number", {kAB, "number", "number=1"}).error();
  CHECK(error.message == "number: text and number are both members of the oneof choice, which holds one");
  CHECK(error.hint == "leave out 'text=a' or 'number=1'");
}

}  // namespace
}  // namespace rpcctl
