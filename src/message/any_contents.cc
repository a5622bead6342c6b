#include "message/any_contents.h"

#include <fmt/format.h>
#include <google/protobuf/any.pb.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>

#include "message/input_error.h"
#include "message/required_fields.h"
#include "message/wire.h"

namespace rpcctl {
namespace {

using google::protobuf::Any;
using google::protobuf::Descriptor;
using google::protobuf::Message;

constexpr std::string_view kUrlPrefix = "type.googleapis.com/";

// By way of the wire, so that a server's own idea of Any can break nothing.
Any KnownAny(const Message& any) {
  Any known;
  known.ParsePartialFromString(any.SerializePartialAsString());
  return known;
}

std::string_view TypeName(std::string_view type_url) {
  return type_url.substr(type_url.rfind('/') + 1);
}

}  // namespace

AnyContents::AnyContents(MessageMaker& maker, const KnownTypes& known) : maker_(maker), known_(known) {}

AnyContents::~AnyContents() = default;

Result<void> AnyContents::SetType(Message& any, std::string_view name) {
  const std::string type_url =
      name.find('/') == name.npos ? std::string(kUrlPrefix).append(name) : std::string(name);
  const Any known = KnownAny(any);
  const bool same = TypeName(known.type_url()) == TypeName(type_url);
  Result<Message*> content = Unpack(any, type_url, same ? known.value() : "");
  if (!content) return content.error();
  return {};
}

Result<Message*> AnyContents::Open(Message& any) {
  for (const Content& content : contents_) {
    if (content.any == &any) return content.message.get();
  }
  const Any known = KnownAny(any);
  if (!known.type_url().empty()) return Unpack(any, known.type_url(), known.value());
  return InputError("", "the type of this google.protobuf.Any is not known yet");
}

Result<void> AnyContents::Pack() {
  for (auto content = contents_.rbegin(); content != contents_.rend(); ++content) {
    Result<void> complete = CheckRequiredFields(*content->message);
    if (!complete) return complete;
    Any known;
    known.set_type_url(content->type_url);
    AppendWire(*content->message, *known.mutable_value());
    content->any->ParsePartialFromString(known.SerializePartialAsString());
  }
  return {};
}

Result<Message*> AnyContents::Unpack(Message& any, std::string_view type_url, std::string_view bytes) {
  Result<std::unique_ptr<Message>> message = NewMessage(TypeName(type_url));
  if (!message) return message.error();
  if (!MergeWire(bytes, **message)) {
    return InputError("", fmt::format("its value does not parse as {}", TypeName(type_url)));
  }
  contents_.push_back({&any, std::string(type_url), std::move(*message)});
  return contents_.back().message.get();
}

Result<std::unique_ptr<Message>> AnyContents::NewMessage(std::string_view type_name) {
  const Descriptor* type = FindTypeInAny(known_, type_name);
  if (type == nullptr) {
    return InputError("", fmt::format("no message type is called {}", Quoted(type_name)),
                      "@type takes the full name of a type that the schema has: pkg.Type");
  }
  std::unique_ptr<Message> message = maker_.New(*type);
  if (message == nullptr) return InputError("", TooDeep(*type));
  return message;
}

}  // namespace rpcctl
