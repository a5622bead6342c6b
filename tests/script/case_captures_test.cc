#include "script/case_captures.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

TEST_CASE("case captures: what an attempt captured is forgotten, and what was set before it comes back") {
  Variables variables({[](const std::string&) { return std::nullopt; }, std::chrono::system_clock::now,
                       [] { return uint64_t{0}; }});
  CheckedStep first;
  first.captures = {{.written = {.name = "set"}}, {.written = {.name = "fresh"}}};
  CheckedStep second;
  second.captures = {{.written = {.name = "set"}}};
  variables.SetText("set", "before");
  variables.SetText("other", "kept");
  CaseCaptures captures;
  captures.NoteBefore(first, variables);
  for (const char* name : {"set", "fresh", "other"}) variables.SetText(name, "of the attempt");
  captures.NoteBefore(second, variables);
  captures.Forget(variables);
  CHECK(variables.Find("set")->text == "before");
  CHECK(variables.Find("fresh") == nullptr);
  CHECK(variables.Find("other")->text == "of the attempt");
}

}  // namespace
}  // namespace rpcctl
