#include "schema/file_name.h"

#include <doctest/doctest.h>
#include <google/protobuf/descriptor.pb.h>

namespace rpcctl {
namespace {

TEST_CASE("file name: it is read wherever it stands, without the rest") {
  google::protobuf::FileDescriptorProto file;
  file.set_name("a/b.proto");
  file.set_package("p");
  file.add_message_type()->set_name("M");
  CHECK(*FileNameOf(file.SerializeAsString()) == "a/b.proto");
  google::protobuf::FileDescriptorProto name_last;
  name_last.set_name("c.proto");
  CHECK(*FileNameOf("\x12\x01p" + name_last.SerializeAsString()) == "c.proto");
}

TEST_CASE("file name: a file without one has the empty name") {
  CHECK(*FileNameOf("") == "");
  CHECK(*FileNameOf("\x12\x01p") == "");
}

TEST_CASE("file name: what is no message is an error") {
  for (const char* bytes : {"\x0a\x05"
                            "ab",
                            "\xff", "\x0b", "\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"}) {
    CHECK_FALSE(FileNameOf(bytes));
  }
}

}  // namespace
}  // namespace rpcctl
