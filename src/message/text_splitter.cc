#include "message/text_splitter.h"

#include <fmt/format.h>

#include "base/size.h"

namespace rpcctl {
namespace {

bool IsSeparator(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line == "---";
}

}  // namespace

Result<std::optional<Document>> TextSplitter::Next() {
  const auto refused = [this]() -> Result<std::optional<Document>> {
    return Error{ErrorKind::kInput, fmt::format("line {}: the message that begins here is larger than {}",
                                                first_line_, FormatSize(limit_))};
  };
  if (ended_) return std::optional<Document>();
  const bool complete = FindSeparator();
  if (line_start_ > limit_) return refused();
  if (complete) return std::optional<Document>(Take(line_start_, line_end_ - line_start_));
  const std::string_view rest = buffer_.rest();
  if (rest.size() > limit_ + sizeof "---\r\n") return refused();
  if (!finished_) return std::optional<Document>();
  ended_ = true;
  const bool only_space = rest.find_first_not_of(" \t\r\n") == std::string_view::npos;
  if (number_ == 0 && only_space) return std::optional<Document>();
  return std::optional<Document>(Take(rest.size(), 0));
}

// Goes on to the next separator, which is then the current line; false where it has not come yet.
bool TextSplitter::FindSeparator() {
  const std::string_view rest = buffer_.rest();
  for (;;) {
    const size_t line_break = rest.find('\n', line_end_);
    if (line_break == std::string_view::npos && !finished_) {
      line_end_ = rest.size();  // looked through; what comes next may end the line
      return false;
    }
    line_end_ = line_break == std::string_view::npos ? rest.size() : line_break + 1;
    if (line_end_ > line_start_ && IsSeparator(rest.substr(line_start_, line_end_ - line_start_)))
      return true;
    if (line_break == std::string_view::npos) return false;
    line_start_ = line_end_;
    ++lines_;
  }
}

// The message of the first `size` bytes, behind which `separator` bytes are left out.
Document TextSplitter::Take(size_t size, size_t separator) {
  const Document document{buffer_.rest().substr(0, size), ++number_, first_line_, 1};
  buffer_.Use(size + separator);
  first_line_ += lines_ + 1;
  line_start_ = line_end_ = lines_ = 0;
  return document;
}

}  // namespace rpcctl
