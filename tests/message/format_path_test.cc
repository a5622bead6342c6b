#include "message/format_path.h"

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.h>

#include "tests/support/writer_types.h"

namespace rpcctl {
namespace {

// The steps of a path as "field", "field#index" and "field=key", or the message of the error.
std::string Steps(std::string_view path, const std::string& type) {
  const WriterTypes& types = WriterTypes::Get();
  const Result<std::vector<FormatStep>> steps = ParseFormatPath(
      path, types.Type(type), Completed({&types.pool()}, types.Type(type)).find_named_extension);
  if (!steps) return steps.error().message;
  std::string text;
  for (const FormatStep& step : *steps) {
    if (!text.empty()) text += ' ';
    text += step.field->name();
    if (step.choice == FormatStep::Choice::kElement) text += fmt::format("#{}", step.index);
    if (step.choice == FormatStep::Choice::kMapValue) text += fmt::format("={}", step.key);
  }
  return text;
}

TEST_CASE("format path: fields of fields") {
  CHECK(Steps("name", "out.Tree") == "name");
  CHECK(Steps("child.child.name", "out.Tree") == "child child name");
  CHECK(Steps("child", "out.Tree") == "child");
}

TEST_CASE("format path: a field goes by its name in the file or in JSON") {
  CHECK(Steps("snake_case_name", "out.Names") == "snake_case_name");
  CHECK(Steps("snakeCaseName", "out.Names") == "snake_case_name");
  CHECK(Steps("SnakeCaseName", "out.Names") == "SnakeCaseName: no such field in out.Names");
}

TEST_CASE("format path: an element by number, behind a dot or in brackets") {
  CHECK(Steps("children.2.name", "out.Tree") == "children#2 name");
  CHECK(Steps("children[2].name", "out.Tree") == "children#2 name");
  CHECK(Steps("children[0][0]", "out.Tree") == "children[0][0]: no such field in out.Tree");
  CHECK(Steps("children", "out.Tree") == "children");
}

TEST_CASE("format path: a map value by key, whose dots need brackets") {
  CHECK(Steps("named.a.name", "out.Tree") == "named=a name");
  CHECK(Steps("named[a.b].name", "out.Tree") == "named=a.b name");
  CHECK(Steps("text[]", "out.Maps") == "text=");
  CHECK(Steps("text.x.y", "out.Maps") ==
        "text.x.y: no such field, since what stands before it is not a message");
}

TEST_CASE("format path: keys are read as their type") {
  CHECK(Steps("int32s[007]", "out.Maps") == "int32s=7");
  CHECK(Steps("int64s.-5", "out.Maps") == "int64s=-5");
  CHECK(Steps("uint64s.18446744073709551615", "out.Maps") == "uint64s=18446744073709551615");
  CHECK(Steps("bools.true", "out.Maps") == "bools=true");
  CHECK(Steps("uint32s.-1", "out.Maps") == "uint32s.-1: '-1' is not a key of map<uint32, bytes>");
  CHECK(Steps("int32s.2147483648", "out.Maps") ==
        "int32s.2147483648: '2147483648' is not a key of map<int32, int64>");
  CHECK(Steps("int32s[1 ]", "out.Maps") == "int32s[1 ]: '1 ' is not a key of map<int32, int64>");
}

TEST_CASE("format path: an extension in brackets, only of its own type") {
  CHECK(Steps("[old.remark]", "old.Order") == "remark");
  CHECK(Steps("inner.[old.Scope.parent].id", "old.Order") == "inner parent id");
  CHECK(Steps("inner[old.remark]", "old.Order") == "inner remark");
  CHECK(Steps("[old.remark]", "out.Tree") == "[old.remark]: no such field in out.Tree");
}

TEST_CASE("format path: the error shows the path up to the fault") {
  CHECK(Steps("child.x.name", "out.Tree") == "child.x: no such field in out.Tree");
  CHECK(Steps("name.length.x", "out.Tree") ==
        "name.length: no such field, since what stands before it is not a message");
}

TEST_CASE("format path: malformed") {
  CHECK(Steps("", "out.Tree") == ": a field name is missing");
  CHECK(Steps(".name", "out.Tree") == ".name: a field name is missing");
  CHECK(Steps("name]", "out.Tree") == "name]: '.' or '[' was expected behind name");
  CHECK(Steps("named[a", "out.Tree") == "named[a: '[' without its ']'");
}

TEST_CASE("format path: a long list of fields is not recited") {
  const WriterTypes& types = WriterTypes::Get();
  CHECK(ParseFormatPath("nothing_like_it", types.Type("out.Scalars"),
                        Completed({&types.pool()}, types.Type("out.Scalars")).find_named_extension)
            .error()
            .hint == "");
}

}  // namespace
}  // namespace rpcctl
