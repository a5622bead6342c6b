#include "script/recording.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <vector>

#include "base/safe_text.h"
#include "base/shell_word.h"
#include "message/message_json.h"
#include "message/message_parser.h"
#include "script/message_place.h"

namespace rpcctl {
namespace {

using google::protobuf::FieldDescriptor;

// Longer values say more to a machine than to a person.
constexpr size_t kLongestValue = 200;

}  // namespace

std::string ExpectationsOf(const google::protobuf::Descriptor& type, std::string_view wire,
                           std::string_view before, const KnownTypes& known) {
  MessageParser parser(type, known);
  if (parser.Parse(wire)) return "";
  MessageJson json(parser.known());
  std::vector<const FieldDescriptor*> fields;
  parser.message().GetReflection()->ListFields(parser.message(), &fields);
  std::string lines;
  for (const FieldDescriptor* field : fields) {
    const std::string path = field->is_extension() ? ".[" + field->full_name() + "]" : "." + field->name();
    const Result<MessagePlace> place = MessagePlace::Parse(path, type, parser.known().find_named_extension);
    if (!place) continue;
    const ActualValue actual = place->Look(parser.message(), &json);
    const std::string& value = actual.typed ? actual.text : actual.json;
    if (value.size() > kLongestValue || SafeText(value) != value) continue;
    lines += "  expect " + std::string(before) + path + " == " + ShellWord(value) + "\n";
  }
  return lines;
}

}  // namespace rpcctl
