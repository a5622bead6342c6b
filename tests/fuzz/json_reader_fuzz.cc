// JSON -> wire: whatever is accepted is a message to protobuf, too, and comes back as the same JSON.
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/fuzz_types.h"
#include "tests/fuzz/json_codec.h"

using namespace rpcctl::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  FuzzInput input(bytes, size);
  JsonCodec& codec = CodecOf(input.Byte());
  std::string wire, json;
  if (!codec.reader.Read(input.rest(), wire)) {
    Require(wire.empty(), "a document that is refused leaves bytes behind");
    return 0;
  }
  Require(ParseByProtobuf(codec.type, wire, 400) != nullptr, "protobuf cannot parse what the reader made");
  const rpcctl::Result<void> written = codec.writer.Write(wire, json);
  if (written) {
    RequireFixedPoint(codec, json);
  } else {
    // JSON of 100 levels may be more levels of messages than the writer takes.
    Require(written.error().message.find("nesting deeper") != std::string::npos,
            "what was read is not written", written.error().message);
  }
  return 0;
}
