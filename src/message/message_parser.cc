#include "message/message_parser.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/stubs/logging.h>

#include <limits>

#include "message/lowered_wire.h"
#include "message/message_check.h"
#include "message/type_links.h"

namespace rpcctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::LogSilencer;
using google::protobuf::Message;

// A cleared message keeps the memory of the largest one it held; beyond this size a new one is made.
constexpr size_t kLargestReused = 65'536;

// Reads `wire`, which CheckWire has passed, into the empty `message`.
MaybeFault Fill(Message& message, std::string_view wire) {
  if (wire.size() > std::numeric_limits<int>::max()) return MessageFault{"more than 2 GiB"};
  // protobuf says on stderr that a proto2 string is not UTF-8; the document shows it.
  const LogSilencer silencer;
  const bool lowered = MeetsLowered(*message.GetDescriptor(), wire);
  const std::string rewritten = lowered ? ToLowered(*message.GetDescriptor(), wire) : "";
  if (lowered) wire = rewritten;
  if (message.ParsePartialFromArray(wire.data(), static_cast<int>(wire.size()))) {
    if (lowered) ClearImplicitZeros(message);
    return std::nullopt;
  }
  return MessageFault{"malformed data"};
}

}  // namespace

MessageParser::MessageParser(const Descriptor& type, KnownTypes known)
    : type_(type), known_(Completed(std::move(known), type)), maker_(known_.pool) {}

MessageParser::~MessageParser() = default;

MaybeFault MessageParser::Parse(std::string_view wire) {
  if (outgrown_) message_ = maker_.New(type_);
  if (message_ == nullptr)
    return MessageFault{fmt::format("types linked more than {} deep", kDeepestTypeLinks)};
  outgrown_ = wire.size() > kLargestReused;
  message_->Clear();
  if (MaybeFault fault = CheckMessage(type_, known_, maker_, wire)) return fault;
  return Fill(*message_, wire);
}

std::unique_ptr<Message> MessageParser::ParseNested(const Descriptor& type, std::string_view wire,
                                                    int depth) {
  if (CheckMessage(type, known_, maker_, wire, depth)) return nullptr;
  std::unique_ptr<Message> message = maker_.New(type);
  if (message == nullptr || Fill(*message, wire)) return nullptr;
  return message;
}

}  // namespace rpcctl
