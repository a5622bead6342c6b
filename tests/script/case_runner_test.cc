#include "script/case_runner.h"

#include <doctest/doctest.h>

#include "script/told_text.h"
#include "tests/support/played_script.h"

namespace rpcctl {
namespace {

using testing::FailuresOf;
using testing::PlayedScript;
using Lines = std::vector<std::string>;

TEST_CASE("case runner: a case of which everything holds has passed, and tells no more") {
  PlayedScript script("case a\ncall S.One\nexpect .name == you");
  script.Answer({R"({"name":"you"})"});
  const CaseReport report = script.Run();
  CHECK(report.result == CaseResult::kPassed);
  CHECK(FailuresOf(report).empty());
  CHECK(report.transcript.empty());
  CHECK(report.command.empty());
  CHECK(report.attempts == 1);
}

TEST_CASE("case runner: of a case that failed it is told what went over the wire and how to call again") {
  PlayedScript script("case a\ncall S.One '{\"name\":\"me\"}'\nexpect .name == you");
  script.Answer({R"({"name":"them"})"});
  const CaseReport report = script.Run();
  CHECK(report.result == CaseResult::kFailed);
  CHECK(FailuresOf(report) == R"(3: == "you": "them")");
  CHECK(report.transcript == Lines{R"(> {"name":"me"})", R"(< {"name":"them"})", "= OK"});
  CHECK(report.command == R"(S.One {"name":"me"})");
}

TEST_CASE("case runner: of a long line the beginning is told, and no command is made of it") {
  const std::string name(kMostBytesTold * 10, 'x');
  PlayedScript script("case a\ncall S.One '{\"name\":\"" + name + "\"}'\nexpect .name == " + name);
  script.Answer({R"({"name":"them"})"});
  const CaseReport report = script.Run();
  REQUIRE(report.failures.size() == 1);
  for (const std::string& told : {report.failures.front().line, report.failures.front().expected}) {
    CHECK(told.size() == kMostBytesTold + 3);
    CHECK(told.ends_with("xxx..."));
  }
  CHECK(report.command.empty());
}

TEST_CASE("case runner: where a line is cut no secret begins") {
  const std::string before(kMostBytesTold - std::string("expect .name == ").size() - 3, 'x');
  PlayedScript script("set k hunter2\nset secret k\ncase a\ncall S.One\nexpect .name == " + before +
                      "hunter2y");
  script.Answer({"{}"});
  const CaseReport report = script.Run();
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures.front().line.ends_with("xx***..."));
  CHECK(report.failures.front().expected.find("hu") == std::string::npos);
}

TEST_CASE("case runner: a step that cannot be read any more fails the case") {
  PlayedScript script("case a\ncall S.One\nexpect .name == you");
  script.caller.unreadable = Error{ErrorKind::kInput, "cannot read 'gone.json': No such file", ""};
  const CaseReport report = script.Run();
  CHECK(report.result == CaseResult::kFailed);
  CHECK(FailuresOf(report) == "2: cannot read 'gone.json': No such file");
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures.front().line == "call S.One");
  CHECK(report.command.empty());
}

TEST_CASE("case runner: a case is tried again until it holds") {
  PlayedScript script("case a\nretry 5 every 7s\ncall S.One\nexpect .name == you");
  std::vector<TimePoint> pauses;
  script.pause = [&](TimePoint until) {
    pauses.push_back(until);
    return true;
  };
  script.Answer({"{}"});
  script.Answer({}, {kUnavailable, "not yet", ""});
  script.Answer({R"({"name":"you"})"});
  const CaseReport report = script.Run();
  CHECK(report.result == CaseResult::kPassed);
  CHECK(report.attempts == 3);
  REQUIRE(pauses.size() == 2);
  CHECK(pauses[1] - std::chrono::steady_clock::now() < std::chrono::seconds(8));
}

