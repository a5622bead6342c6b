#include "message/message_maker.h"

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "message/builder.h"
#include "message/item.h"
#include "tests/support/item_types.h"
#include "tests/support/type_chain.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::Message;
using testing::TypeChain;

constexpr const char* kTooDeep = "types linked more than 2000 deep in M0";

TEST_CASE("message maker: a message is empty and of its type, each one a new one") {
  MessageMaker maker;
  const Descriptor& point = Types().Type("items.Point");
  const std::unique_ptr<Message> one = maker.New(point);
  const std::unique_ptr<Message> other = maker.New(point);
  REQUIRE(one);
  REQUIRE(other);
  CHECK(one->GetDescriptor() == &point);
  CHECK(one->ByteSizeLong() == 0);
  one->GetReflection()->SetInt32(one.get(), point.field(0), 7);
  CHECK(other->ByteSizeLong() == 0);
}

TEST_CASE("message maker: extensions are those of the pool that was given") {
  const Descriptor& old = Types().Type("items2.Old");
  MessageMaker maker(old.file()->pool());
  const std::unique_ptr<Message> message = maker.New(old);
  const auto* weight = old.file()->pool()->FindExtensionByName("items2.weight");
  REQUIRE(weight != nullptr);
  message->GetReflection()->SetInt32(message.get(), weight, 5);
  const std::unique_ptr<Message> copy = maker.New(old);
  REQUIRE(copy->ParseFromString(message->SerializeAsString()));
  CHECK(copy->GetReflection()->GetInt32(*copy, weight) == 5);
}

TEST_CASE("message maker: of a chain of 40,000 types every one can be made, the first first") {
  DescriptorPool pool;
  const auto* file = pool.BuildFile(TypeChain(40'000, -1));
  MessageMaker maker;
  for (int number : {0, 39'999, 20'000}) CHECK(maker.New(*file->message_type(number)));
}

TEST_CASE("message maker: of a circle of 40,000 types none is made, asked once or twice") {
  DescriptorPool pool;
  const auto* file = pool.BuildFile(TypeChain(40'000, 0));
  MessageMaker maker;
  CHECK_FALSE(maker.New(*file->message_type(0)));
  CHECK_FALSE(maker.New(*file->message_type(0)));
  CHECK(TooDeep(*file->message_type(0)) == kTooDeep);
}

TEST_CASE("message maker: items inside an Any of such a type are an error with their path") {
  DescriptorPool pool;
  const auto* file = pool.BuildFile(TypeChain(40'000, 0));
  const auto find = [&](std::string_view) { return file->message_type(0); };
  const std::unique_ptr<Message> message = Types().New("items.Known");
  const std::vector<Item> items = {*ParseItem("detail.@type=M0"), *ParseItem("detail.f:={}")};
  const Result<void> laid = Builder({.reading = {.known = {.find_type = find}}}).Apply(items, *message);
  REQUIRE_FALSE(laid);
  CHECK(laid.error().kind == ErrorKind::kInput);
  CHECK(laid.error().message == std::string("detail.@type: ") + kTooDeep);
}

TEST_CASE("message maker: what is checked before its data is there is an error too") {
  DescriptorPool pool;
  const auto* file = pool.BuildFile(TypeChain(40'000, 0));
  const std::vector<Item> items = {*ParseItem("f:={}")};
  const Result<void> checked = Builder({}).Check(items, *file->message_type(0));
  REQUIRE_FALSE(checked);
  CHECK(checked.error().message == std::string("f: ") + kTooDeep);
}

}  // namespace
}  // namespace rpcctl
