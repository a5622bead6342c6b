#include "tests/support/whole_script.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <vector>

namespace rpcctl {
namespace {

const EnvironmentReader kNoEnvironment = [](const std::string&) { return std::optional<std::string>(); };

WholeScript Parse(std::string_view text) {
  return ReadWholeScript(text, kNoEnvironment);
}

// "3:12: what is wrong", one for each error.
std::vector<std::string> Errors(std::string_view text) {
  std::vector<std::string> errors;
  const WholeScript parsed = Parse(text);
  for (const ScriptError& error : parsed.errors.list())
    errors.push_back(fmt::format("{}:{}: {}", error.place.line, error.place.column, error.error.message));
  return errors;
}

// The one error of a case with the step "call M" and `line` behind it, without its line number.
std::string ErrorOf(const std::string& line) {
  const std::vector<std::string> errors = Errors("case c\ncall M\n" + line);
  if (errors.size() != 1) return fmt::format("{} errors", errors.size());
  return errors.front().substr(2);
}

std::vector<std::string> ErrorsOf(const WholeScript& parsed) {
  std::vector<std::string> errors;
  for (const ScriptError& error : parsed.errors.list()) errors.push_back(error.error.message);
  return errors;
}

// The one expectation of a case.
Expectation Expected(const std::string& line) {
  WholeScript parsed = Parse("case c\ncall M\nexpect " + line);
  CHECK(ErrorsOf(parsed) == std::vector<std::string>{});
  REQUIRE(parsed.cases.size() == 1);
  REQUIRE(parsed.cases[0].steps[0].expectations.size() == 1);
  return parsed.cases[0].steps[0].expectations[0];
}

using List = std::vector<std::string>;
using Kind = Subject::Kind;
using Choice = Subject::Choice;

TEST_CASE("parser: settings hold for the file") {
  const WholeScript parsed = Parse(
      "set target localhost:1\nset timeout 2s\nset total-timeout 1m\nset header a:  b c\n"
      "set token 'x y'\nset secret token\nwait ready 5s\n");
  CHECK(ErrorsOf(parsed) == List{});
  const Settings& script = parsed.settings;
  CHECK(script.target->Text() == "localhost:1");
  CHECK(script.timeout == std::chrono::seconds(2));
  CHECK(script.total_timeout == std::chrono::minutes(1));
  CHECK(script.wait_ready == std::chrono::seconds(5));
  REQUIRE(script.headers.size() == 1);
  CHECK(script.headers[0].value.Text() == "a: b c");
  REQUIRE(script.variables.size() == 1);
  CHECK(script.variables[0].name == "token");
  CHECK(script.variables[0].value.Text() == "x y");
  CHECK(script.secrets[0].name == "token");
}

TEST_CASE("parser: a header's value may be filled in") {
  const WholeScript parsed = Parse("set header x-id: {{uuid}}");
  REQUIRE(parsed.settings.headers.size() == 1);
  const Word& value = parsed.settings.headers[0].value;
  REQUIRE(value.pieces.size() == 2);
  CHECK(value.pieces[0].text == "x-id: ");
  CHECK(value.pieces[1].insertion->kind == Insertion::Kind::kUuid);
}

TEST_CASE("parser: a case has a name, tags and steps") {
  const WholeScript parsed = Parse("case  it's  a   case @slow @db # why\n call A.B x=1\n expect OK\ncall C");
  CHECK(ErrorsOf(parsed) == List{});
  REQUIRE(parsed.cases.size() == 1);
  const WholeCase& made = parsed.cases[0];
  CHECK(made.head.name == "it's a case");
  CHECK(made.head.tags == List{"slow", "db"});
  REQUIRE(made.steps.size() == 2);
  CHECK(made.steps[0].line == "call A.B x=1");
  CHECK(made.steps[0].words[1].Text() == "x=1");
  CHECK(made.steps[0].expectations.size() == 1);
  CHECK(made.steps[1].place.line == 4);
}

TEST_CASE("parser: lines end with LF or CRLF, and a byte order mark is no word") {
  const WholeScript parsed = Parse(
      "\xef\xbb\xbf"
      "case a\r\n\tcall M\r\n\r\n\texpect OK\r\n");
  CHECK(ErrorsOf(parsed) == List{});
  CHECK(parsed.cases[0].head.name == "a");
  CHECK(parsed.cases[0].steps[0].expectations[0].line == "expect OK");
}

TEST_CASE("parser: retry stands before the first step of a case") {
  const WholeScript parsed = Parse("case a\nretry 10 every 500ms\ncall M\ncase b\nretry 3\ncall M");
  CHECK(ErrorsOf(parsed) == List{});
  CHECK(parsed.cases[0].head.retry->attempts == 10);
  CHECK(parsed.cases[0].head.retry->pause == std::chrono::milliseconds(500));
  CHECK(parsed.cases[1].head.retry->attempts == 3);
  CHECK(Errors("case a\ncall M\nretry 3") == List{"3:1: 'retry' stands before the first step of a case"});
  CHECK(Errors("case a\nretry 0\ncall M") == List{"2:7: '0' is no number of attempts"});
  CHECK(Errors("case a\nretry 3 each 1s\ncall M") == List{"2:9: 'every' was expected here"});
}

TEST_CASE("parser: the acts on a stream, in order") {
  const WholeScript parsed = Parse(
      "case a\nopen M\nsend x=1\nsend\nrecv\nrecv within 1s .a == b\nlet n = msg[0].a\nnorecv for 2s\nclose\n"
      "cancel\nexpect OK");
  CHECK(ErrorsOf(parsed) == List{});
  const Step& step = parsed.cases[0].steps[0];
  CHECK(step.live);
  std::vector<LiveAct::Kind> kinds;
  for (const LiveAct& act : step.acts) kinds.push_back(act.kind);
  using Act = LiveAct::Kind;
  CHECK(kinds == std::vector<Act>{Act::kSend, Act::kSend, Act::kReceive, Act::kReceive, Act::kCapture,
                                  Act::kSilence, Act::kClose, Act::kCancel});
  CHECK(step.acts[3].limit == std::chrono::seconds(1));
  CHECK(step.acts[3].expectation->subject.path == ".a");
  CHECK(step.acts[5].limit == std::chrono::seconds(2));
  CHECK(step.captures[0].name == "n");
}

TEST_CASE("parser: a status is expected with its limit, or any") {
  CHECK(Expected("NOT_FOUND").code == 5);
  const Expectation within = Expected("* within 250ms");
  CHECK_FALSE(within.code.has_value());
  CHECK(within.within == std::chrono::milliseconds(250));
}

TEST_CASE("parser: the subjects there are") {
  CHECK(Expected(".a.b[0] exists").subject.path == ".a.b[0]");
  CHECK(Expected("count == 1").subject.kind == Kind::kCount);
  CHECK(Expected("first within 1s").subject.kind == Kind::kFirstTime);
  CHECK(Expected("first < 1s").subject.kind == Kind::kFirstTime);
  CHECK(Expected("latency within 1s").subject.kind == Kind::kLatency);
  CHECK(Expected("latency <= 1s").predicate->relation == Relation::kLessEqual);
  CHECK(Expected("status.message contains x").subject.kind == Kind::kStatusMessage);
  CHECK(Expected("header X-Y exists").subject.name == "x-y");
  CHECK(Expected("trailer x absent").subject.kind == Kind::kTrailer);
  CHECK(Expected("first .a exists").subject.choice == Choice::kFirst);
  CHECK(Expected("last .a exists").subject.choice == Choice::kLast);
  CHECK(Expected("each .a exists").subject.choice == Choice::kEach);
  CHECK(Expected("any .a exists").subject.choice == Choice::kAny);
}

TEST_CASE("parser: a message of a stream is named by its number") {
  const Subject subject = Expected("msg[12].a.b == 1").subject;
  CHECK(subject.choice == Choice::kIndex);
  CHECK(subject.index == 12);
  CHECK(subject.path == ".a.b");
  CHECK(subject.path_place.column == 15);
  CHECK(Expected("msg[0] exists").subject.path == ".");
}

TEST_CASE("parser: a detail is named by its type, with or without a path") {
  const Subject whole = Expected("detail BadRequest exists").subject;
  CHECK(whole.kind == Kind::kDetail);
  CHECK(whole.name == "BadRequest");
  CHECK(whole.path == "");
  CHECK(Expected("detail google.rpc.BadRequest .field_violations[0].field == name").subject.path ==
        ".field_violations[0].field");
}

TEST_CASE("parser: every predicate, and its opposite") {
  const std::vector<std::pair<std::string, Relation>> rows = {
      {"== x", Relation::kEqual},
      {"!= x", Relation::kUnequal},
      {"< 1", Relation::kLess},
      {"<= 1", Relation::kLessEqual},
      {"> 1", Relation::kGreater},
      {">= 1", Relation::kGreaterEqual},
      {"matches x", Relation::kMatches},
      {"contains x", Relation::kContains},
      {"startswith x", Relation::kStartsWith},
      {"endswith x", Relation::kEndsWith},
      {"exists", Relation::kExists},
      {"absent", Relation::kAbsent},
      {"isempty", Relation::kIsEmpty},
      {"in [a]", Relation::kIn},
  };
  for (const auto& [text, relation] : rows) {
    CAPTURE(text);
    CHECK(Expected(".a " + text).predicate->relation == relation);
    CHECK_FALSE(Expected(".a " + text).predicate->negated);
    CHECK(Expected(".a not " + text).predicate->relation == relation);
    CHECK(Expected(".a not " + text).predicate->negated);
  }
}

TEST_CASE("parser: lists hold words, with quotes where those have white space or marks") {
  const Predicate predicate = *Expected(R"(.a in ["a, b", c,'d]' ,{{x}}])").predicate;
  REQUIRE(predicate.operands.size() == 4);
  CHECK(predicate.operands[0].Text() == "a, b");
  CHECK(predicate.operands[1].Text() == "c");
  CHECK(predicate.operands[2].Text() == "d]");
  CHECK_FALSE(predicate.operands[3].IsPlain());
  CHECK(Expected(".a in []").predicate->operands.empty());
}

TEST_CASE("parser: a quoted word is a value and never a keyword") {
  CHECK(Expected(".a == 'not'").predicate->operands[0].Text() == "not");
  CHECK(ErrorOf("expect .a 'exists'") == "11: 'exists' is no predicate");
}

TEST_CASE("parser: what other languages call equal is told by its name") {
  for (const char* line : {"expect .a = x", "expect count = 1", "expect .a is x", "expect .a not is x"}) {
    CAPTURE(line);
    const WholeScript parsed = Parse(std::string("case c\ncall M\n") + line);
    REQUIRE(parsed.errors.list().size() == 1);
    CHECK(parsed.errors.list().front().error.hint == "did you mean '=='?");
  }
}

TEST_CASE("parser: what is wrong with an expectation is told with its column") {
  CHECK(ErrorOf("expect") == "7: what is expected is missing");
  CHECK(ErrorOf("expect OKAY") == "8: 'OKAY' is nothing that can be expected of a call");
  CHECK(ErrorOf("expect OK soon") == "11: 'soon' stands behind the status");
  CHECK(ErrorOf("expect OK within 5") == "18: '5' has no unit");
  CHECK(ErrorOf("expect .a") == "10: a predicate was expected here");
  CHECK(ErrorOf("expect .a not") == "14: a predicate was expected behind 'not'");
  CHECK(ErrorOf("expect .a is 5") == "11: 'is' is no predicate");
  CHECK(ErrorOf("expect .a ==") == "13: a value was expected behind '=='");
  CHECK(ErrorOf("expect .a == b c") == "16: 'c' is one word too many");
  CHECK(ErrorOf("expect .a == 'b") == "14: a ' without the one that ends it");
  CHECK(ErrorOf("expect .a in b") == "14: '[' was expected here, not 'b'");
  CHECK(ErrorOf("expect .a in [b c]") == "17: ',' or ']' was expected here, not 'c'");
  CHECK(ErrorOf("expect .a in [b") == "16: ']' was expected here");
  CHECK(ErrorOf("expect each name exists") == "13: 'name' is no path");
  CHECK(ErrorOf("expect msg[x].a exists") == "8: 'msg[x].a' is no message of a stream");
  CHECK(ErrorOf("expect msg[0]a exists") == "14: '.' was expected behind the ']' of 'msg[0]a'");
  CHECK(ErrorOf("expect header") == "14: a NAME was expected here");
  CHECK(ErrorOf("expect OK\nexpect *") == "8: a call ends with one status, and one is expected already");
}

TEST_CASE("parser: what is wrong with a capture is told with its column") {
  CHECK(ErrorOf("let") == "4: a NAME was expected here");
  CHECK(ErrorOf("let 1 = .a") == "5: '1' cannot be the name of a variable");
  CHECK(ErrorOf("let uuid = .a") == "5: 'uuid' cannot be the name of a variable");
  CHECK(ErrorOf("let x .a") == "7: '=' was expected here");
  CHECK(ErrorOf("let x =") == "8: what is captured is missing");
  CHECK(ErrorOf("let x = each .a") == "9: 'each' cannot be captured");
  CHECK(ErrorOf("let x = latency") == "9: 'latency' cannot be captured");
  CHECK(ErrorOf("let x = .a .b") == "12: '.b' is one word too many");
}

TEST_CASE("parser: all errors of a file are told at once, in their order") {
  CHECK(Errors(
            "set tmeout 2s\nexpect OK\ncase\ncall\ncase b\n  bogus\n  call M 'x\n  expect .a ~ b\nset x 1") ==
        List{"1:5: 'tmeout' is no setting, and too like one for a variable",
             "2:1: 'expect' stands before the call it is about",
             "3:5: the name of the case was expected here", "4:5: the METHOD was expected here",
             "6:3: 'bogus' begins no line of a script", "7:10: a ' without the one that ends it",
             "8:13: '~' is no predicate", "9:1: 'set' stands behind a case"});
}

TEST_CASE("parser: a case that cannot be read makes no mistake of what stands in it") {
  CHECK(Errors("case a\ncall M\ncase\nretry 3\ncall M\nexpect OK") ==
        List{"3:5: the name of the case was expected here"});
  CHECK(Errors("case a\ncall M\nexpect OK\ncase\nexpect OK") ==
        List{"4:5: the name of the case was expected here"});
}

TEST_CASE(
    "parser: a case without a call is told beside other mistakes, but not where its call may be the "
    "mistake") {
  CHECK(Errors("set timeout x\ncase a\ncase b\ncall M").size() == 2);
  CHECK(Errors("case a\ncase\ncall M") ==
        List{"1:1: a case without a call tests nothing", "2:5: the name of the case was expected here"});
  CHECK(Errors("case a\ncal M") == List{"2:1: 'cal' begins no line of a script"});
  CHECK(Errors("case a\n$ rpcctl call M") == List{"2:1: a step begins with what it does, not with '$'"});
}

TEST_CASE("parser: a mistake shows the beginning of a long word") {
  const std::string word(5000, 'x');
  for (const std::string& text :
       {word, "case a\ncall M\nexpect " + word, "case a\nretry " + word + "\ncall M", "set a b " + word,
        "case a @t " + word + "\ncall M"}) {
    const List errors = Errors(text);
    REQUIRE(errors.size() == 1);
    CHECK(errors.front().size() < 250);
  }
}

TEST_CASE("parser: a word in quotes is no verb, and that is what is told") {
  const WholeScript script = Parse("case a\n'call' M");
  REQUIRE(script.errors.list().size() == 1);
  const Error& error = script.errors.list().front().error;
  CHECK(error.message == "'call' in quotes begins no line of a script");
  CHECK(error.hint == "what a line does stands without quotes");
}

TEST_CASE("parser: steps and acts have their place") {
  CHECK(Errors("call M") == List{"1:1: 'call' stands before the first case"});
  CHECK(Errors("case a\nsend x=1") == List{"2:1: 'send' stands before the call it is about"});
  CHECK(Errors("case a\ncall M\nclose") == List{"3:1: 'close' needs a stream that is open"});
  CHECK(Errors("case a") == List{"1:1: a case without a call tests nothing"});
  CHECK(Errors("case a @x b\ncall M") == List{"1:6: 'b' stands behind a tag"});
  CHECK(Errors("rpcctl call M") == List{"1:1: a step begins with what it does, not with 'rpcctl'"});
}

TEST_CASE("parser: settings are told what they lack") {
  CHECK(Errors("set") == List{"1:4: what is set was expected here"});
  CHECK(Errors("set timeout 0s") == List{"1:13: '0s' is not a time limit: it must be above zero"});
  CHECK(Errors("set timeout 1s 2s") == List{"1:16: '2s' is one word too many"});
  CHECK(Errors("set target") == List{"1:11: an ADDR was expected here"});
  CHECK(Errors("set header") == List{"1:11: NAME: VALUE was expected here"});
  CHECK(Errors("set secret a b") == List{"1:14: 'b' is one word too many"});
  CHECK(Errors("set name") == List{"1:9: the value of name was expected here"});
  CHECK(Errors("wait") == List{"1:5: 'ready' was expected here"});
  CHECK(Errors("wait reddy 3s") == List{"1:6: 'ready' was expected here"});
  CHECK(Errors("set target ${HOST}") == List{"1:12: the environment variable HOST is not set"});
}

TEST_CASE("parser: ${NAME} means something in settings alone") {
  const WholeScript parsed = Parse("set target ${HOST:-here:1}\ncase a\ncall M x=${HOST}");
  CHECK(ErrorsOf(parsed) == List{});
  CHECK(parsed.settings.target->Text() == "here:1");
  CHECK(parsed.cases[0].steps[0].words[1].Text() == "x=${HOST}");
}

}  // namespace
}  // namespace rpcctl
