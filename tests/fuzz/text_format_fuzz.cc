// Text format -> wire -> text format: what is written reads back as the same message.
#include <array>
#include <memory>
#include <string>

#include "message/text_reader.h"
#include "message/text_writer.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/fuzz_types.h"

using namespace rpcctl;
using namespace rpcctl::fuzz;

namespace {

struct TextCodec {
  explicit TextCodec(const google::protobuf::Descriptor& type)
      : reader(type, {.allow_missing = true, .known = FuzzKnownTypes()}), writer(type, FuzzKnownTypes()) {}

  TextReader reader;
  TextWriter writer;
};

TextCodec& CodecOf(uint8_t choice) {
  static std::array<std::unique_ptr<TextCodec>, 256> codecs;
  std::unique_ptr<TextCodec>& codec = codecs[choice];
  if (codec == nullptr) codec = std::make_unique<TextCodec>(TypeOf(choice));
  return *codec;
}

void RequireWritten(TextCodec& codec, const std::string& wire, std::string& text) {
  const Result<void> written = codec.writer.Write(wire, text);
  Require(bool(written), "what was read is not written", written ? "" : written.error().message);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  FuzzInput input(bytes, size);
  const uint8_t choice = input.Byte();
  TextCodec& codec = CodecOf(choice);
  std::string wire, text;
  if (!codec.reader.Read(input.rest(), wire, {})) return 0;
  Require(ParseByProtobuf(TypeOf(choice), wire, 200) != nullptr,
          "protobuf cannot parse what the reader made");
  RequireWritten(codec, wire, text);
  std::string wire_again, text_again;
  const Result<void> read = codec.reader.Read(text, wire_again, {});
  Require(bool(read), "the reader refuses what the writer wrote", text, read ? "" : read.error().message);
  RequireWritten(codec, wire_again, text_again);
  // The bytes may differ: those inside an Any are as they were given.
  Require(text_again == text, "what was written and read is written in another way", text, text_again);
  return 0;
}
