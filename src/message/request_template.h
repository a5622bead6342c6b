// Writes a template as what `rpcctl call` takes: a JSON document, or items.
#pragma once

#include <string>

#include "message/template_tree.h"

namespace rpcctl {

enum class TemplateComments { kOff, kOn };

// An indented JSON document without a newline at its end. Read as a message of the template's type it is the
// same message that the items are.
std::string TemplateAsJson(const TemplateTree& tree);

// What is to be known about the fields of that document, which has no place for it: lines that begin with
// "// ", each ended by a newline. A field is called by its path, in the document's names.
std::string TemplateJsonComments(const TemplateTree& tree);

// Items, one a line, quoted for a shell where needed. With comments, lines that begin with "# " stand before
// the first item of the field they are about.
std::string TemplateAsItems(const TemplateTree& tree, TemplateComments comments);

}  // namespace rpcctl
