#include "message/message_fault.h"

#include <doctest/doctest.h>

#include "tests/support/writer_types.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;

const Descriptor& Tree() {
  return WriterTypes::Get().Type("out.Tree");
}

TEST_CASE("message fault: each level puts its field in front") {
  const auto field = [](const char* name) -> const auto& {
    return *Tree().FindFieldByName(name);
  };
  MessageFault fault{"bad"};
  fault = std::move(fault).Inside(field("name"));
  fault = std::move(fault).Inside(field("named"), KeyPlace("k"));
  fault = std::move(fault).Inside(field("children"), IndexPlace(2));
  CHECK(fault.reason == "bad");
  CHECK(fault.path == ".children[2].named[\"k\"].name");
}

TEST_CASE("message fault: an extension has its full name in brackets") {
  const auto* extension = WriterTypes::Get().pool().FindExtensionByName("old.Scope.parent");
  CHECK(MessageFault{"bad"}.Inside(*extension).path == ".[old.Scope.parent]");
}

TEST_CASE("message fault: the error names reason, type and path") {
  const Error unparsed = UnparsedError({"invalid UTF-8", ".child.name"}, Tree());
  CHECK(unparsed.message == "response does not parse: invalid UTF-8 in out.Tree.child.name");
  CHECK(unparsed.kind == ErrorKind::kStatus);
  CHECK(unparsed.status == 13);
  const Error unprintable = UnprintableError({"a thing"}, Tree());
  CHECK(unprintable.message == "response has no JSON form: a thing in out.Tree");
  CHECK(unprintable.kind == ErrorKind::kStatus);
  CHECK(unprintable.status == 13);
}

TEST_CASE("message fault: a long path is cut") {
  std::string path;
  for (int i = 0; i < 100; ++i) path += ".child";
  const Error error = UnparsedError({"bad", path}, Tree());
  CHECK(error.message.ends_with(".child.child..."));
  CHECK(error.message.size() < 250);
}

TEST_CASE("message fault: keys are safe to show and short") {
  CHECK(KeyPlace("\x1b[2J") == "[\"\\x1b[2J\"]");
  CHECK(KeyPlace(std::string(100, 'x')) == "[\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...\"]");
  CHECK(IndexPlace(0) == "[0]");
}

}  // namespace
}  // namespace rpcctl