TEST_CASE("case runner: of a case that never holds the last attempt is told") {
  PlayedScript script("case a\nretry 2 every 1s\ncall S.One\nexpect .name == you");
  script.Answer({R"({"name":"first"})"});
  script.Answer({R"({"name":"second"})"});
  const CaseReport report = script.Run();
  CHECK(report.result == CaseResult::kFailed);
  CHECK(report.attempts == 2);
  CHECK(FailuresOf(report) == R"(4: == "you": "second")");
  CHECK(report.transcript == Lines{"> {}", R"(< {"name":"second"})", "= OK"});
}

TEST_CASE("case runner: an attempt begins without what the one before it captured") {
  PlayedScript script("case a\nretry 2\ncall S.One\nlet a = .tags[0]\ncall S.One\nexpect .name == {{a}}");
  script.Answer({R"({"tags":["t"]})"});
  script.Answer({R"({"name":"x"})"});
  script.Answer({"{}"});
  CHECK(FailuresOf(script.Run()) == "4: there is nothing to capture");
  CHECK(script.variables.Find("a") == nullptr);
}

TEST_CASE("case runner: behind a step that does not hold none is made") {
  PlayedScript script("case a\ncall S.One\nexpect .name == you\ncall S.One");
  script.Answer({"{}"});
  const CaseReport report = script.Run();
  CHECK(FailuresOf(report) == R"(3: == "you": "" (not set))");
  CHECK(report.unmade_behind == 3);
}

TEST_CASE("case runner: it is noted behind which line an update leaves something that was not run") {
  const auto unmade_behind = [](const std::string& steps) {
    PlayedScript script("case a\n" + steps);
    script.Answer({"{}"});
    return script.Run().unmade_behind;
  };
  CHECK(unmade_behind("call S.One\nexpect .name == you") == 0);
  CHECK(unmade_behind("call S.One\nexpect .name == you\nexpect .n == 1\ncall S.One") == 4);
  CHECK(unmade_behind("call S.One\nexpect .name != ''\ncall S.One") == 0);  // no update
  CHECK(unmade_behind("open S.Down\nrecv .name == you\nexpect count == 7") == 3);
  CHECK(unmade_behind("open S.Down\nrecv\nexpect count == 7") == 0);
}

TEST_CASE("case runner: an interrupt ends the attempts, and the case counts as not run") {
  PlayedScript script("case a\nretry 1000\ncall S.One\nexpect .name == you");
  bool interrupted = false;
  script.interrupted = [&] { return interrupted; };
  script.pause = [&](TimePoint) { return !(interrupted = true); };
  script.Answer({"{}"});
  const CaseReport report = script.Run();
  CHECK(report.result == CaseResult::kSkipped);
  CHECK(report.skip_reason == "interrupted");
  CHECK(report.failures.empty());
}

TEST_CASE("case runner: a case that an interrupt cut short was not run, though all that came was expected") {
  for (const char* steps :
       {"open S.Chat\nnorecv for 1h\ncancel", "open S.Chat\nnorecv for 1h\nexpect CANCELLED",
        "call S.One\nexpect *", "call S.One\nexpect *\ncall S.One"}) {
    CAPTURE(steps);
    PlayedScript script(std::string("case a\n") + steps);
    bool interrupted = false;
    script.interrupted = [&] { return interrupted; };
    script.caller.NextCall().Then([&](CallEvents& events) {
      interrupted = true;
      events.OnEnd({std::nullopt, {kCancelled, "cancelled", ""}, {}});
    });
    const CaseReport report = script.Run();
    CHECK(report.result == CaseResult::kSkipped);
    CHECK(report.skip_reason == "interrupted");
  }
}

TEST_CASE("case runner: the time for all cases ends the attempts, and is told") {
  PlayedScript script("case a\nretry 1000\ncall S.One\nexpect .name == you");
  script.deadline = TimePoint::min();
  script.Answer({"{}"});
  const CaseReport report = script.Run();
  CHECK(report.attempts == 1);
  CHECK(FailuresOf(report) == R"(4: == "you": "" (not set) (the time for all cases is over))");
}

const RpcStatus kTimeOver = {kDeadlineExceeded, "over", ""};

