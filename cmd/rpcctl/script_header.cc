#include "cmd/rpcctl/script_header.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/shell_word.h"
#include "base/text.h"
#include "transport/metadata.h"

namespace rpcctl {
namespace {

// What stands before a credential, and is none.
constexpr std::array<std::string_view, 3> kSchemes = {"bearer", "basic", "token"};

// Text that stands for itself, or the name of a variable.
struct Piece {
  std::string text;
  bool is_variable = false;
};
using Pieces = std::vector<Piece>;

// "Bearer ${TOKEN}" in its pieces. That every "${" has its "}" was seen when the header was read.
Pieces PiecesOf(std::string_view value, EnvironmentNames names) {
  Pieces pieces;
  while (!value.empty()) {
    const size_t start = names == EnvironmentNames::kExpanded ? value.find("${") : std::string_view::npos;
    const size_t end = start == std::string_view::npos ? start : value.find('}', start);
    if (end == std::string_view::npos) {
      pieces.push_back({std::string(value)});
      break;
    }
    if (start > 0) pieces.push_back({std::string(value.substr(0, start))});
    pieces.push_back({std::string(value.substr(start + 2, end - start - 2)), true});
    value.remove_prefix(end + 1);
  }
  return pieces;
}

// Whether nothing in it is a secret but what its variables hold.
bool HidesItself(const Pieces& pieces) {
  const bool has_variable = std::ranges::any_of(pieces, &Piece::is_variable);
  return has_variable && std::ranges::all_of(pieces, [](const Piece& piece) {
           const std::string_view text = piece.text;
           const size_t begin = text.find_first_not_of(' ');
           if (piece.is_variable || begin == std::string_view::npos) return true;
           const std::string word = ToLowerAscii(text.substr(begin, text.find_last_not_of(' ') + 1 - begin));
           return std::ranges::find(kSchemes, word) != kSchemes.end();
         });
}

// "X_API_KEY" for "x-api-key".
std::string VariableName(const std::string& header) {
  std::string name;
  for (const char c : header) {
    const bool is_letter = c >= 'a' && c <= 'z';
    const bool is_digit = c >= '0' && c <= '9';
    name += is_letter ? static_cast<char>(c - 'a' + 'A') : is_digit ? c : '_';
  }
  return name.front() >= '0' && name.front() <= '9' ? "_" + name : name;
}

// One word of a script: in double quotes where that is all it takes, otherwise piece by piece.
std::string WordOf(const Pieces& pieces) {
  std::string quoted = "\"";
  std::string joined;
  bool is_simple = true;
  for (const Piece& piece : pieces) {
    const std::string insertion = "{{env." + piece.text + "}}";
    quoted += piece.is_variable ? insertion : piece.text;
    joined += piece.is_variable ? insertion : ShellWord(piece.text);
    is_simple = is_simple && (piece.is_variable || piece.text.find_first_of("\"\\$`{") == std::string::npos);
  }
  const bool has_variable = std::ranges::any_of(pieces, &Piece::is_variable);
  return has_variable && is_simple ? quoted + "\"" : joined;
}

}  // namespace

Result<ScriptHeader> MakeScriptHeader(std::string_view typed, EnvironmentNames names) {
  const Result<MetadataEntry> entry = ParseMetadata(typed);
  // With ${NAME} in it a "-bin" value is no base64 yet.
  if (!entry && names == EnvironmentNames::kVerbatim) return entry.error();
  const size_t colon = std::min(typed.find(':', 1), typed.size());
  const std::string name = entry ? entry->name : ToLowerAscii(typed.substr(0, colon));
  const std::string_view behind = typed.substr(std::min(colon + 1, typed.size()));
  const size_t begin = std::min(behind.find_first_not_of(" \t"), behind.size());
  ScriptHeader header;
  Pieces pieces = PiecesOf(behind.substr(begin, behind.find_last_not_of(" \t") + 1 - begin), names);
  if (IsSecretName(name) && !HidesItself(pieces)) {
    pieces = {{VariableName(name), true}};
    header.hides = true;
  }
  for (const Piece& piece : pieces) {
    if (piece.is_variable) header.variables.push_back(piece.text);
  }
  pieces.insert(pieces.begin(), {name + ": "});
  // Texts beside each other are one.
  if (pieces.size() > 1 && !pieces[1].is_variable) {
    pieces[0].text += pieces[1].text;
    pieces.erase(pieces.begin() + 1);
  }
  header.word = WordOf(pieces);
  return header;
}

}  // namespace rpcctl
