// Where a test finds what belongs to it. Only paths.cc knows the folders: the other objects are the same in
// every clone, so a compiler cache serves them all.
#pragma once

#include <string>
#include <string_view>

namespace rpcctl::testing {

// The path of a file of tests/data, of one of tests/support/editions (which Debian's protoc cannot read), and
// of one of proto.
std::string TestDataPath(std::string_view name);
std::string EditionPath(std::string_view name);
std::string ProtoPath(std::string_view name);

}  // namespace rpcctl::testing
