// A .proto file, as somebody wrote it.
#include "schema/proto_file_source.h"
#include "schema/schema_source.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/schema_walk.h"
#include "tests/support/temporary_directory.h"

using namespace rpcctl;
using namespace rpcctl::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  static const TemporaryDirectory folder;
  const std::string_view input = FuzzInput(bytes, size).rest();
  const std::string path = folder.Write("input.proto", input);
  Result<std::unique_ptr<SchemaSource>> source = OpenProtoFiles({.paths = {path}, .roots = {}});
  if (source) WalkSchema(std::move(*source), input);
  return 0;
}
