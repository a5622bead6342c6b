#include "message/type_links.h"

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.pb.h>

#include "message/json_writer.h"
#include "message/message_parser.h"
#include "tests/support/type_chain.h"
#include "tests/support/writer_types.h"

namespace rpcctl {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptorProto;
using testing::TypeChain;

// What the writer makes of an empty message of M0.
std::string WrittenEmpty(const google::protobuf::FileDescriptorProto& file, std::string_view wire = "") {
  DescriptorPool pool;
  std::string out;
  const Result<void> written = JsonWriter(*pool.BuildFile(file)->message_type(0)).Write(wire, out);
  return written ? out : fmt::format("error: {}", written.error().message);
}

// What is wrong with parsing an empty message of M0; empty when nothing is.
std::string ParsedEmpty(const google::protobuf::FileDescriptorProto& file) {
  DescriptorPool pool;
  const auto& type = *pool.BuildFile(file)->message_type(0);
  const MaybeFault fault = MessageParser(type).Parse("");
  return fault ? FaultText(*fault, type) : "";
}

TEST_CASE("type links: every order will do for schemas of a usual size") {
  const WriterTypes& types = WriterTypes::Get();
  for (const char* type : {"out.Scalars", "out.Tree", "out.WellKnown", "old.Order"}) {
    const auto order = PrototypeOrder(types.Type(type), types.pool());
    REQUIRE(order);
    CHECK(order->empty());
  }
}

TEST_CASE("type links: a long chain is begun at its end") {
  DescriptorPool pool;
  const auto* file = pool.BuildFile(TypeChain(3000, -1, FieldDescriptorProto::LABEL_OPTIONAL));
  const auto order = PrototypeOrder(*file->message_type(0), pool);
  REQUIRE(order);
  REQUIRE(order->size() == 3000);
  CHECK(order->front()->name() == "M2999");
  CHECK(order->back()->name() == "M0");
}

TEST_CASE("type links: a message of a chain of 40,000 types is parsed") {
  CHECK(ParsedEmpty(TypeChain(40'000, -1, FieldDescriptorProto::LABEL_OPTIONAL)) == "");
}

TEST_CASE("type links: a circle of too many types is an error, a shorter one is not") {
  CHECK(ParsedEmpty(TypeChain(2000, 0, FieldDescriptorProto::LABEL_OPTIONAL)) == "");
  CHECK(ParsedEmpty(TypeChain(40'000, 0, FieldDescriptorProto::LABEL_OPTIONAL)) ==
        "types linked more than 2000 deep in M0");
}

TEST_CASE("type links: JSON is written of every circle, since no message is made") {
  CHECK(WrittenEmpty(TypeChain(40'000, 0, FieldDescriptorProto::LABEL_OPTIONAL)) == "{}");
}

TEST_CASE("type links: lists do not link, but what they hold is found") {
  CHECK(WrittenEmpty(TypeChain(40'000, 0, FieldDescriptorProto::LABEL_REPEATED), "\x0a\x02\x0a") ==
        "error: response does not parse: a value cut short at byte 1 in M0.f[0]");
  CHECK(WrittenEmpty(TypeChain(40'000, 0, FieldDescriptorProto::LABEL_REPEATED),
                     std::string_view("\x0a\x00", 2)) == R"({"f":[{}]})");
  google::protobuf::FileDescriptorProto file = TypeChain(40'000, 1, FieldDescriptorProto::LABEL_OPTIONAL);
  file.mutable_message_type(0)->mutable_field(0)->set_label(FieldDescriptorProto::LABEL_REPEATED);
  CHECK(ParsedEmpty(file).starts_with("types linked"));
}

}  // namespace
}  // namespace rpcctl
