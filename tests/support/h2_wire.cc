#include "tests/support/h2_wire.h"

#include <sys/socket.h>

#include <algorithm>

namespace rpcctl::testing {
namespace {

uint8_t Byte(std::string_view bytes, size_t at) {
  return static_cast<uint8_t>(bytes[at]);
}

// HPACK's string behind its length (RFC 7541, sections 5.1 and 5.2).
void AppendText(std::string_view text, std::string& out) {
  constexpr size_t kLimit = 127;
  size_t length = text.size();
  out += static_cast<char>(std::min(length, kLimit));
  if (length >= kLimit) {
    for (length -= kLimit; length >= 128; length >>= 7) out += static_cast<char>(length | 128);
    out += static_cast<char>(length);
  }
  out += text;
}

}  // namespace

uint32_t ReadNumber(std::string_view bytes) {
  uint32_t number = 0;
  for (size_t i = 0; i < 4; ++i) number = (number << 8) | Byte(bytes, i);
  return number;
}

void AppendNumber(uint32_t number, std::string& out) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift);
}

Frame ReadFrame(std::string_view bytes) {
  return {ReadNumber(bytes) >> 8, Byte(bytes, 3), Byte(bytes, 4), ReadNumber(bytes.substr(5))};
}

void AppendFrame(uint8_t type, uint8_t flags, uint32_t stream, std::string_view content, std::string& out) {
  AppendNumber((static_cast<uint32_t>(content.size()) << 8) | type, out);
  out += static_cast<char>(flags);
  AppendNumber(stream, out);
  out += content;
}

void AppendSetting(uint16_t setting, uint32_t value, std::string& out) {
  out += static_cast<char>(setting >> 8);
  out += static_cast<char>(setting);
  AppendNumber(value, out);
}

void AppendWindowUpdate(uint32_t stream, uint32_t more, std::string& out) {
  std::string content;
  AppendNumber(more, content);
  AppendFrame(kWindowUpdate, 0, stream, content, out);
}

void AppendField(std::string_view name, std::string_view value, std::string& out) {
  out += '\0';
  AppendText(name, out);
  AppendText(value, out);
}

std::string WithPrefix(std::string_view message, uint8_t flag) {
  std::string prefixed(1, static_cast<char>(flag));
  AppendNumber(static_cast<uint32_t>(message.size()), prefixed);
  prefixed += message;
  return prefixed;
}

bool SendAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(count));
  }
  return true;
}

}  // namespace rpcctl::testing
