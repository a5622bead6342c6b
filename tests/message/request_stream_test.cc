#include "message/request_stream.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "message/wire.h"
#include "tests/support/item_types.h"
#include "tests/support/pipe.h"
#include "tests/support/temporary_directory.h"

namespace rpcctl {
namespace {

using Words = std::vector<std::string>;
using Step = RequestStream::Step;

Result<RequestStream> Open(const std::string& type, const Words& data, const Words& words,
                           int standard_input = -1) {
  Result<RequestPlan> plan = PlanRequest(data, words);
  if (!plan) return plan.error();
  return RequestStream::Open(std::move(*plan), Types().Type(type),
                             {.build = {.now = TestNow}, .standard_input = standard_input});
}

// The messages that a stream gives until it waits, ends or fails, each in the text format and brackets.
std::string Drain(RequestStream& stream, const std::string& type) {
  std::string text;
  for (std::string wire;;) {
    const Result<Step> step = stream.Next(wire);
    if (!step) return text + "error: " + step.error().message;
    if (*step == Step::kWaiting) return text + "waiting";
    if (*step == Step::kEnd) return text;
    const auto message = Types().New(type);
    REQUIRE(MergeWire(wire, *message));
    text += fmt::format("<{}>", Text(*message));
  }
}

std::string Requests(const std::string& type, const Words& data, const Words& words) {
  Result<RequestStream> stream = Open(type, data, words);
  return stream ? Drain(*stream, type) : "error at once: " + stream.error().message;
}

TEST_CASE("request_stream: nothing given makes no message") {
  CHECK(Requests("items.Request", {}, {}) == "");
}

TEST_CASE("request_stream: items make one message, and one more after every comma") {
  CHECK(Requests("items.Request", {}, {"name=you"}) == "<name: \"you\">");
  CHECK(Requests("items.Request", {}, {"name=a", ",", "name=b", ","}) == "<name: \"a\"><name: \"b\"><>");
}

TEST_CASE("request_stream: every document is a message, the items laid over each") {
  CHECK(Requests("items.Request", {"{\"name\":\"a\"}{\"name\":\"b\",\"tags\":[\"x\"]}"}, {"tags+=t"}) ==
        "<name: \"a\" tags: \"t\"><name: \"b\" tags: \"x\" tags: \"t\">");
  CHECK(Requests("items.Request", {"{\"name\":\"a\"}"}, {"{\"name\":\"b\"}"}) ==
        "<name: \"a\"><name: \"b\">");
}

TEST_CASE("request_stream: groups follow one another, with data and without") {
  CHECK(Requests("items.Request", {},
                 {"name=a", ",", "{\"name\":\"b\"} {\"name\":\"c\"}", "odd=x", ",", "name=d"}) ==
        "<name: \"a\"><name: \"b\" odd: \"x\"><name: \"c\" odd: \"x\"><name: \"d\">");
}

TEST_CASE("request_stream: an empty -d is one empty message, an empty file none") {
  const TemporaryDirectory folder;
  CHECK(Requests("items.Request", {""}, {}) == "<>");
  CHECK(Requests("items.Request", {" \n"}, {"name=a"}) == "<name: \"a\">");
  CHECK(Requests("items.Request", {fmt::format("@{}", folder.Write("empty", " \n"))}, {"name=a"}) == "");
}

TEST_CASE("request_stream: an empty standard input makes no message") {
  Pipe pipe;
  pipe.CloseWriter();
  Result<RequestStream> stream = Open("items.Request", {"@-"}, {}, pipe.reader());
  REQUIRE(stream);
  CHECK(Drain(*stream, "items.Request") == "");
}

TEST_CASE("request_stream: a message is there as soon as its document is complete") {
  Pipe pipe;
  Result<RequestStream> stream = Open("items.Request", {}, {"@-", "odd=x"}, pipe.reader());
  REQUIRE(stream);
  CHECK(Drain(*stream, "items.Request") == "waiting");
  CHECK(stream->descriptor() == pipe.reader());
  REQUIRE(pipe.Write("{\"name\":\"a\"}{\"na"));
  CHECK(Drain(*stream, "items.Request") == "<name: \"a\" odd: \"x\">waiting");
  REQUIRE(pipe.Write("me\":\"b\"}"));
  CHECK(Drain(*stream, "items.Request") == "<name: \"b\" odd: \"x\">waiting");
  pipe.CloseWriter();
  CHECK(Drain(*stream, "items.Request") == "");
  CHECK(stream->descriptor() == -1);
}

TEST_CASE("request_stream: wrong words are told before anything is handed out") {
  CHECK(Requests("items.Request", {}, {"name=a", ",", "nmae=b"}) ==
        "error at once: nmae: no such field in Request");
  CHECK(Requests("items.Request", {}, {"name=a", ",", "@-", "nmae=b"}) ==
        "error at once: nmae: no such field in Request");
  CHECK(Requests("items.Request", {"{}"}, {"numbers=x"}) ==
        "error at once: numbers: expected int32, found 'x'");
  CHECK(Requests("items.Request", {"{}"}, {"name=@/nonexistent"}) ==
        "error at once: name: cannot read '/nonexistent': No such file or directory");
}

TEST_CASE("request_stream: what only the data can tell is told with the document") {
  CHECK(
      Requests("items.Request", {"{\"tags\":[\"a\"]}{}"}, {"tags.1=x"}) ==
      "<tags: \"a\" tags: \"x\">error: document 2: tags.1: the list has 0 elements, so the next index is 0");
}

TEST_CASE("request_stream: a bad document is told with its number and place") {
  CHECK(Requests("items.Request", {"{\"name\":\"a\"}\n{\n  \"nmae\": 1}"}, {}) ==
        "<name: \"a\">error: document 2: line 3, column 3: nmae: no such field in items.Request");
  CHECK(Requests("items.Request", {"{}", "{\"name\":"}, {})
            .starts_with("<>error: document 2: line 1, column "));
  CHECK(Requests("items.Request", {"{}null"}, {}).starts_with("<>error: document 2: line 1, column 3: "));
}

TEST_CASE("request_stream: a document of a file is told with the file") {
  const TemporaryDirectory folder;
  const std::string path = folder.Write("a.json", "[]");
  CHECK(Requests("items.Request", {fmt::format("@{}", path)}, {})
            .starts_with(fmt::format("error: {}: document 1: line 1, column 1: ", path)));
}

TEST_CASE("request_stream: a file that is not there is told before anything is handed out") {
  CHECK(Requests("items.Request", {"{}", "@/nonexistent"}, {}) ==
        "error at once: cannot read '/nonexistent': No such file or directory");
  CHECK(Requests("items.Request", {}, {"name=a", ",", "@/"}) ==
        "error at once: cannot read '/': it is a folder");
}

TEST_CASE("request_stream: items are laid over data however deep it is") {
  std::string deep = "1";
  for (int i = 0; i < 90; ++i) deep = fmt::format("{{\"a\":{}}}", deep);
  Result<RequestStream> stream = Open("items.Known", {fmt::format("{{\"value\":{}}}", deep)}, {"wait=5s"});
  REQUIRE(stream);
  std::string wire;
  CHECK(*stream->Next(wire) == Step::kMessage);
}

TEST_CASE("request_stream: an error is final") {
  Result<RequestStream> stream = Open("items.Request", {"{} {\"x\":1} {}"}, {});
  REQUIRE(stream);
  const std::string failed = Drain(*stream, "items.Request");
  CHECK(failed.starts_with("<>error: document 2: "));
  CHECK(failed == std::string("<>").append(Drain(*stream, "items.Request")));
}

TEST_CASE("request_stream: required fields must be there, from data or from items") {
  CHECK(Requests("items2.Strict", {}, {"name=a"}) == "error at once: the required field id is not set");
  CHECK(Requests("items2.Strict", {"{\"name\":\"a\"}"}, {"id=1"}) == "<name: \"a\" id: 1>");
  CHECK(Requests("items2.Strict", {"{\"name\":\"a\"}"}, {"inner.label=x"}) ==
        "error: document 1: the required field id is not set");
  CHECK(
      Requests("items2.Strict", {"{\"name\":\"a\"}"}, {}).starts_with("error: document 1: line 1, column "));
}

TEST_CASE("request_stream: unknown fields are dropped where that is asked for") {
  Result<RequestPlan> plan = PlanRequest(Words{"{\"x\":1,\"name\":\"a\"}"}, Words{"location:={\"y\":1}"});
  REQUIRE(plan);
  Result<RequestStream> stream =
      RequestStream::Open(std::move(*plan), Types().Type("items.Request"),
                          {.build = {.now = TestNow, .reading = {.allow_unknown = true}}});
  REQUIRE(stream);
  CHECK(Drain(*stream, "items.Request") == "<name: \"a\" location { }>");
}

TEST_CASE("request_stream: many documents come through one small pipe in order") {
  Pipe pipe;
  Result<RequestStream> stream = Open("items.Request", {}, {"@-"}, pipe.reader());
  REQUIRE(stream);
  std::string all;
  for (int i = 0; i < 2000; ++i) {
    REQUIRE(pipe.Write(fmt::format("{{\"numbers\":[{}]}}", i)));
    if (i % 100 == 99)
      CHECK(Drain(*stream, "items.Request").ends_with(fmt::format("<numbers: {}>waiting", i)));
  }
}

}  // namespace
}  // namespace rpcctl
