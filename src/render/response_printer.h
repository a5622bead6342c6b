// Prints response messages, one after another, in the format that was asked for.
#pragma once

#include <memory>
#include <string_view>

#include "base/output.h"
#include "base/result.h"
#include "message/format_template.h"
#include "message/json_writer.h"
#include "message/known_types.h"
#include "render/colour.h"

namespace google::protobuf {
class Descriptor;
}

namespace rpcctl {

// Each message is written whole or not at all. Errors: kOutput, or what the message's bytes deserve.
class ResponsePrinter {
 public:
  virtual ~ResponsePrinter() = default;
  // `wire` is one serialized message.
  virtual Result<void> Print(std::string_view wire) = 0;
};

// JSON documents, each ended by a newline. `type`, the pool of `known` and `out` are borrowed for life.
std::unique_ptr<ResponsePrinter> MakeJsonPrinter(const google::protobuf::Descriptor& type, KnownTypes known,
                                                 JsonStyle style, Colour colour, Output& out);
// One line a message from a template.
std::unique_ptr<ResponsePrinter> MakeTemplatePrinter(FormatTemplate format, Output& out);
// Messages in protobuf's text format, separated by lines that hold only "---".
std::unique_ptr<ResponsePrinter> MakeTextPrinter(const google::protobuf::Descriptor& type, KnownTypes known,
                                                 Output& out);
// The bytes as they came, each message after its length as a varint.
std::unique_ptr<ResponsePrinter> MakeBinaryPrinter(Output& out);
// Nothing.
std::unique_ptr<ResponsePrinter> MakeSilentPrinter();

}  // namespace rpcctl
