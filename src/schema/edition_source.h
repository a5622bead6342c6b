// The text of a .proto file of an edition as text that this protobuf's parser takes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace google::protobuf {
class FileDescriptorProto;
}

namespace rpcctl {

// Lines and columns count from 0, a tab as up to 8 columns, as the parser has them.
class EditionSource final {
 public:
  // Whether the first statement of `text` is that of an edition.
  static bool Is(std::string_view text);
  // `text` with `syntax = "proto3"` for its edition and without what proto3 has not; everything else keeps
  // its place, and comments and strings stay untouched. A kSchema error names the place: an edition whose
  // text is not understood, labels and groups, which editions do not have, and reserved names in quotes.
  static Result<EditionSource> Read(std::string_view text, std::string_view shown_path);

  const std::string& text() const { return text_; }
  // The column in the text that was read.
  int Column(int line, int column) const;
  // Puts right what was parsed from text(): it is of the edition, with all its names and places. A kSchema
  // error for names that are reserved in neither a message nor an enum.
  Result<void> Restore(std::string_view shown_path, google::protobuf::FileDescriptorProto& file) const;

 private:
  friend class EditionScan;

  // Names that are reserved without quotes.
  struct Reserved {
    int line;
    int column;
    std::vector<std::string> names;
  };
  Result<void> AddReserved(std::string_view shown_path, google::protobuf::FileDescriptorProto& file) const;

  std::string text_;
  std::vector<Reserved> reserved_;
  // What stands on this line from this column on was moved to the right.
  int moved_line_ = -1;
  int moved_column_ = 0;
  int moved_by_ = 0;
};

}  // namespace rpcctl
