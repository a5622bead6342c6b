#include "message/item.h"

#include <doctest/doctest.h>

namespace rpcctl {
namespace {

struct OperatorCase {
  const char* word;
  ItemValue value_kind;
  bool append;
};

TEST_CASE("item: every operator is told from those that it begins or ends with") {
  for (const OperatorCase& expected : std::vector<OperatorCase>{{"p=v", ItemValue::kText, false},
                                                                {"p=@v", ItemValue::kTextFile, false},
                                                                {"p:=v", ItemValue::kJson, false},
                                                                {"p:=@v", ItemValue::kJsonFile, false},
                                                                {"p+=v", ItemValue::kText, true},
                                                                {"p+=@v", ItemValue::kTextFile, true},
                                                                {"p+:=v", ItemValue::kJson, true},
                                                                {"p+:=@v", ItemValue::kJsonFile, true}}) {
    CAPTURE(expected.word);
    const Result<Item> item = ParseItem(expected.word);
    REQUIRE(item);
    CHECK(item->kind == ItemKind::kAssignment);
    CHECK(item->value_kind == expected.value_kind);
    CHECK(item->append == expected.append);
    CHECK(item->path == "p");
    CHECK(item->value == "v");
  }
}

TEST_CASE("item: the value is every byte behind the operator") {
  CHECK(ParseItem("name=")->value.empty());
  CHECK(ParseItem("name= a=b,c\\n:=@d \n")->value == " a=b,c\\n:=@d \n");
  CHECK(ParseItem("name==")->value == "=");
  CHECK(ParseItem("name=\xff")->value == "\xff");
}

TEST_CASE("item: an operator inside brackets belongs to the key") {
  const Result<Item> item = ParseItem("labels[a=b:=c].x=d");
  REQUIRE(item);
  CHECK(item->path == "labels[a=b:=c].x");
  CHECK(item->value == "d");
}

TEST_CASE("item: a plus or a colon that begins no operator stays in the path") {
  CHECK(ParseItem("labels.a+b=1")->path == "labels.a+b");
  CHECK(ParseItem("labels.a:b=1")->path == "labels.a:b");
  CHECK(ParseItem("detail.@type=pkg.T")->path == "detail.@type");
}

TEST_CASE("item: files, standard input, JSON and commas are words of their own") {
  CHECK(ParseItem("@a=b.json")->kind == ItemKind::kFile);
  CHECK(ParseItem("@a=b.json")->value == "a=b.json");
  CHECK(ParseItem("@-")->kind == ItemKind::kStandardInput);
  CHECK(ParseItem("{\"a\": 1}")->kind == ItemKind::kJson);
  CHECK(ParseItem("{\"a\": 1}")->value == "{\"a\": 1}");
  CHECK(ParseItem(",")->kind == ItemKind::kNextMessage);
}

TEST_CASE("item: a word without an operator is told what items look like") {
  const Error error = ParseItem("name").error();
  CHECK(error.kind == ErrorKind::kInput);
  CHECK(error.message == "'name' is no item: it has no '='");
  CHECK(error.hint ==
        "an item is name=you, limit:=10, tags+=a, name=@file, '{\"name\": \"you\"}', @file, @- or a single "
        "comma");
  CHECK(ParseItem("").error().message == "an empty word is no item");
  CHECK(ParseItem("a,b").error().message == "'a,b' is no item: it has no '='");
}

TEST_CASE("item: what looks like an option is said to be one") {
  const Error error = ParseItem("--limit").error();
  CHECK(error.message == "'--limit' is no item: it has no '='");
  CHECK(error.hint == "if it is an option, put it before '--'");
}

TEST_CASE("item: an operator without a path is an error") {
  CHECK(ParseItem("=x").error().message == "'=x': no field stands before '='");
  CHECK(ParseItem("+:=x").error().message == "'+:=x': no field stands before '+:='");
}

TEST_CASE("item: an open bracket is told instead of a missing operator") {
  CHECK(ParseItem("labels[a=b").error().message == "'labels[a=b': the bracket '[' is not closed by ']'");
}

TEST_CASE("item: an @ without a name is an error that tells both forms") {
  const Error error = ParseItem("@").error();
  CHECK(error.message == "'@' names no file");
  CHECK(error.hint == "@FILE reads documents from a file, @- from standard input");
}

TEST_CASE("item: a word is shown safely and not at full length") {
  CHECK(ParseItem("\x1b[31m").error().message == "'\\x1b[31m': the bracket '[' is not closed by ']'");
  CHECK(ParseItem(std::string(1000, 'x')).error().message.size() < 130);
}

}  // namespace
}  // namespace rpcctl
