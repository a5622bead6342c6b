// How a JSON document of a message looks, where ProtoJSON leaves a choice.
#pragma once

namespace rpcctl {

enum class JsonLayout {
  kCompact,   // one line without spaces
  kIndented,  // one member or element a line, two spaces a level
};

struct JsonStyle {
  JsonLayout layout = JsonLayout::kCompact;
  bool proto_names = false;  // names as in the .proto file instead of lowerCamelCase
  bool defaults = false;     // fields without presence are printed even when they hold their default
};

}  // namespace rpcctl
