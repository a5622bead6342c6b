#include "script/insertion.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kEnvironmentPrefix = "env.";
constexpr std::string_view kHint = "write {{name}}, {{env.NAME}}, {{uuid}}, {{now-5m}} or {{random 1 100}}";

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool IsNameCharacter(char c) {
  return IsLetter(c) || (c >= '0' && c <= '9') || c == '-';
}
bool IsName(std::string_view text) {
  return !text.empty() && IsLetter(text[0]) && std::ranges::all_of(text, IsNameCharacter);
}

std::vector<std::string_view> SplitAtBlanks(std::string_view text) {
  std::vector<std::string_view> parts;
  for (size_t at = text.find_first_not_of(kBlanks); at != std::string_view::npos;) {
    const size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = text.find_first_not_of(kBlanks, end);
  }
  return parts;
}

Error Unknown(std::string_view inside) {
  return {ErrorKind::kUsage, fmt::format("'{{{{{}}}}}' is nothing that can be filled in", SafeText(inside)),
          std::string(kHint)};
}

std::optional<int64_t> WholeNumber(std::string_view text) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Result<Insertion> ParseRandom(std::string_view inside, const std::vector<std::string_view>& parts) {
  if (parts.size() != 3) return Unknown(inside);
  const std::optional<int64_t> low = WholeNumber(parts[1]);
  const std::optional<int64_t> high = WholeNumber(parts[2]);
  if (!low || !high || *low > *high) {
    return Error{ErrorKind::kUsage,
                 fmt::format("'{{{{{}}}}}' needs two whole numbers, the smaller one first", SafeText(inside)),
                 "write {{random 1 100}}"};
  }
  return Insertion{.kind = Insertion::Kind::kRandom, .name = {}, .low = *low, .high = *high, .place = {}};
}

// `offset` is "", "-5m" or "+1h".
Result<Insertion> ParseNow(std::string_view inside, std::string_view offset) {
  Insertion insertion{.kind = Insertion::Kind::kNow, .name = {}, .place = {}};
  if (offset.empty()) return insertion;
  const bool is_minus = offset[0] == '-';
  if (!is_minus && offset[0] != '+') return Unknown(inside);
  const Result<Duration> length = ParseDuration(offset.substr(1));
  if (!length) return Error{ErrorKind::kUsage, length.error().message, length.error().hint};
  insertion.offset = is_minus ? -*length : *length;
  return insertion;
}

}  // namespace

bool IsVariableName(std::string_view name) {
  return IsName(name) && name != "uuid" && name != "random" && name != "env" && name != "now" &&
         !name.starts_with("now-");
}

Result<Insertion> ParseInsertion(std::string_view inside) {
  const std::vector<std::string_view> parts = SplitAtBlanks(inside);
  if (parts.empty()) return Unknown(inside);
  if (parts[0] == "random") return ParseRandom(inside, parts);
  if (parts.size() != 1) return Unknown(inside);
  const std::string_view word = parts[0];
  if (word == "uuid") return Insertion{.kind = Insertion::Kind::kUuid, .name = {}, .place = {}};
  if (word == "now" || word.starts_with("now-") || word.starts_with("now+"))
    return ParseNow(inside, word.substr(3));
  if (word.starts_with(kEnvironmentPrefix)) {
    const std::string_view name = word.substr(kEnvironmentPrefix.size());
    if (!IsName(name)) return Unknown(inside);
    return Insertion{.kind = Insertion::Kind::kEnvironment, .name = std::string(name), .place = {}};
  }
  if (!IsVariableName(word)) return Unknown(inside);
  return Insertion{.kind = Insertion::Kind::kVariable, .name = std::string(word), .place = {}};
}

}  // namespace rpcctl
