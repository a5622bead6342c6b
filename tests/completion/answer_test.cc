#include "completion/answer.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

TEST_CASE("answer: directives, candidates, hints, a line each") {
  Answer answer;
  answer.no_space = answer.keep_order = true;
  answer.candidates = {{"name=", "string"}, {"id=", ""}};
  answer.hints = {"one", "two"};
  CHECK(AnswerText(answer, "") == ":nospace keeporder nofiles\nname=\tstring\nid=\n#one\n#two\n");
}

TEST_CASE("answer: an empty one is the directives alone") {
  CHECK(AnswerText({}, "x") == ":nofiles\n");
}

TEST_CASE("answer: files begin behind so many characters") {
  Answer answer;
  answer.files = true;
  CHECK(AnswerText(answer, "x") == ":files\n");
  answer.file_at = 6;
  CHECK(AnswerText(answer, "data=@x") == ":files prefix=6\n");
  answer.file_at = 3;
  CHECK(AnswerText(answer, "\xc3\xa4=x") == ":files prefix=2\n");
}

TEST_CASE("answer: only what begins with the word is offered, and not without end") {
  Answer answer;
  Offer(answer, "na", "name=");
  Offer(answer, "na", "other=");
  CHECK(answer.candidates == std::vector<Candidate>{{"name=", ""}});
  for (size_t i = 0; i < 2 * kMostCandidates; ++i) Offer(answer, "", "x" + std::to_string(i));
  CHECK(answer.candidates.size() == kMostCandidates);
}

TEST_CASE("answer: a candidate that could end a line or fool a terminal is left out") {
  Answer answer;
  for (const char* value : {"a\nb", "a\tb", "a\x1b[2J", "a\xff", "a\xe2\x80\xae", "", "a\x7f"})
    answer.candidates.push_back({value, ""});
  answer.candidates.push_back({std::string(5000, 'a'), ""});
  answer.candidates.push_back({"ok \xc3\xa4 'x' $y", ""});
  CHECK(AnswerText(answer, "") == ":nofiles\nok \xc3\xa4 'x' $y\n");
}

TEST_CASE("answer: descriptions and hints are made safe and cut") {
  Answer answer;
  answer.candidates = {{"a", "x\ny\t\x1b[31m"}, {"b", std::string(300, 'x')}};
  answer.hints = {"p\nq", std::string(900, 'y')};
  CHECK(AnswerText(answer, "") == ":nofiles\na\tx\\ny\\t\\x1b[31m\nb\t" + std::string(80, 'x') +
                                      "...\n#p\\nq\n#" + std::string(200, 'y') + "...\n");
}

TEST_CASE("answer: an error is a hint, with what to do about it where that is short") {
  Answer answer;
  Hint(answer, Error{ErrorKind::kSchema, "no such field", "did you mean 'name'?"});
  Hint(answer, Error{ErrorKind::kSchema, "no such field", "one\ntwo"});
  Hint(answer, Error{ErrorKind::kSchema, "no such field", std::string(300, 'x')});
  Hint(answer, Error{ErrorKind::kSchema, "no such field"});
  CHECK(answer.hints == std::vector<std::string>{"no such field; did you mean 'name'?", "no such field",
                                                 "no such field", "no such field"});
}

}  // namespace
}  // namespace rpcctl
