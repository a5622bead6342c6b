#include "message/plan.h"

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.h>

#include "tests/support/late_extensions.h"
#include "tests/support/writer_types.h"

namespace rpcctl {
namespace {

PlanTable Table(bool proto_names = false) {
  return PlanTable(Completed({&WriterTypes::Get().pool()}, WriterTypes::Get().Type("out.Tree")), proto_names);
}

std::string Members(const MessagePlan& plan) {
  std::string members;
  for (const FieldPlan* field : plan.by_number) members += field->member;
  return members;
}

TEST_CASE("plan: fields are found by number, wherever the last one was") {
  PlanTable table = Table();
  const MessagePlan& plan = table.Of(WriterTypes::Get().Type("out.Names"));
  for (const uint32_t number : {1u, 2u, 3u, 9u, 2u, 9u, 1u}) {
    for (size_t from = 0; from < 6; ++from) {
      size_t cursor = from;
      const FieldPlan* field = plan.FindNumber(number, cursor);
      REQUIRE(field != nullptr);
      CHECK(field->number == number);
      CHECK(plan.by_number[cursor] == field);
    }
  }
  size_t cursor = 1;
  for (const uint32_t number : {0u, 4u, 8u, 10u, 536870911u})
    CHECK(plan.FindNumber(number, cursor) == nullptr);
  CHECK(cursor == 1);
}

TEST_CASE("plan: members are named in JSON's way or the file's, in order of their numbers") {
  PlanTable json = Table();
  PlanTable proto = Table(true);
  const auto& type = WriterTypes::Get().Type("out.Names");
  CHECK(Members(json.Of(type)) == R"("snakeCaseName""@\u001b\"odd""X1y""lastOfAll")");
  CHECK(Members(proto.Of(type)) == R"("snake_case_name""odd""_x_1y""last_of_all")");
}

TEST_CASE("plan: an extension is one field whether its number or its name is met first") {
  for (const bool by_number : {false, true}) {
    CAPTURE(by_number);
    PlanTable table = Table();
    MessagePlan& plan = table.Of(WriterTypes::Get().Type("old.Order"));
    uint32_t cursor = 0;
    const FieldPlan* first =
        by_number ? table.FindExtension(plan, 100) : table.Find(plan, "[old.remark]", cursor);
    cursor = 0;
    const FieldPlan* second =
        by_number ? table.Find(plan, "[old.remark]", cursor) : table.FindExtension(plan, 100);
    REQUIRE(first != nullptr);
    CHECK(first == second);
    CHECK(first->member == R"("[old.remark]")");
  }
}

TEST_CASE("plan: a number outside the extension ranges is not asked for") {
  testing::LateExtensions late;
  PlanTable table(late.known());
  MessagePlan& plan = table.Of(late.type());
  CHECK(table.FindExtension(plan, 2000) == nullptr);
  CHECK(table.FindExtension(plan, 7) != nullptr);
  CHECK(table.FindExtension(plan, 7) != nullptr);
  CHECK(late.asked == std::vector<std::string>{"7"});
}

TEST_CASE("plan: what a number of an enum is in JSON is ready, an alias being the first name") {
  PlanTable table = Table();
  MessagePlan& order = table.Of(WriterTypes::Get().Type("old.Order"));
  MessagePlan& choice = table.Of(WriterTypes::Get().Type("out.Choice"));
  size_t cursor = 0;
  const EnumPlan& shade = table.EnumOf(*order.FindNumber(4, cursor));
  CHECK(shade.texts.at(1) == "\"DARK\"");
  CHECK(shade.Takes(2));
  CHECK_FALSE(shade.Takes(9));
  const EnumPlan& null = table.EnumOf(*choice.FindNumber(7, cursor));
  CHECK(null.texts.at(0) == "null");
  CHECK(null.Takes(9));
}

TEST_CASE("plan: a type is compiled once and stays where it is") {
  PlanTable table = Table();
  const WriterTypes& types = WriterTypes::Get();
  const MessagePlan* first = &table.Of(types.Type("out.Tree"));
  for (const char* other : {"out.Scalars", "out.Lists", "out.Maps", "out.Names"}) table.Of(types.Type(other));
  CHECK(&table.Of(types.Type("out.Tree")) == first);
}

}  // namespace
}  // namespace rpcctl
