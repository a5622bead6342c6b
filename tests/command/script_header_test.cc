#include "cmd/rpcctl/script_header.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

using Names = std::vector<std::string>;

ScriptHeader Header(std::string_view typed, EnvironmentNames names = EnvironmentNames::kVerbatim) {
  Result<ScriptHeader> header = MakeScriptHeader(typed, names);
  REQUIRE(header);
  return *header;
}

ScriptHeader Expanded(std::string_view typed) {
  return Header(typed, EnvironmentNames::kExpanded);
}

TEST_CASE("script header: what is no secret stands as it was typed, in quotes where it needs them") {
  CHECK(Header("x-team: a b").word == "'x-team: a b'");
  CHECK(Header("X-Team:a").word == "'x-team: a'");
  CHECK(Header("x-note: it's {{x}} \"${Y}\"").word == "'x-note: it'\\''s {{x}} \"${Y}\"'");
  CHECK(Header("x-empty:").word == "'x-empty: '");
  CHECK_FALSE(Header("x-team: a b").hides);
}

TEST_CASE("script header: a secret becomes a variable of the environment") {
  const ScriptHeader header = Header("Authorization: Bearer sesame");
  CHECK(header.word == "\"authorization: {{env.AUTHORIZATION}}\"");
  CHECK(header.variables == Names{"AUTHORIZATION"});
  CHECK(header.hides);
  CHECK(Header("x-api-key: k").word == "\"x-api-key: {{env.X_API_KEY}}\"");
}

TEST_CASE("script header: with --expand-env variables stay variables, and hide what they hold") {
  const ScriptHeader header = Expanded("authorization: Bearer ${TOKEN}");
  CHECK(header.word == "\"authorization: Bearer {{env.TOKEN}}\"");
  CHECK(header.variables == Names{"TOKEN"});
  CHECK_FALSE(header.hides);
  CHECK(Expanded("x-a: ${A}-${B}").word == "\"x-a: {{env.A}}-{{env.B}}\"");
  CHECK(Expanded("x-a: ${A}").variables == Names{"A"});
}

TEST_CASE("script header: a secret beside a variable is one all the same") {
  const ScriptHeader header = Expanded("authorization: Basic abc${X}");
  CHECK(header.word == "\"authorization: {{env.AUTHORIZATION}}\"");
  CHECK(header.hides);
  CHECK(Expanded("authorization: sesame").hides);
}

TEST_CASE("script header: quotes beside a variable are in pieces of their own") {
  CHECK(Expanded("x-a: it's ${A} \"{{b}}\"").word == "'x-a: it'\\''s '{{env.A}}' \"{{b}}\"'");
}

TEST_CASE("script header: what is no header is refused") {
  CHECK(MakeScriptHeader("nothing", EnvironmentNames::kVerbatim).error().kind == ErrorKind::kUsage);
}

}  // namespace
}  // namespace rpcctl
