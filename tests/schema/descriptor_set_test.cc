#include "schema/descriptor_set.h"

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.pb.h>

#include "tests/support/schema_text.h"

namespace rpcctl {
namespace {

using google::protobuf::FileDescriptorSet;

TEST_CASE("descriptor_set: what is put together is a set, and comes apart again byte for byte") {
  const std::vector<SchemaFile> files = {
      TextFile("b.proto", "message B {}"), TextFile("a.proto", ""), {"odd", "\x08\xff\xff"}};
  const std::string bytes = JoinDescriptorSet(files);
  const auto split = SplitDescriptorSet(bytes);
  REQUIRE(split);
  REQUIRE(split->size() == 3);
  for (size_t i = 0; i < 3; ++i) CHECK((*split)[i] == files[i].bytes);
}

TEST_CASE("descriptor_set: protobuf reads it as well") {
  FileDescriptorSet set;
  REQUIRE(
      set.ParseFromString(JoinDescriptorSet(std::vector<SchemaFile>{TextFile("a.proto", "message A {}")})));
  REQUIRE(set.file_size() == 1);
  CHECK(set.file(0).message_type(0).name() == "A");
}

TEST_CASE("descriptor_set: other fields are passed over") {
  const std::vector<SchemaFile> files = {TextFile("a.proto", "message A {}")};
  const std::string bytes = "\x10\x07" + JoinDescriptorSet(files) + "\x1a\x01x";
  const auto split = SplitDescriptorSet(bytes);
  REQUIRE(split);
  REQUIRE(split->size() == 1);
  CHECK(split->front() == files[0].bytes);
}

TEST_CASE("descriptor_set: nothing is a set of nothing") {
  CHECK(SplitDescriptorSet("")->empty());
  CHECK(JoinDescriptorSet({}).empty());
}

TEST_CASE("descriptor_set: a set that is cut anywhere is none, or one with fewer files") {
  const std::vector<SchemaFile> files = {TextFile("a.proto", "message A {}"),
                                         TextFile("b.proto", "message B {}")};
  const std::string whole = JoinDescriptorSet(files);
  const size_t first = JoinDescriptorSet(std::span(files).first(1)).size();
  for (size_t length = 1; length < whole.size(); ++length) {
    CAPTURE(length);
    CHECK(SplitDescriptorSet(whole.substr(0, length)).has_value() == (length == first));
  }
}

TEST_CASE("descriptor_set: a length that lies is no set") {
  CHECK_FALSE(
      SplitDescriptorSet("\x0a\x05"
                         "ab"));
  CHECK_FALSE(
      SplitDescriptorSet("\x0a\xff\xff\xff\xff\x0f"
                         "ab"));
  CHECK_FALSE(
      SplitDescriptorSet("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"
                         "ab"));
  CHECK_FALSE(SplitDescriptorSet("\x0b"));
  CHECK_FALSE(SplitDescriptorSet("\x0c"));
  CHECK_FALSE(SplitDescriptorSet(std::string(1, '\0')));
}

}  // namespace
}  // namespace rpcctl
