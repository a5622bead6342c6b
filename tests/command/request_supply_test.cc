#include "cmd/rpcctl/request_supply.h"

#include <doctest/doctest.h>

#include "tests/support/item_types.h"
#include "tests/support/pipe.h"
#include "tests/support/temporary_directory.h"

namespace rpcctl {
namespace {

using Words = std::vector<std::string>;

constexpr const char* kMethod = "items.S.Do";

// A supply for `data` and `words`; `input` is what "@-" reads from.
RequestSupply Supply(MethodKind kind, const Words& data, const Words& words, int input = -1) {
  Result<RequestPlan> plan = PlanRequest(data, words);
  REQUIRE(plan);
  const bool live = plan->ReadsStandardInput();
  RequestOptions options;
  options.standard_input = input;
  Result<RequestStream> stream =
      RequestStream::Open(std::move(*plan), Types().Type("items.Request"), options);
  REQUIRE(stream);
  return {std::move(*stream), live, kind, kMethod};
}

// The messages that are to be had without a wait, each in the text format and brackets, and how it goes on.
std::string Take(RequestSupply& supply) {
  std::string text;
  for (std::string wire;;) {
    const Result<RequestStep> step = supply.Next(wire);
    if (!step) return text + "error: " + step.error().message;
    if (*step == RequestStep::kWaiting) return text + "waiting";
    if (*step == RequestStep::kEnd) return text;
    const auto message = Types().New("items.Request");
    REQUIRE(message->ParseFromString(wire));
    text += "<" + Text(*message) + ">";
  }
}

std::string Prepared(MethodKind kind, const Words& data, const Words& words) {
  RequestSupply supply = Supply(kind, data, words);
  const Result<void> prepared = supply.Prepare(TimePoint::max());
  return prepared ? Take(supply) : prepared.error().message + " | " + prepared.error().hint;
}

TEST_CASE("request supply: a method that takes one message gets it, and then the end") {
  for (const MethodKind kind : {MethodKind::kUnary, MethodKind::kServerStreaming}) {
    CHECK(Prepared(kind, {}, {"name=a"}) == "<name: \"a\">");
    CHECK(Prepared(kind, {"{\"name\":\"a\"}"}, {}) == "<name: \"a\">");
    CHECK(Prepared(kind, {""}, {}) == "<>");
  }
}

TEST_CASE("request supply: none or two messages for such a method are refused before the call") {
  CHECK(Prepared(MethodKind::kUnary, {"{}{}"}, {}) ==
        "items.S.Do takes one request message, but there are more | only methods that stream requests take "
        "several");
  CHECK(Prepared(MethodKind::kServerStreaming, {}, {"name=a", ",", "name=b"})
            .starts_with("items.S.Do takes one request message, but there are more"));
  CHECK(Prepared(MethodKind::kUnary, {}, {}) ==
        "items.S.Do takes one request message, but the data holds none | leave the data out to send an empty "
        "message");
}

TEST_CASE("request supply: an empty file is no message") {
  const TemporaryDirectory folder;
  const std::string file = folder.Write("empty.json", " \n");
  CHECK(Prepared(MethodKind::kUnary, {"@" + file}, {}).find("the data holds none") != std::string::npos);
  CHECK(Prepared(MethodKind::kBidi, {"@" + file}, {}) == "");
}

TEST_CASE("request supply: what is wrong with the second document of a unary call is told before the call") {
  CHECK(Prepared(MethodKind::kUnary, {"{} x"}, {}).starts_with("document 2: "));
}

TEST_CASE("request supply: a stream from files is checked as far as it is read ahead") {
  CHECK(Prepared(MethodKind::kBidi, {"{\"name\":\"a\"}{\"name\":\"b\"}"}, {}) ==
        "<name: \"a\"><name: \"b\">");
  CHECK(Prepared(MethodKind::kClientStreaming, {"{}{\"nam\":1}"}, {}).starts_with("document 2: "));
}

TEST_CASE("request supply: what lies behind the first mebibyte is read while the call goes on") {
  std::string documents;
  const std::string name(1000, 'x');
  for (int i = 0; i < 2000; ++i) documents += "{\"name\":\"" + name + "\"}\n";
  documents += "{\"nam\":1}";
  RequestSupply supply = Supply(MethodKind::kBidi, {documents}, {});
  REQUIRE(supply.Prepare(TimePoint::max()));
  const std::string taken = Take(supply);
  CHECK(static_cast<size_t>(std::count(taken.begin(), taken.end(), '<')) == 2000);
  CHECK(taken.find("error: document 2001: ") != std::string::npos);
}

TEST_CASE("request supply: standard input of a stream is not waited for before the call") {
  Pipe pipe;
  RequestSupply supply = Supply(MethodKind::kBidi, {"@-"}, {}, pipe.reader());
  REQUIRE(supply.Prepare(TimePoint::max()));
  CHECK(Take(supply) == "waiting");
  CHECK(supply.descriptor() == pipe.reader());
  REQUIRE(pipe.Write("{\"name\":\"a\"}{\"name\":"));
  CHECK(Take(supply) == "<name: \"a\">waiting");
  REQUIRE(pipe.Write("\"b\"}"));
  pipe.CloseWriter();
  CHECK(Take(supply) == "<name: \"b\">");
}

TEST_CASE("request supply: a bad document of a live stream is told when its turn comes") {
  Pipe pipe;
  RequestSupply supply = Supply(MethodKind::kBidi, {"@-"}, {}, pipe.reader());
  REQUIRE(pipe.Write("{\"name\":\"a\"}{\"nam\":1}"));
  REQUIRE(supply.Prepare(TimePoint::max()));
  CHECK(Take(supply).starts_with("<name: \"a\">error: document 2: "));
}

TEST_CASE("request supply: the one message of a unary call is read from standard input to its end") {
  Pipe pipe;
  RequestSupply supply = Supply(MethodKind::kUnary, {"@-"}, {"tags=t"}, pipe.reader());
  REQUIRE(pipe.Write("{\"name\":\"a\"}\n"));
  pipe.CloseWriter();
  REQUIRE(supply.Prepare(TimePoint::max()));
  CHECK(Take(supply) == "<name: \"a\" tags: \"t\">");
}

TEST_CASE("request supply: waiting for standard input ends at the deadline, as a call would") {
  Pipe pipe;
  RequestSupply unary = Supply(MethodKind::kUnary, {"@-"}, {}, pipe.reader());
  const Result<void> prepared = unary.Prepare(TimePoint::min());
  REQUIRE_FALSE(prepared);
  CHECK(prepared.error().kind == ErrorKind::kStatus);
  CHECK(prepared.error().status == kDeadlineExceeded);
  RequestSupply stream = Supply(MethodKind::kBidi, {"@-"}, {}, pipe.reader());
  REQUIRE(stream.Prepare(TimePoint::min()));
  std::string message;
  CHECK(stream.NextWaiting(message, TimePoint::min()).error().status == kDeadlineExceeded);
}

TEST_CASE("request supply: an error is final") {
  RequestSupply supply = Supply(MethodKind::kClientStreaming, {"{}{\"nam\":1}{}"}, {});
  REQUIRE_FALSE(supply.Prepare(TimePoint::max()));
  CHECK(Take(supply).starts_with("<>error: document 2: "));
  CHECK(Take(supply).starts_with("error: document 2: "));
}

}  // namespace
}  // namespace rpcctl
