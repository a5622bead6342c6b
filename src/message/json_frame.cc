#include "message/json_frame.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

constexpr size_t kLongestKey = 60;
constexpr size_t kLongestPath = 200;

void AppendKey(const JsonFrame& frame, std::string_view json, std::string& path) {
  if (frame.key_offset == JsonFrame::kNoKey) return;
  const std::string key = SafeExcerpt(RawStringAt(json, frame.key_offset), kLongestKey);
  if (frame.kind == FrameKind::kMap) {
    path.append("[").append(key).append("]");
    return;
  }
  if (!path.empty()) path += '.';
  path += key;
}

// The last steps of a long path, which tell more than the first.
std::string Shortened(std::string_view path) {
  const size_t step = path.find_first_of(".[", path.size() - kLongestPath);
  if (step == std::string_view::npos) return std::string(path);
  return fmt::format("...{}", path.substr(path[step] == '.' ? step + 1 : step));
}

}  // namespace

std::string_view RawStringAt(std::string_view json, size_t offset) {
  size_t end = offset + 1;
  while (end < json.size() && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
  return json.substr(offset + 1, std::min(end, json.size()) - offset - 1);
}

std::string FormatPath(std::span<const JsonFrame> frames, std::string_view json, PathEnd end) {
  if (end == PathEnd::kContainer && !frames.empty()) frames = frames.first(frames.size() - 1);
  std::string path;
  for (const JsonFrame& frame : frames) {
    const bool is_array = frame.kind == FrameKind::kArray || frame.kind == FrameKind::kIgnoredArray;
    if (is_array) {
      path.append("[").append(std::to_string(frame.index)).append("]");
    } else {
      AppendKey(frame, json, path);
    }
  }
  if (path.size() > kLongestPath) return Shortened(path);
  return path;
}

}  // namespace rpcctl