TEST_CASE("case runner: a call that the time for all cases ended fails whatever was expected of it") {
  for (const char* expected : {"expect DEADLINE_EXCEEDED", "expect *", "expect *\nexpect count == 0"}) {
    CAPTURE(expected);
    PlayedScript script(std::string("case a\ncall S.One\n") + expected);
    script.deadline = TimePoint::min();
    script.Answer({}, kTimeOver);
    const CaseReport report = script.Run();
    CHECK(report.result == CaseResult::kFailed);
    CHECK(FailuresOf(report) == "2: DEADLINE_EXCEEDED: over (the time for all cases is over)");
  }
}

TEST_CASE("case runner: a server may be the first to say that the time for all cases is over") {
  PlayedScript script("case a\ncall S.One\nexpect DEADLINE_EXCEEDED");
  script.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(50);
  script.Answer({}, kTimeOver);
  CHECK(FailuresOf(script.Run()).starts_with("2: DEADLINE_EXCEEDED: over"));
}

TEST_CASE("case runner: a call that its own time ended is judged by that") {
  PlayedScript script("case a\ncall S.One\nexpect DEADLINE_EXCEEDED");
  script.Answer({}, kTimeOver);
  CHECK(script.Run().result == CaseResult::kPassed);
}

TEST_CASE("case runner: what came of a call that was cut short is no value for an update") {
  PlayedScript script("case a\ncall S.Down\nexpect *\nexpect count == 5");
  script.deadline = TimePoint::min();
  script.Answer({"{}"}, kTimeOver);
  const CaseReport report = script.Run();
  CHECK(FailuresOf(report) == "4: == 5: 1 (the time for all cases is over)");
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures.front().replacement.empty());
}

TEST_CASE("case runner: a call that cannot be prepared is told, without its secrets") {
  PlayedScript script("set k hunter2\nset secret k\nset header x-token: hunter3\ncase a\ncall S.One");
  script.caller.refusal = Error{ErrorKind::kUsage, "header hunter2 with hunter3", "leave hunter2 out"};
  const CaseReport report = script.Run();
  CHECK(report.result == CaseResult::kFailed);
  CHECK(FailuresOf(report) == "5: header *** with ***; leave *** out");
  CHECK(report.command.empty());
}

TEST_CASE("case runner: what fails behind a server that was expected to be away does not fail by that") {
  PlayedScript script("case a\ncall S.One\nexpect UNAVAILABLE\ncall S.One\nexpect .name == you");
  script.caller.NextCall().Then([](CallEvents& events) {
    events.OnEnd({Error{ErrorKind::kConnect, "nobody listens"}, {}, {}});
  });
  script.Answer({"{}"});
  const CaseReport report = script.Run();
  CHECK(report.result == CaseResult::kFailed);
  CHECK_FALSE(report.unreachable);
}

TEST_CASE("case runner: the headers of the file are filled in anew for each call") {
  PlayedScript script("set header x-run: {{n}}\nset n 1\ncase a\ncall S.One\nlet n = .n\ncall S.One");
  script.Answer({R"({"n":"7"})"});
  script.Answer({"{}"});
  CHECK(FailuresOf(script.Run()).empty());
  CHECK(script.caller.sent_headers == Lines{"x-run: 1", "x-run: 7"});
}

TEST_CASE("case runner: a secret of the script is hidden wherever the report tells it") {
  PlayedScript script(
      "set secret s\ncase a hunter2\ncall S.One\nlet s = .name\n"
      "call S.One '{\"name\":\"hunter2\"}'\nexpect .name == not-{{s}}");
  script.Answer({R"({"name":"hunter2"})"});
  script.Answer({R"({"name":"hunter2"})"});
  const CaseReport report = script.Run();
  CHECK(FailuresOf(report) == R"(6: == "not-***": "***")");
  CHECK(report.name == "a ***");
  CHECK(report.transcript ==
        Lines{"> {}", R"(< {"name":"***"})", "= OK", R"(> {"name":"***"})", R"(< {"name":"***"})", "= OK"});
  CHECK(report.command == R"(S.One {"name":"***"})");
}

}  // namespace
}  // namespace rpcctl
