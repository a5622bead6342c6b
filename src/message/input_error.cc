#include "message/input_error.h"

#include <fmt/format.h>

#include "base/safe_text.h"

namespace rpcctl {
namespace {

constexpr size_t kLongestQuote = 80;

}  // namespace

Error InputError(std::string_view place, std::string_view what, std::string_view hint) {
  return AtPlace(place, Error{ErrorKind::kInput, SafeText(what), SafeLines(hint)});
}

Error AtPlace(std::string_view place, Error error) {
  if (!place.empty()) error.message = SafeText(place) + ": " + error.message;
  return error;
}

std::string Quoted(std::string_view text) {
  return fmt::format("'{}'", SafeExcerpt(text, kLongestQuote));
}

}  // namespace rpcctl
