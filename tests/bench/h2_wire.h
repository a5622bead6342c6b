// HTTP/2 frames (RFC 9113) as the benchmark's server and its drain speak them: no more than they need.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rpcctl::bench {

inline constexpr std::string_view kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
inline constexpr size_t kFrameHeader = 9;
inline constexpr uint32_t kLargestWindow = 0x7FFFFFFF;
inline constexpr uint32_t kFirstWindow = 65535;  // of every connection and stream, until told otherwise

enum FrameType : uint8_t {
  kData = 0,
  kHeaders = 1,
  kResetStream = 3,
  kSettings = 4,
  kPing = 6,
  kGoAway = 7,
  kWindowUpdate = 8,
};

enum FrameFlag : uint8_t { kEndStream = 1, kAck = 1, kEndHeaders = 4 };

enum Setting : uint16_t { kInitialWindow = 4 };

// A frame without its content.
struct Frame {
  uint32_t length;
  uint8_t type;
  uint8_t flags;
  uint32_t stream;
};

uint32_t ReadNumber(std::string_view bytes);  // the first four, most significant first
void AppendNumber(uint32_t number, std::string& out);
Frame ReadFrame(std::string_view bytes);  // the first kFrameHeader of them
void AppendFrame(uint8_t type, uint8_t flags, uint32_t stream, std::string_view content, std::string& out);
void AppendSetting(Setting setting, uint32_t value, std::string& out);
void AppendWindowUpdate(uint32_t stream, uint32_t more, std::string& out);
// A header field as a literal, without a table.
void AppendField(std::string_view name, std::string_view value, std::string& out);
// A gRPC message behind its prefix.
std::string WithPrefix(std::string_view message);

// Writes all of `bytes` to a blocking socket; false when the peer is gone.
bool SendAll(int descriptor, std::string_view bytes);

}  // namespace rpcctl::bench
