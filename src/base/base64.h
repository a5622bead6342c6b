// Base64, RFC 4648.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace rpcctl {

// The standard alphabet, padded; appended to `out`, or as a string of its own.
void AppendBase64(std::string_view bytes, std::string& out);
std::string EncodeBase64(std::string_view bytes);

// The same into Base64Size(bytes.size()) bytes at `out`; the end of what was written.
constexpr size_t Base64Size(size_t bytes) {
  return (bytes + 2) / 3 * 4;
}
char* PutBase64(std::string_view bytes, char* out);

// The bytes that `text` stands for: the standard alphabet or that of URLs, padding optional, no white space;
// nullopt for anything else.
std::optional<std::string> DecodeBase64(std::string_view text);

// The same without an allocation: the number of bytes `text` stands for when it is base64, and those bytes
// written to `out`; false, with whatever in `out`, when it is not.
size_t Base64DecodedSize(std::string_view text);
bool DecodeBase64Into(std::string_view text, char* out);

}  // namespace rpcctl
