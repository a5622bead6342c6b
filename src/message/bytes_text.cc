#include "message/bytes_text.h"

#include <fmt/format.h>

#include "base/base64.h"
#include "message/input_error.h"

namespace rpcctl {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Result<std::string> FromHex(std::string_view text) {
  if (text.size() % 2 != 0) {
    return InputError("",
                      fmt::format("expected two hexadecimal digits a byte, found {} digits", text.size()));
  }
  std::string bytes;
  for (size_t i = 0; i < text.size(); i += 2) {
    const int high = HexDigit(text[i]);
    const int low = HexDigit(text[i + 1]);
    if (high < 0 || low < 0) {
      return InputError("", fmt::format("{} is not hexadecimal", Quoted(text.substr(i, 2))));
    }
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

Result<std::string> FromBase64(std::string_view text) {
  if (std::optional<std::string> bytes = DecodeBase64(text)) return std::move(*bytes);
  return InputError("", fmt::format("{} is not base64", Quoted(text)));
}

Result<std::string> Verbatim(std::string_view text) {
  return std::string(text);
}

struct Form {
  std::string_view prefix;
  Result<std::string> (*read)(std::string_view);
};

constexpr Form kForms[] = {{"hex:", FromHex}, {"b64:", FromBase64}, {"text:", Verbatim}};

}  // namespace

Result<std::string> ParseBytes(std::string_view text) {
  for (const Form& form : kForms) {
    if (text.starts_with(form.prefix)) return form.read(text.substr(form.prefix.size()));
  }
  return InputError("", fmt::format("expected bytes, found {}", Quoted(text)),
                    "write bytes as hex:00ff, b64:AAE= or text:hi, or take them from a file with =@FILE");
}

}  // namespace rpcctl
