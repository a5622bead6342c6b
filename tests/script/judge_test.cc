#include "script/judge.h"

#include <doctest/doctest.h>

#include "tests/support/played_script.h"

namespace rpcctl {
namespace {

using testing::FailuresOf;
using testing::PlayedScript;
using Answers = std::vector<std::string>;

// What does not hold of `lines`, which begin in line 3, behind a call that is answered so.
std::string Judged(const std::string& lines, const Answers& answers = {R"({"name":"you","n":"5"})"},
                   const RpcStatus& status = {}) {
  PlayedScript script("case a\ncall S.One\n" + lines);
  script.Answer(answers, status);
  return FailuresOf(script.Run());
}

std::string JudgedStream(const std::string& lines, const Answers& answers, const RpcStatus& status = {}) {
  PlayedScript script("case a\ncall S.Down\n" + lines);
  script.Answer(answers, status);
  return FailuresOf(script.Run());
}

const RpcStatus kNone{kNotFound, "no such thing", ""};

TEST_CASE("judge: the status is OK where none is named") {
  CHECK(Judged("").empty());
  CHECK(Judged("", {}, kNone) == "2: OK: NOT_FOUND: no such thing");
  CHECK(Judged("expect NOT_FOUND", {}, kNone).empty());
  CHECK(Judged("expect NOT_FOUND") == "3: NOT_FOUND: OK");
  CHECK(Judged("expect *", {}, kNone).empty());
}

TEST_CASE("judge: a limit of the whole call") {
  CHECK(Judged("expect OK within 1h").empty());
  CHECK(Judged("expect OK within 1ns").starts_with("3: within 1ns: "));
  CHECK(Judged("expect latency < 1h").empty());
  CHECK(Judged("expect latency > 1h").starts_with("3: > 1h: "));
}

TEST_CASE("judge: where the call failed, that no message came is no news") {
  CHECK(Judged("expect .name == you", {}, kNone) == "2: OK: NOT_FOUND: no such thing");
  CHECK(Judged("expect NOT_FOUND\nexpect .name == you", {}, kNone) == R"(4: == "you": no message came)");
  CHECK(JudgedStream("expect OK\nexpect msg[0].name == me", {R"({"name":"you"})"}, kNone) ==
        "3: OK: NOT_FOUND: no such thing\n4: == \"me\": \"you\"");
}

TEST_CASE("judge: a place in the one response") {
  CHECK(Judged("expect .name == you\nexpect .n == 5\nexpect .tags absent").empty());
  CHECK(Judged("expect .name == me") == R"(3: == "me": "you")");
  CHECK(Judged("expect .tags exists") == "3: exists: [] (not set)");
  CHECK(Judged("expect .tags[0] exists") == "3: exists: (absent)");
  CHECK(Judged("expect .n == 4\nexpect .n > 5") == "3: == \"4\": \"5\"\n4: > \"5\": \"5\"");
}

TEST_CASE("judge: one of many responses, by its number, the first and the last") {
  const Answers answers = {R"({"name":"a"})", R"({"name":"b"})", R"({"name":"c"})"};
  CHECK(JudgedStream("expect msg[1].name == b\nexpect first .name == a\nexpect last .name == c", answers)
            .empty());
  CHECK(JudgedStream("expect msg[1].name == a", answers) == R"(3: == "a": "b")");
  CHECK(JudgedStream("expect first .name == c", answers) == R"(3: == "c": "a")");
  CHECK(JudgedStream("expect last .name == a", answers) == R"(3: == "a": "c")");
  CHECK(JudgedStream("expect msg[3] absent\nexpect msg[3].name not exists", answers).empty());
  CHECK(JudgedStream("expect msg[3].name == a", answers) == R"(3: == "a": 3 messages came)");
}

TEST_CASE("judge: every response, and any") {
  const Answers answers = {R"({"name":"a"})", R"({"name":"b"})", R"({"name":"c"})"};
  CHECK(JudgedStream("expect each .name exists\nexpect any .name == b", answers).empty());
  CHECK(JudgedStream("expect each .name != b", answers) == R"(3: != "b": msg[1]: "b")");
  CHECK(JudgedStream("expect any .name == d", answers) == R"(3: == "d": none of 3 messages; the last: "c")");
  CHECK(JudgedStream("expect each .name exists", {}) == "3: exists: no message came");
}

TEST_CASE("judge: how many responses came, and when the first did") {
  CHECK(JudgedStream("expect count == 2\nexpect first within 1h", {"{}", "{}"}).empty());
  CHECK(JudgedStream("expect count < 2", {"{}", "{}"}) == "3: < 2: 2");
  CHECK(JudgedStream("expect first within 1h", {}) == "3: <= 1h: (absent)");
}

TEST_CASE("judge: what an error says") {
  CHECK(Judged("expect NOT_FOUND\nexpect status.message contains thing", {}, kNone).empty());
  CHECK(Judged("expect NOT_FOUND\nexpect status.message == thing", {}, kNone) ==
        R"(4: == "thing": "no such thing")");
}

TEST_CASE("judge: headers and trailers, of which one has to fit, and with not each") {
  const auto judged = [](const std::string& lines) {
    PlayedScript script("case a\ncall S.One\n" + lines);
    script.caller.NextCall()
        .Writable()
        .Then([](CallEvents& events) {
          events.OnHeaders({{"h", "1"}, {"h", "2"}, {"k-bin", "\xff"}});
        })
        .Message("")
        .End({});  // with the trailer t: v
    return FailuresOf(script.Run());
  };
  CHECK(judged("expect header h == 2\nexpect header k-bin == /w==\nexpect trailer t == v").empty());
  CHECK(judged("expect header h == 3") == R"(3: == "3": "1", "2")");
  CHECK(judged("expect header h != 2") == R"(3: != "2": "1", "2")");
  CHECK(judged("expect header h not startswith 3").empty());
  CHECK(judged("expect header x absent").empty());
  CHECK(judged("expect trailer x == v") == R"(3: == "v": (absent))");
}

TEST_CASE("judge: details of an error, by their type") {
  const auto judged = [](const std::string& line) {
    PlayedScript script("case a\ncall S.One\nexpect NOT_FOUND\n" + line);
    // google.rpc.Status { details: [ a Told ] }
    std::string any = script.Wire(R"({"any":{"@type":"x/t.Told","name":"why"}})");
    any.front() = '\x1a';  // the field of details in place of that of the Any
    script.Answer({}, {kNotFound, "", any});
    return FailuresOf(script.Run());
  };
  CHECK(judged("expect detail Told .name == why").empty());
  CHECK(judged("expect detail t.Told exists").empty());
  CHECK(judged("expect detail t.Ask absent").empty());
  CHECK(judged("expect detail Told .name == how") == R"(4: == "how": "why")");
  CHECK(judged("expect detail t.Ask .name == why") == R"(4: == "why": (absent))");
}

TEST_CASE("judge: of a detail that is no message of its type nothing holds, not even that it is absent") {
  PlayedScript script("case a\ncall S.One\nexpect NOT_FOUND\nexpect detail t.Told absent");
  // google.rpc.Status { details: [ { type_url: "x/t.Told" value: a text that ends before its length } ] }
  script.Answer({}, {kNotFound, "", "\x1a\x0e\x0a\x08x/t.Told\x12\x02\x0a\x05"});
  CHECK(FailuresOf(script.Run()) == "4: absent: (does not parse as t.Told)");
}

TEST_CASE("judge: a server that was not reached is UNAVAILABLE") {
  const auto run = [](const std::string& line) {
    PlayedScript script("case a\ncall S.One\n" + line);
    script.caller.NextCall().Then([](CallEvents& events) {
      events.OnEnd({Error{ErrorKind::kConnect, "nobody listens"}, {}, {}});
    });
    return script.Run();
  };
  CHECK(run("expect UNAVAILABLE").result == CaseResult::kPassed);
  const CaseReport report = run("");
  CHECK(FailuresOf(report) == "2: OK: UNAVAILABLE: nobody listens");
  CHECK(report.unreachable);
}

TEST_CASE("judge: what is captured is there for the next step, and nothing is a failure") {
  PlayedScript script(
      "case a\ncall S.One\nlet a = .name\nlet n = count\nlet t = trailer t\n"
      "call S.One\nexpect .name == {{a}}{{n}}{{t}}");
  script.Answer({R"({"name":"you"})"});
  script.Answer({R"({"name":"them"})"});
  CHECK(FailuresOf(script.Run()) == R"(7: == "you1v": "them")");
  CHECK(Judged("let a = .tags[0]") == "3: there is nothing to capture");
  CHECK(Judged("let a = header none") == "3: there is nothing to capture");
}

TEST_CASE("judge: what would make a plain value hold is offered, and nothing else") {
  const auto replacement = [](const std::string& line, const std::string& answer) {
    PlayedScript script("set x 1\ncase a\ncall S.One\n" + line);
    script.Answer({answer});
    const CaseReport report = script.Run();
    return report.failures.empty() ? "(holds)" : report.failures.front().replacement;
  };
  CHECK(replacement("expect .name == me", R"({"name":"you two"})") == "'you two'");
  CHECK(replacement("expect .n == 1", R"({"n":"2"})") == "2");
  CHECK(replacement("expect .tags == []", R"({"tags":["a"]})") == R"('["a"]')");
  CHECK(replacement("expect .n > 1", "{}").empty());
  CHECK(replacement("expect .name == {{x}}", "{}").empty());
  CHECK(replacement("expect .name == me", R"({"name":"\u0007"})").empty());
}

TEST_CASE("judge: of many messages the first are told") {
  PlayedScript script("case a\ncall S.Down\nexpect count == 1");
  script.Answer(Answers(50, "{}"));
  const CaseReport report = script.Run();
  CHECK(report.transcript.size() == 12);
  CHECK(report.transcript[9] == "< {}");
  CHECK(report.transcript[10] == "  ...");
  CHECK(report.transcript[11] == "= OK");
}

TEST_CASE("judge: an update has the value that came, and none where nothing did") {
  const auto replacement = [](const std::string& line) {
    PlayedScript script("case a\ncall S.One\n" + line);
    script.Answer({R"({"tags":["x"],"any":{"@type":"type.googleapis.com/t.Ask"}})"});
    const CaseReport report = script.Run();
    return report.failures.size() == 1 ? report.failures.front().replacement : "not one failure";
  };
  CHECK(replacement("expect .tags[0] == y") == "x");
  CHECK(replacement("expect .name == y") == "''");
  for (const char* absent : {".tags[5] == 1", ".any[t.Inside] == '{}'", ".any[t.Inside].name == 1",
                             ".any[t.Inside].numbers[1] == 1"}) {
    CAPTURE(absent);
    CHECK(replacement(std::string("expect ") + absent).empty());
  }
}

}  // namespace
}  // namespace rpcctl
