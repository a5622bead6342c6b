#include "script/script_outline.h"

#include <doctest/doctest.h>

#include <string>

namespace rpcctl {
namespace {

const EnvironmentReader kNoEnvironment = [](const std::string&) { return std::optional<std::string>(); };

TEST_CASE("script outline: cases are read again from where they begin") {
  const std::string text = "set timeout 2s\ncase a @x\ncall M\n\n case b # c\nretry 3\ncall M\n";
  ScriptErrors errors;
  const ScriptOutline outline = OutlineScript(text, kNoEnvironment, errors);
  CHECK(errors.empty());
  CHECK(outline.settings.timeout == std::chrono::seconds(2));
  REQUIRE(outline.cases.size() == 2);
  CHECK(ReadCaseHead(text, outline.cases[0]).tags == std::vector<std::string>{"x"});
  const CaseHead second = ReadCaseHead(text, outline.cases[1]);
  CHECK(second.name == "b");
  CHECK(second.place.line == 5);
  CHECK(second.place.column == 2);
  CHECK(second.retry->attempts == 3);
}

TEST_CASE("script outline: what any step captures is known, each name once") {
  ScriptErrors errors;
  const ScriptOutline outline = OutlineScript(
      "case a\ncall M\nlet x = .a\ncase b\nopen M\nlet y = count\nlet x = .b\n", kNoEnvironment, errors);
  CHECK(outline.captures == std::set<std::string>{"x", "y"});
}

TEST_CASE("script outline: a case that cannot be read has no place in it") {
  ScriptErrors errors;
  CHECK(OutlineScript("case\ncall M\ncase b\ncall M\n", kNoEnvironment, errors).cases.size() == 1);
  CHECK(errors.list().size() == 1);
}

}  // namespace
}  // namespace rpcctl
