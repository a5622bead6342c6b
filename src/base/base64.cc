#include "base/base64.h"

#include <array>
#include <cstdint>

namespace rpcctl {
namespace {

constexpr uint8_t kInvalid = 0xff;

constexpr std::array<uint8_t, 256> MakeTable(char character62, char character63) {
  std::array<uint8_t, 256> table{};
  table.fill(kInvalid);
  for (uint8_t i = 0; i < 26; ++i) {
    table['A' + i] = i;
    table['a' + i] = static_cast<uint8_t>(26 + i);
  }
  for (uint8_t i = 0; i < 10; ++i) table['0' + i] = static_cast<uint8_t>(52 + i);
  table[static_cast<uint8_t>(character62)] = 62;
  table[static_cast<uint8_t>(character63)] = 63;
  return table;
}

constexpr std::array<uint8_t, 256> kStandard = MakeTable('+', '/');
constexpr std::array<uint8_t, 256> kUrl = MakeTable('-', '_');

std::string_view WithoutPadding(std::string_view text) {
  if (text.size() % 4 != 0) return text;  // '=' is then as wrong as any other character
  if (text.ends_with("==")) return text.substr(0, text.size() - 2);
  if (text.ends_with('=')) return text.substr(0, text.size() - 1);
  return text;
}

constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

char* PutBase64(std::string_view bytes, char* out) {
  const auto put = [&](uint32_t group, int digits) {
    for (int shift = 18; digits > 0; shift -= 6, --digits) *out++ = kDigits[group >> shift & 0x3F];
  };
  const auto byte = [&](size_t i) { return uint32_t{static_cast<uint8_t>(bytes[i])}; };
  size_t at = 0;
  for (; at + 3 <= bytes.size(); at += 3) put(byte(at) << 16 | byte(at + 1) << 8 | byte(at + 2), 4);
  const size_t left = bytes.size() - at;
  if (left == 1) put(byte(at) << 16, 2);
  if (left == 2) put(byte(at) << 16 | byte(at + 1) << 8, 3);
  for (size_t i = left; i % 3 != 0; ++i) *out++ = '=';
  return out;
}

void AppendBase64(std::string_view bytes, std::string& out) {
  const size_t begin = out.size();
  out.resize(begin + Base64Size(bytes.size()));
  PutBase64(bytes, out.data() + begin);
}

std::string EncodeBase64(std::string_view bytes) {
  std::string text;
  AppendBase64(bytes, text);
  return text;
}

size_t Base64DecodedSize(std::string_view text) {
  const size_t characters = WithoutPadding(text).size();
  return characters / 4 * 3 + characters % 4 * 3 / 4;
}

bool DecodeBase64Into(std::string_view text, char* out) {
  text = WithoutPadding(text);
  if (text.size() % 4 == 1) return false;
  const bool url = text.find_first_of("-_") != std::string_view::npos;
  const std::array<uint8_t, 256>& table = url ? kUrl : kStandard;
  uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const uint8_t value = table[static_cast<uint8_t>(c)];
    if (value == kInvalid) return false;
    bits = bits << 6 | value;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    *out++ = static_cast<char>(bits >> count);
  }
  return true;
}

std::optional<std::string> DecodeBase64(std::string_view text) {
  std::string bytes(Base64DecodedSize(text), '\0');
  if (!DecodeBase64Into(text, bytes.data())) return std::nullopt;
  return bytes;
}

}  // namespace rpcctl
