#include "message/wire_reader.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "message/input_error.h"
#include "message/message_check.h"
#include "message/required_fields.h"
#include "message/wire.h"

namespace rpcctl {

using google::protobuf::Descriptor;

WireReader::WireReader(const Descriptor& type, ReadOptions options)
    : type_(type),
      options_{options.allow_unknown, options.allow_missing, Completed(std::move(options.known), type)},
      maker_(options_.known.pool) {}

Result<void> WireReader::Read(std::string_view document, std::string& wire, TextPosition) {
  if (const MaybeFault fault = CheckMessage(type_, options_.known, maker_, document)) {
    return InputError("", "the bytes are no message: " + FaultText(*fault, type_));
  }
  if (Result<void> complete = CheckComplete(document); !complete) return complete;
  wire += document;
  return {};
}

Result<void> WireReader::CheckComplete(std::string_view document) {
  if (options_.allow_missing) return {};
  const std::unique_ptr<google::protobuf::Message> message = maker_.New(type_);
  if (message == nullptr) return InputError("", TooDeep(type_));
  if (!MergeWire(document, *message)) return InputError("", "the bytes are no " + type_.full_name());
  return CheckRequiredFields(*message);
}

}  // namespace rpcctl
