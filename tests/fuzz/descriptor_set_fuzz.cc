// A descriptor set: what a server answers to reflection comes the same way.
#include "schema/descriptor_set_source.h"
#include "schema/schema_source.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/schema_walk.h"
#include "tests/support/temporary_directory.h"

using namespace rpcctl;
using namespace rpcctl::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  static const TemporaryDirectory folder;
  const std::string_view input = FuzzInput(bytes, size).rest();
  const std::string paths[] = {folder.Write("input.protoset", input)};
  Result<std::unique_ptr<SchemaSource>> source = OpenDescriptorSets(paths);
  if (source) WalkSchema(std::move(*source), input);
  return 0;
}
