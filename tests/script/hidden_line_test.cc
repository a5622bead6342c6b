#include "script/hidden_line.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

SecretMask MaskOf(std::string_view secret) {
  SecretMask mask;
  mask.Add(secret);
  return mask;
}

TEST_CASE("hidden line: what holds no secret is told as it was written") {
  CHECK(HiddenLine("call  A.B  'x=y z' # why", MaskOf("hunter2")) == "call  A.B  'x=y z' # why");
  CHECK(HiddenLine("expect .x == \"hunter2\"", MaskOf("hunter2")) == "expect .x == \"***\"");
}

TEST_CASE("hidden line: a secret is found whatever its quotes") {
  const SecretMask mask = MaskOf("Bearer hunter3");
  CHECK(HiddenLine(R"(call A.B -H x:\ Bearer\ hunter3)", mask) == "call A.B -H 'x: ***'");
  CHECK(HiddenLine(R"(expect .x == Bear'er hun'"ter3")", mask) == "expect .x == '***'");
}

TEST_CASE("hidden line: a header is a secret by its name, whatever is filled in to it") {
  const SecretMask none;
  CHECK(HiddenLine(R"(call A.B -H "authorization: {{user}}:hunter4")", none) ==
        "call A.B -H 'authorization: ***'");
  CHECK(HiddenLine("call A.B -Hx-token:hunter4 a=b", none) == "call A.B '-Hx-token: ***' a=b");
  CHECK(HiddenLine("call A.B --header=x-token:hunter4", none) == "call A.B '--header=x-token: ***'");
  CHECK(HiddenLine("call A.B --call-header 'x-token: hunter4'", none) ==
        "call A.B --call-header 'x-token: ***'");
  CHECK(HiddenLine("call A.B --call-header=x-token:hunter4", none) ==
        "call A.B '--call-header=x-token: ***'");
  CHECK(HiddenLine("call A.B --reflect-header x-token:hunter4", none) ==
        "call A.B --reflect-header 'x-token: ***'");
  CHECK(HiddenLine("call A.B -H x-team:a x-token:={{b}}", none) == "call A.B -H x-team:a x-token:={{b}}");
}

}  // namespace
}  // namespace rpcctl
