#include "tests/support/h2_answers.h"

#include <algorithm>

namespace rpcctl::testing {

std::string FrameBytes(uint8_t type, uint8_t flags, uint32_t stream, std::string_view content) {
  std::string bytes;
  AppendFrame(type, flags, stream, content, bytes);
  return bytes;
}

std::string NumberBytes(uint32_t number) {
  std::string bytes;
  AppendNumber(number, bytes);
  return bytes;
}

std::string BlockOf(const Fields& fields) {
  std::string block;
  for (const auto& [name, value] : fields) AppendField(name, value, block);
  return block;
}

std::string HeadersBytes(uint32_t stream, const Fields& fields, uint8_t flags, size_t largest) {
  const std::string block = BlockOf(fields);
  std::string bytes;
  for (size_t at = 0; at == 0 || at < block.size(); at += largest) {
    const bool is_last = at + largest >= block.size();
    const uint8_t end = is_last ? kEndHeaders : 0;
    const auto frame_flags = static_cast<uint8_t>(at == 0 ? flags | end : end);
    const std::string_view part = std::string_view(block).substr(at, largest);
    AppendFrame(at == 0 ? kHeaders : kContinuation, frame_flags, stream, part, bytes);
  }
  return bytes;
}

std::string DataBytes(uint32_t stream, std::string_view data, uint8_t flags, int padding) {
  if (padding < 0) return FrameBytes(kData, flags, stream, data);
  std::string content(1, static_cast<char>(padding));
  content += data;
  content.append(static_cast<size_t>(padding), '\0');
  return FrameBytes(kData, static_cast<uint8_t>(flags | kPadded), stream, content);
}

std::string ResetBytes(uint32_t stream, uint32_t code) {
  return FrameBytes(kResetStream, 0, stream, NumberBytes(code));
}

std::string GoAwayBytes(uint32_t last_stream, uint32_t code, std::string_view text) {
  return FrameBytes(kGoAway, 0, 0, NumberBytes(last_stream) + NumberBytes(code) + std::string(text));
}

std::string PingBytes(std::string_view eight, uint8_t flags) {
  return FrameBytes(kPing, flags, 0, eight);
}

std::string SettingsBytes(std::initializer_list<std::pair<uint16_t, uint32_t>> settings, uint8_t flags) {
  std::string content;
  for (const auto& [setting, value] : settings) AppendSetting(setting, value, content);
  return FrameBytes(kSettings, flags, 0, content);
}

std::string WindowBytes(uint32_t stream, uint32_t more) {
  return FrameBytes(kWindowUpdate, 0, stream, NumberBytes(more));
}

Fields AnswerFields(const Fields& more) {
  Fields fields = {{":status", "200"}, {"content-type", "application/grpc"}};
  fields.insert(fields.end(), more.begin(), more.end());
  return fields;
}

std::string AnswerHeaders(uint32_t stream, const Fields& more) {
  return HeadersBytes(stream, AnswerFields(more));
}

std::string MessageBytes(uint32_t stream, std::string_view message, uint8_t flag) {
  return DataBytes(stream, WithPrefix(message, flag));
}

std::string Trailers(uint32_t stream, std::string_view status, const Fields& more) {
  Fields fields = {{"grpc-status", std::string(status)}};
  fields.insert(fields.end(), more.begin(), more.end());
  return HeadersBytes(stream, fields, kEndStream);
}

std::string WholeAnswer(uint32_t stream, const std::vector<std::string>& messages, std::string_view status,
                        const Fields& more) {
  std::string bytes = AnswerHeaders(stream);
  for (const std::string& message : messages) bytes += MessageBytes(stream, message);
  return bytes + Trailers(stream, status, more);
}

}  // namespace rpcctl::testing
