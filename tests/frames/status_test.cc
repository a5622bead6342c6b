// What a call's end is taken from: trailers in every form, and answers that are not gRPC.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/frames/frames.h"

namespace rpcctl::frames {
namespace {

using namespace rpcctl::testing;

const std::string kOne = AnswerHeaders(1) + MessageBytes(1, "one");
const std::string kOneShown = "'one'";

std::string TrailersOf(const Fields& fields) {
  return HeadersBytes(1, fields, kEndStream);
}

std::string TrailersOnly(const Fields& more) {
  return HeadersBytes(1, AnswerFields(more), kEndStream);
}

// An answer of one message that ends with `fields`, and one that has nothing but them.
std::vector<Row> BothForms(const std::string& name, const Fields& fields, Want want) {
  Want with_message = want;
  with_message.messages = kOneShown;
  return {{name + " in trailers", kOne + TrailersOf(fields), with_message},
          {name + " and trailers only", TrailersOnly(fields), want}};
}

TEST_CASE_TEMPLATE("frames: each status a server can send", T, TRANSPORTS) {
  for (int code = 0; code <= kHighestStatusCode; ++code) {
    const Fields fields = {{"grpc-status", std::to_string(code)}, {"grpc-message", "own words"}};
    CheckRows<T>(BothForms(fmt::format("status {}", code), fields, {code, "", {"own words"}}));
  }
}

TEST_CASE_TEMPLATE("frames: a status that gRPC does not know is told with its number", T, TRANSPORTS) {
  CheckRows<T>(BothForms("status 99", {{"grpc-status", "99"}, {"grpc-message", "odd"}}, {99, "", {"odd"}}));
}

TEST_CASE_TEMPLATE("frames: a status that is no number is UNKNOWN and told", T, TRANSPORTS) {
  const CoreException core = {"takes any number", -7};
  CheckRows<T>(BothForms("status -7", {{"grpc-status", "-7"}}, {kUnknown, "", {"-7"}, core}));
  for (const std::string status : {"abc", "", "1x", "0x1", "99999999999999999999"})
    CheckRows<T>(
        BothForms("status " + status, {{"grpc-status", status}, {"grpc-message", "odd"}}, {kUnknown}));
}

TEST_CASE_TEMPLATE("frames: without a status a call is UNKNOWN", T, TRANSPORTS) {
  const Want want = {kUnknown, kOneShown, {"no status"}};
  CheckRows<T>(
      {{"other trailers", kOne + TrailersOf({{"x-other", "a"}}), want},
       {"an empty block", kOne + TrailersOf({}), want},
       {"data that ends it", kOne + DataBytes(1, "", kEndStream), want},
       {"a message that ends it", AnswerHeaders(1) + DataBytes(1, WithPrefix("one"), kEndStream), want},
       {"headers that end it", TrailersOnly({}), {kUnknown, "", {"no status"}}}});
}

TEST_CASE_TEMPLATE("frames: a message of a status is percent-decoded, broken escapes stay as they are", T,
                   TRANSPORTS) {
  const std::pair<std::string, std::string> kForms[] = {
      {"plain", "plain"},         {"a%20b", "a b"},      {"%e2%82%ac", "\u20ac"}, {"%E2%82%AC", "\u20ac"},
      {"100%", "100%"},           {"%4", "%4"},          {"%zz!", "%zz!"},        {"%%41", "%A"},
      {"%00", std::string(1, 0)}, {"%1B[0m", "\x1b[0m"}, {"%ff", "\xff"},         {"a+b", "a+b"}};
  for (const auto& [sent, shown] : kForms) {
    CAPTURE(sent);
    ScriptedPeer peer(Saying({[&](uint32_t stream) {
      return WholeAnswer(stream, {}, "5", {{"grpc-message", sent}});
    }}));
    const CallLog log = Ask(*T::Make(To(peer)));
    CHECK(log.code() == kNotFound);
    CHECK(log.told() == shown);
  }
}

TEST_CASE_TEMPLATE("frames: the details of a status, with and without padding", T, TRANSPORTS) {
  const std::pair<std::string, std::string> kForms[] = {
      {"CAkSA293bg==", "\x08\x09\x12\x03own"}, {"CAkSA293bg", "\x08\x09\x12\x03own"}, {"", ""}};
  for (const auto& [sent, details] : kForms) {
    CAPTURE(sent);
    ScriptedPeer peer(Saying({[&](uint32_t stream) {
      return WholeAnswer(stream, {}, "9", {{"grpc-status-details-bin", sent}});
    }}));
    const CallLog log = Ask(*T::Make(To(peer)));
    CHECK(log.code() == 9);
    CHECK(log.end->status.details == details);
    CHECK(log.end->trailers.empty());
  }
}

TEST_CASE_TEMPLATE("frames: details that are no base64 do not hide the status", T, TRANSPORTS) {
  const Fields fields = {{"grpc-status", "9"}, {"grpc-message", "own"}, {"grpc-status-details-bin", "!!!"}};
  const CoreException core = {"ends the call over it", kUnknown};
  CheckRows<T>(BothForms("details", fields, {9, "", {"own"}, core}));
}

TEST_CASE_TEMPLATE("frames: -bin metadata, padded or not, one by one or joined by commas", T, TRANSPORTS) {
  const Fields more = {
      {"x-data-bin", "AAE="}, {"x-data-bin", "AAE"}, {"x-data-bin", "AAE=,Ag"}, {"x-text", "a,b"}};
  ScriptedPeer peer(
      Saying({[&](uint32_t stream) { return AnswerHeaders(stream, more) + Trailers(stream, "0", more); }}));
  const CallLog log = Ask(*T::Make(To(peer)));
  const std::string two("\0\1", 2);
  if (T::kIsCore) return;  // what is joined is no base64 to it, and ends the call
  CHECK(log.code() == kOk);
  const Metadata expected = {{"x-data-bin", two},
                             {"x-data-bin", two},
                             {"x-data-bin", two},
                             {"x-data-bin", "\x02"},
                             {"x-text", "a,b"}};
  CHECK(*log.headers == expected);
  CHECK(log.end->trailers == expected);
}

TEST_CASE_TEMPLATE("frames: what belongs to the protocol is no metadata", T, TRANSPORTS) {
  const Fields more = {{"grpc-encoding", "identity"}, {"grpc-accept-encoding", "gzip"}, {"x-own", "a"}};
  ScriptedPeer peer(Saying({[&](uint32_t stream) {
    return AnswerHeaders(stream, more) + Trailers(stream, "0", {{"grpc-message", ""}, {"x-own", "b"}});
  }}));
  const CallLog log = Ask(*T::Make(To(peer)));
  CHECK(*log.headers == Metadata{{"x-own", "a"}});
  CHECK(log.end->trailers == Metadata{{"x-own", "b"}});
}

TEST_CASE_TEMPLATE("frames: trailers only have no headers beside their trailers", T, TRANSPORTS) {
  ScriptedPeer peer(Saying({[](uint32_t stream) {
    return HeadersBytes(stream, AnswerFields({{"grpc-status", "5"}, {"x-own", "a"}}), kEndStream);
  }}));
  const CallLog log = Ask(*T::Make(To(peer)));
  CHECK(log.code() == kNotFound);
  CHECK(log.end->trailers == Metadata{{"x-own", "a"}});
  CHECK((!log.headers || log.headers->empty()));
}

// grpc's doc/http-grpc-status-mapping.md.
const std::pair<int, int> kHttpStatuses[] = {
    {400, kInternalStatus}, {401, kUnauthenticated}, {403, kPermissionDenied}, {404, kUnimplemented},
    {429, kUnavailable},    {502, kUnavailable},     {503, kUnavailable},      {504, kUnavailable},
    {301, kUnknown},        {407, kUnknown},         {418, kUnknown},          {500, kUnknown}};

TEST_CASE_TEMPLATE("frames: an answer of HTTP is told by its status, its type and its first line", T,
                   TRANSPORTS) {
  const std::string page = "<html><h1>No such page</h1>\n<p>more</p></html>";
  for (const auto& [http, code] : kHttpStatuses) {
    const std::string number = std::to_string(http);
    const std::string head =
        HeadersBytes(1, {{":status", number}, {"content-type", "text/html"}, {"server", "p"}});
    const Want want = {code, "", {"HTTP " + number, "text/html", "<html><h1>No such page</h1>"}};
    CheckRows<T>(
        {{"page " + number, head + DataBytes(1, page, kEndStream), want},
         {"page in two frames " + number,
          head + DataBytes(1, page.substr(0, 9)) + DataBytes(1, page.substr(9), kEndStream), want},
         {"page and trailers " + number, head + DataBytes(1, page) + TrailersOf({{"x-a", "b"}}), want}});
    CheckRows<T>({{"no page " + number,
                   HeadersBytes(1, {{":status", number}}, kEndStream),
                   {code, "", {"HTTP " + number}}}});
  }
}

TEST_CASE_TEMPLATE("frames: an endless page is not read to its end", T, TRANSPORTS) {
  const std::string head = HeadersBytes(1, {{":status", "502"}, {"content-type", "text/html"}});
  ScriptedPeer peer(Answering([&](PeerConnection& client, PeerStream& stream) {
    client.Send(head);
    while (client.SendData(stream, std::string(kLargestFrame, 'x'))) {
    }
  }));
  CHECK(Ask(*T::Make(To(peer))).code() == kUnavailable);
}

TEST_CASE_TEMPLATE("frames: a status of gRPC wins over one of HTTP", T, TRANSPORTS) {
  const Fields fields = {{":status", "502"}, {"content-type", "application/grpc"}, {"grpc-status", "5"}};
  CheckRows<T>({{"502", HeadersBytes(1, fields, kEndStream), {kNotFound}}});
}

TEST_CASE_TEMPLATE("frames: the type of an answer", T, TRANSPORTS) {
  const auto answer = [](const Fields& type) {
    Fields fields = {{":status", "200"}};
    fields.insert(fields.end(), type.begin(), type.end());
    return HeadersBytes(1, fields) + MessageBytes(1, "one") + Trailers(1);
  };
  for (const std::string type :
       {"application/grpc+proto", "application/grpc;charset=utf-8", "application/grpc+json"})
    CheckRows<T>({{type, answer({{"content-type", type}}), {kOk, kOneShown}}});
  const CoreException core = {"does not look at it", kOk, kOneShown};
  for (const std::string type : {"text/html", "application/grpcx", "application/json", ""})
    CheckRows<T>({{type, answer({{"content-type", type}}), {kUnknown, "", {"HTTP 200", type}, core}}});
  CheckRows<T>({{"none", answer({}), {kUnknown, "", {"HTTP 200", "without a content type"}, core}}});
}

TEST_CASE_TEMPLATE("frames: headers that only say that more are to come", T, TRANSPORTS) {
  const std::string early = HeadersBytes(1, {{":status", "103"}, {"link", "a"}});
  const CoreException core = {"takes them for the headers", kUnknown, ""};
  for (const std::string& hints : {early, early + early + HeadersBytes(1, {{":status", "100"}})})
    CheckRows<T>({{"1xx", hints + kOne + Trailers(1), {kOk, kOneShown, {}, core}}});
}

TEST_CASE_TEMPLATE("frames: answers that break HTTP/2 end the call", T, TRANSPORTS) {
  const std::pair<std::string, std::string> kBroken[] = {
      {"data before headers", MessageBytes(1, "one") + Trailers(1)},
      {"headers without a status", HeadersBytes(1, {{"content-type", "application/grpc"}}) + Trailers(1)},
      {"data on a stream nobody opened", kOne + MessageBytes(7, "x")},
      {"SETTINGS on a stream", FrameBytes(kSettings, 0, 1)},
      {"SETTINGS of five bytes", FrameBytes(kSettings, 0, 0, "12345")},
      {"PING of seven bytes", FrameBytes(kPing, 0, 0, "1234567")},
      {"a frame that is too long", FrameBytes(kData, 0, 1, std::string(kLargestFrame + 1, '\0'))},
      {"a header block cut in a string", FrameBytes(kHeaders, kEndHeaders, 1, std::string("\0\x7f\x7f", 3))},
      {"an index that no table has", FrameBytes(kHeaders, kEndHeaders, 1, "\xff\xff\x03")},
      {"CONTINUATION of nothing", FrameBytes(kContinuation, kEndHeaders, 1)},
      {"a frame within a header block", FrameBytes(kHeaders, 0, 1) + PingBytes()},
      {"padding longer than the frame", kOne + FrameBytes(kData, kPadded, 1, "\xff")},
      {"a window beyond the largest", WindowBytes(0, kLargestWindow)},
      {"a window opened by nothing", WindowBytes(0, 0)},
      {"PUSH_PROMISE", FrameBytes(kPushPromise, kEndHeaders, 1, NumberBytes(2) + BlockOf({{":path", "/"}}))}};
  for (const auto& [name, bytes] : kBroken) {
    CAPTURE(name);
    ScriptedPeer peer(Saying({[&](uint32_t) { return bytes; }}));
    CallStart start = SomeCall();
    if (T::kIsCore) start.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(300);
    const CallLog log = Ask(*T::Make(To(peer)), start);
    CAPTURE(log.told());
    if (T::kIsCore) continue;  // takes the first two for answers that go well, and does not mind others
    CHECK((log.code() == kInternalStatus || log.code() == kUnavailable));
  }
}

}  // namespace
}  // namespace rpcctl::frames
