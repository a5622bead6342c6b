// Lines of an outline, indented, with the comments of the source around them.
#pragma once

#include <string>
#include <string_view>

#include "schema/symbol.h"

namespace google::protobuf {
struct SourceLocation;
}

namespace rpcctl {

// The comments that belong to one declaration; empty where its file has none.
struct Comments {
  std::string detached;  // paragraphs before it, apart from it
  std::string leading;
  std::string trailing;

  bool Any() const { return !detached.empty() || !leading.empty() || !trailing.empty(); }
};

Comments CommentsAt(const google::protobuf::SourceLocation& location);
// Of the symbol's declaration.
Comments CommentsOf(const Symbol& symbol);

// Takes the text line by line. Whatever a comment holds, each of its lines becomes one line beginning with
// "//", and nothing in it reaches a terminal as a control.
class OutlineWriter final {
 public:
  // A line of the language, with nothing around it.
  void Line(std::string_view text);
  // The same, with its comments before it and behind it.
  void Line(std::string_view text, const Comments& comments);
  // A line that ends in "{", and what is indented up to Close's "}".
  void Open(std::string_view text, const Comments& comments);
  void Close();
  // An empty line, unless nothing or an opening line or another empty line stands before.
  void Gap();
  // A paragraph of comment on its own.
  void Comment(std::string_view text);

  const std::string& text() const { return text_; }

 private:
  std::string text_;
  size_t depth_ = 0;
};

}  // namespace rpcctl
