#include "schema/declarations.h"

#include <doctest/doctest.h>

#include "tests/support/fake_source.h"

namespace rpcctl {
namespace {

std::vector<std::string> Names(const std::vector<Declaration>& declared, Declares what) {
  std::vector<std::string> names;
  for (const Declaration& one : declared) {
    if (one.what == what) names.push_back(one.full_name);
  }
  return names;
}

using List = std::vector<std::string>;

TEST_CASE("declarations: services, methods, messages and enums, those within messages too") {
  const auto file = ParseText("a.proto", R"(package a;
      message M { message In { enum E { X = 0; } } map<string, In> m = 1; oneof o { int32 i = 2; } }
      enum F { Y = 0; }
      service S { rpc Do(M) returns (M); })");
  const std::vector<Declaration> declared = DeclarationsOf(file);
  CHECK(Names(declared, Declares::kMessage) == List{"a.M", "a.M.In"});
  CHECK(Names(declared, Declares::kEnum) == List{"a.M.In.E", "a.F"});
  CHECK(Names(declared, Declares::kService) == List{"a.S"});
  CHECK(Names(declared, Declares::kMethod) == List{"a.S.Do"});
}

TEST_CASE("declarations: those of all sources and of what they import, sorted, each once") {
  FakeServer one = {{"m.proto", "package a; message M {}"},
                    {"s.proto", "package a; import \"m.proto\"; service S { rpc Do(M) returns (M); }"}};
  FakeServer two = {{"t.proto", "package b; message B {} service T { rpc Do(B) returns (B); }"},
                    {"s2.proto", "package a; message M {}"}};
  two.tells_all_files = true;
  List names;
  for (const Declaration& declared : SchemaOver(one, two)->Declarations())
    names.push_back(declared.full_name);
  CHECK(names == List{"a.M", "a.S", "a.S.Do", "b.B", "b.T", "b.T.Do"});
}

TEST_CASE("declarations: a source that fails, and names that are none, are passed over") {
  FakeServer good = {{"m.proto", "package a; message M {} service S { rpc Do(M) returns (M); }"}};
  FakeServer bad;
  bad.failure = Error{ErrorKind::kConnect, "gone"};
  good.files["m.proto"].add_message_type()->set_name("x y");
  List names;
  for (const Declaration& declared : SchemaOver(bad, good)->Declarations())
    names.push_back(declared.full_name);
  for (const std::string& name : names) CHECK(name.find(' ') == std::string::npos);
}

}  // namespace
}  // namespace rpcctl
