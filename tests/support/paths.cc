#include "tests/support/paths.h"

namespace rpcctl::testing {

std::string TestDataPath(std::string_view name) {
  return std::string(RPCCTL_TEST_DATA "/").append(name);
}

std::string EditionPath(std::string_view name) {
  return std::string(RPCCTL_TEST_DATA "/../support/editions/").append(name);
}

std::string ProtoPath(std::string_view name) {
  return std::string(RPCCTL_PROTO_DIR "/").append(name);
}

}  // namespace rpcctl::testing
