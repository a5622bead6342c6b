#include "cmd/rpcctl/header_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/files.h"
#include "base/safe_text.h"
#include "cmd/rpcctl/option_error.h"

namespace rpcctl {
namespace {

constexpr uint64_t kMostFileBytes = 1 << 20;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool IsNameCharacter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

// A header as it was typed; `where` it was, for messages.
struct Written {
  std::string text;
  std::string where;
  bool is_secret = false;
};

class HeaderReader final {
 public:
  HeaderReader(const Surroundings& around, bool expand) : around_(around), expand_(expand) {}

  Result<void> AddFile(const std::string& path, Metadata& metadata) const;
  Result<void> AddAll(const std::vector<std::string>& headers, std::string_view option,
                      Metadata& metadata) const;

 private:
  Result<void> Add(Written header, Metadata& metadata) const;
  Result<void> Expand(Written& header) const;
  Result<std::string> ValueOf(std::string_view reference) const;

  const Surroundings& around_;
  const bool expand_;
};

// `reference` is what stands between "${" and the end of the text.
Result<std::string> HeaderReader::ValueOf(std::string_view reference) const {
  const std::string name(reference.substr(0, reference.find('}')));
  const bool is_name = !name.empty() && std::all_of(name.begin(), name.end(), IsNameCharacter);
  if (name.size() == reference.size() || !is_name) {
    return Error{ErrorKind::kUsage, "after '${' the name of a variable and '}' are expected",
                 "without --expand-env '${' is sent as it is"};
  }
  std::optional<std::string> value = around_.environment(name);
  if (value) return std::move(*value);
  return Error{ErrorKind::kUsage, fmt::format("the environment has no variable '{}'", name)};
}

// Replaces each ${NAME} behind the header's name.
Result<void> HeaderReader::Expand(Written& header) const {
  const std::string_view text = header.text;
  size_t copied = std::min(text.find(':', 1), text.size());
  std::string expanded(text.substr(0, copied));
  for (size_t start = text.find("${", copied); start != std::string_view::npos;
       start = text.find("${", copied)) {
    Result<std::string> value = ValueOf(text.substr(start + 2));
    if (!value) return AboutOption(header.where, value.error());
    expanded.append(text, copied, start - copied).append(*value);
    copied = text.find('}', start) + 1;
    header.is_secret = true;
  }
  header.text = expanded.append(text.substr(copied));
  return {};
}

Result<void> HeaderReader::Add(Written header, Metadata& metadata) const {
  if (expand_) {
    if (Result<void> done = Expand(header); !done) return done.error();
  }
  Result<MetadataEntry> entry = ParseMetadata(header.text);
  if (!entry) return AboutOption(header.where, entry.error());
  entry->is_secret = header.is_secret;
  metadata.push_back(std::move(*entry));
  return {};
}

Result<void> HeaderReader::AddAll(const std::vector<std::string>& headers, std::string_view option,
                                  Metadata& metadata) const {
  for (const std::string& header : headers) {
    if (Result<void> added = Add({header, std::string(option)}, metadata); !added) return added.error();
  }
  return {};
}

std::string_view TakeLine(std::string_view& text) {
  const size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

Result<void> HeaderReader::AddFile(const std::string& path, Metadata& metadata) const {
  if (path == "-") {
    return Error{ErrorKind::kUsage, "--header-file: '-' is no file",
                 "--header-file /dev/stdin reads standard input"};
  }
  Result<std::string> content = ReadFile(path, kMostFileBytes);
  if (!content) return AboutOption("--header-file", content.error());
  std::string_view rest = *content;
  if (rest.starts_with(kByteOrderMark)) rest.remove_prefix(kByteOrderMark.size());
  for (size_t number = 1; !rest.empty(); ++number) {
    const std::string_view line = TakeLine(rest);
    const size_t first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos || line[first] == '#') continue;
    const std::string where = fmt::format("--header-file: {}:{}", SafeText(path), number);
    // The line itself may be a secret, so that it is not shown.
    if (line.find(':') == std::string_view::npos)
      return Error{ErrorKind::kUsage, where + ": the line has no ':'", "write it as 'name: value'"};
    Result<void> added = Add({std::string(line.substr(first)), where, true}, metadata);
    if (!added) return added.error();
  }
  return {};
}

}  // namespace

Result<HeaderPlan> MakeHeaderPlan(const ConnectionFlags& flags, const Surroundings& around) {
  const HeaderReader reader(around, flags.expand_environment);
  HeaderPlan plan;
  for (const std::string& path : flags.header_files) {
    if (Result<void> added = reader.AddFile(path, plan.call); !added) return added.error();
  }
  if (Result<void> added = reader.AddAll(flags.headers, "--header", plan.call); !added) return added.error();
  plan.reflection = plan.call;
  Result<void> added = reader.AddAll(flags.call_headers, "--call-header", plan.call);
  if (!added) return added.error();
  added = reader.AddAll(flags.reflection_headers, "--reflect-header", plan.reflection);
  if (!added) return added.error();
  return plan;
}

}  // namespace rpcctl
