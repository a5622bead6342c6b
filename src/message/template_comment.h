// What is worth knowing about one field of a template.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "message/template_tree.h"

namespace rpcctl {

// "location: message pkg.Point", with the values of an enum and the other members of a oneof, then the lines
// of the source's comments, indented. `path` is how the field is called. Every line is safe to show; there
// are at most 21, none longer than about 2 KiB.
std::vector<std::string> TemplateComment(const TemplateNode& node, std::string_view path);

}  // namespace rpcctl
