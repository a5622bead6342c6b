// A place in messages of a type, as a person names it: "location.latitude", "tags[0].name", "labels.env".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "message/known_types.h"

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
}  // namespace google::protobuf

namespace rpcctl {

// One field on the way, and which element or map value of it; without either the whole field. Or the message
// that is in an Any.
struct FormatStep {
  enum class Choice { kWhole, kElement, kMapValue, kContent };
  const google::protobuf::FieldDescriptor* field;  // null with kContent
  Choice choice = Choice::kWhole;
  int index = 0;                                          // with kElement
  std::string key = {};                                   // with kMapValue, as MapKeyText has it
  const google::protobuf::Descriptor* content = nullptr;  // with kContent
};

// Fields by their name in the file or in JSON, an extension as "[pkg.ext]", an element as "tags.0" or
// "tags[0]", a map value as "labels.env" or "labels[a.b]", the URL of the type in an Any as "any.@type".
// Never empty. Extensions are those that `find_extension` knows. What is in an Any is "any[pkg.Type]", where
// `find_content` is given, and of the types that it knows. Errors are kUsage, without saying which option it
// was: a path that `type` does not have, with the nearest names as the hint.
Result<std::vector<FormatStep>> ParseFormatPath(std::string_view path,
                                                const google::protobuf::Descriptor& type,
                                                const NamedExtensionFinder& find_extension,
                                                const TypeFinder& find_content = {});

}  // namespace rpcctl
