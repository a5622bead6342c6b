#include "message/item_files.h"

#include <fmt/format.h>

#include "base/files.h"
#include "base/safe_text.h"
#include "message/input_error.h"

namespace rpcctl {
namespace {

constexpr uint64_t kLargestFile = uint64_t{64} << 20;

bool NamesFile(const Item& item) {
  const bool from_file = item.value_kind == ItemValue::kTextFile || item.value_kind == ItemValue::kJsonFile;
  return item.kind == ItemKind::kAssignment && from_file;
}

// Values that begin with '@' are rare, file names that are mistyped are not; a person may have meant either.
std::string LiteralHint(const Item& item) {
  return SafeText(fmt::format("for a value that begins with '@' write {}:='\"@...\"'", item.path));
}

Result<std::string> Content(const Item& item) {
  if (item.value.empty()) return InputError(item.path, "no file name stands behind '@'", LiteralHint(item));
  if (item.value == "-") {
    return InputError(item.path, "a value is not read from standard input by '-'",
                      "name it as a file, /dev/stdin; a file called '-' is ./-");
  }
  Result<std::string> content = ReadFile(item.value, kLargestFile);
  if (content) return content;
  Error error = AtPlace(item.path, content.error());
  if (item.value_kind == ItemValue::kTextFile) error.hint = LiteralHint(item);
  return error;
}

}  // namespace

Result<std::vector<Item>> LoadItemFiles(std::vector<Item> items) {
  for (Item& item : items) {
    if (!NamesFile(item)) continue;
    Result<std::string> content = Content(item);
    if (!content) return content.error();
    item.value = std::move(*content);
  }
  return items;
}

}  // namespace rpcctl
