#include "script/variables.h"

#include <doctest/doctest.h>

#include "script/secret_mask.h"

namespace rpcctl {
namespace {

// 2026-11-22T10:00:00.5Z
constexpr auto kNow = std::chrono::system_clock::time_point(std::chrono::milliseconds(1'795'341'600'500));

Variables MakeVariables() {
  return Variables(
      {[](const std::string& name) { return name == "A" ? std::optional<std::string>("env") : std::nullopt; },
       [] { return kNow; }, [] { return uint64_t{0x0123456789abcdef}; }});
}

// The first word of `line`, filled in; "error: ..." where that fails.
std::string Filled(const Variables& variables, std::string_view line) {
  LineReader reader(line, 1);
  const Result<Word> word = reader.Next();
  if (!word) return "parse error: " + word.error().message;
  const Result<std::string> filled = variables.Fill(*word);
  return filled ? *filled : "error: " + filled.error().message;
}

std::string FilledJson(const Variables& variables, std::string_view line) {
  LineReader reader(line, 1);
  MarkedWords marks;
  const std::string marked = marks.Mark(*reader.Next());
  const Result<std::string> filled = marks.FillJson(marked, variables);
  return filled ? *filled : "error: " + filled.error().message;
}

TEST_CASE("variables: every kind of insertion") {
  Variables variables = MakeVariables();
  variables.SetText("name", "you");
  CHECK(Filled(variables, "a-{{name}}-{{env.A}}") == "a-you-env");
  CHECK(Filled(variables, "{{uuid}}") == "01234567-89ab-4def-8123-456789abcdef");
  CHECK(Filled(variables, "{{now}}") == "2026-11-22T10:00:00.500Z");
  CHECK(Filled(variables, "{{now-5m}}") == "2026-11-22T09:55:00.500Z");
  CHECK(Filled(variables, "{{now+1500ms}}") == "2026-11-22T10:00:02Z");
  CHECK(Filled(variables, "{{random 7 7}}") == "7");
  CHECK(Filled(variables, "{{random -3 -1}}") == "-3");
  CHECK(Filled(variables, "{{random -9223372036854775808 9223372036854775807}}") == "-9141386507638288913");
}

TEST_CASE("variables: what is not set is an error") {
  const Variables variables = MakeVariables();
  CHECK(Filled(variables, "{{name}}") == "error: {{name}} has no value");
  CHECK(Filled(variables, "{{env.B}}") == "error: the environment variable B is not set");
}

TEST_CASE("variables: a value is filled in once and is never parsed") {
  Variables variables = MakeVariables();
  variables.Set("sly", {"{{name}} 'x' # ${A} a=b", "\"{{name}}\""});
  CHECK(Filled(variables, "v={{sly}}") == "v={{name}} 'x' # ${A} a=b");
}

TEST_CASE("variables: in JSON a value is escaped in a string, and a document outside of one") {
  Variables variables = MakeVariables();
  variables.Set("text", {"a\"b\n", "\"a\\\"b\\n\""});
  variables.SetText("number", "12");
  CHECK(FilledJson(variables, R"('{"x":"<'{{text}}'>","y":'{{text}}'}')") ==
        R"({"x":"<a\"b\n>","y":"a\"b\n"})");
  CHECK(FilledJson(variables, R"('{"x":"\""',{{number}}'}')") == R"({"x":"\"",12})");
}

TEST_CASE("marked words: marks are told apart from text, and shown as they were written") {
  LineReader reader("a={{x}}-{{random 1 2}}", 1);
  MarkedWords marks;
  const std::string marked = marks.Mark(*reader.Next());
  CHECK(MarkedWords::HasMarks(marked));
  CHECK_FALSE(MarkedWords::HasMarks("a={{x}}"));
  CHECK(marks.MarksIn(marked).size() == 2);
  CHECK(marks.Unmarked(marked) == "a={{x}}-{{random 1 2}}");
}

TEST_CASE("variables: what is concealed is hidden by the mask, whenever it is set") {
  Variables variables = MakeVariables();
  SecretMask mask;
  variables.SetText("early", "first");
  variables.Conceal("early", mask);
  variables.Conceal("late", mask);
  variables.Set("late", {"one", "{\"a\":1}"});
  variables.Set("late", {"text", "\"text\""});
  variables.SetText("early", "second");
  variables.SetText("other", "open");
  CHECK(mask.Hidden("first second {\"a\":1} open") == "*** *** *** open");
  CHECK(mask.Hidden(R"({"x":"text"})") == R"({"x":"***"})");
  variables.Clear("early");
  CHECK(variables.Find("early") == nullptr);
}

}  // namespace
}  // namespace rpcctl
