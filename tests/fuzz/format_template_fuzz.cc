// A template on the first line and the wire bytes of a message behind it: never a crash, an error leaves
// nothing behind.
#include <string>

#include "message/format_template.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/fuzz_types.h"

using namespace rpcctl;
using namespace rpcctl::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  FuzzInput input(bytes, size);
  const google::protobuf::Descriptor& type = TypeOf(input.Byte());
  Result<FormatTemplate> format = FormatTemplate::Parse(input.Until('\n'), type, FuzzKnownTypes());
  if (!format) return 0;
  std::string out = "before", again = "before";
  const Result<void> written = format->Write(input.rest(), out);
  Require(bool(written) || out == "before", "a message that is refused leaves text behind", out);
  Require(bool(format->Write(input.rest(), again)) == bool(written) && again == out,
          "a message is printed in another way the second time", out, again);
  return 0;
}
