#include "schema/outline_writer.h"

#include <google/protobuf/descriptor.h>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

using google::protobuf::SourceLocation;

template <typename Descriptor>
Comments CommentsOfDescriptor(const Descriptor& descriptor) {
  SourceLocation location;
  return descriptor.GetSourceLocation(&location) ? CommentsAt(location) : Comments();
}

// Without the line ends behind the last line.
std::string_view Trimmed(std::string_view text) {
  while (text.ends_with('\n') || text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

Comments CommentsAt(const SourceLocation& location) {
  Comments comments{"", location.leading_comments, location.trailing_comments};
  for (const std::string& paragraph : location.leading_detached_comments) {
    if (!comments.detached.empty()) comments.detached += "\n";
    comments.detached.append(Trimmed(paragraph)).append("\n");
  }
  return comments;
}

Comments CommentsOf(const Symbol& symbol) {
  if (symbol.service) return CommentsOfDescriptor(*symbol.service);
  if (symbol.method) return CommentsOfDescriptor(*symbol.method);
  if (symbol.message) return CommentsOfDescriptor(*symbol.message);
  if (symbol.field) return CommentsOfDescriptor(*symbol.field);
  if (symbol.oneof) return CommentsOfDescriptor(*symbol.oneof);
  if (symbol.enumeration) return CommentsOfDescriptor(*symbol.enumeration);
  return symbol.enum_value ? CommentsOfDescriptor(*symbol.enum_value) : Comments();
}

void OutlineWriter::Line(std::string_view text) {
  text_.append(2 * depth_, ' ').append(text).append("\n");
}

void OutlineWriter::Line(std::string_view text, const Comments& comments) {
  if (!comments.detached.empty()) {
    Gap();
    Comment(comments.detached);
    Gap();
  }
  Comment(comments.leading);
  const std::string trailing = SafeLines(Trimmed(comments.trailing));
  const bool one_line = !trailing.empty() && trailing.find('\n') == std::string::npos;
  Line(one_line ? std::string(text) + "  //" + trailing : text);
  if (!one_line) Comment(trailing);
}

void OutlineWriter::Open(std::string_view text, const Comments& comments) {
  Comments before = comments;
  before.trailing.clear();
  Line(text, before);
  ++depth_;
  if (!comments.trailing.empty()) Comment(comments.trailing);
}

void OutlineWriter::Close() {
  --depth_;
  Line("}");
}

void OutlineWriter::Gap() {
  if (text_.empty() || text_.ends_with("\n\n") || text_.ends_with("{\n")) return;
  text_ += '\n';
}

void OutlineWriter::Comment(std::string_view text) {
  const std::string safe = SafeLines(Trimmed(text));
  std::string_view rest = safe;
  while (!rest.empty()) {
    const size_t end = rest.find('\n');
    std::string line = "//" + std::string(rest.substr(0, end));
    while (line.ends_with(' ')) line.pop_back();
    Line(line);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
}

}  // namespace rpcctl
