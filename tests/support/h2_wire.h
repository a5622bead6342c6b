// HTTP/2 frames (RFC 9113) and gRPC's framing, as servers of tests and of the benchmark speak them: no more
// than they need, and nothing is checked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rpcctl::testing {

inline constexpr std::string_view kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
inline constexpr size_t kFrameHeader = 9;
inline constexpr size_t kLargestFrame = 16384;  // unless a peer allows more
inline constexpr uint32_t kLargestWindow = 0x7FFFFFFF;
inline constexpr uint32_t kFirstWindow = 65535;  // of every connection and stream, until told otherwise

enum FrameType : uint8_t {
  kData = 0,
  kHeaders = 1,
  kPriority = 2,
  kResetStream = 3,
  kSettings = 4,
  kPushPromise = 5,
  kPing = 6,
  kGoAway = 7,
  kWindowUpdate = 8,
  kContinuation = 9,
};

enum FrameFlag : uint8_t { kEndStream = 1, kAck = 1, kEndHeaders = 4, kPadded = 8, kWithPriority = 0x20 };

enum Setting : uint16_t {
  kHeaderTableSize = 1,
  kEnablePush = 2,
  kConcurrentStreams = 3,
  kInitialWindow = 4,
  kMaxFrameSize = 5,
  kMaxHeaderListSize = 6,
};

// A frame without its content.
struct Frame {
  uint32_t length;
  uint8_t type;
  uint8_t flags;
  uint32_t stream;
};

// Header fields in their order; names in lower case.
using Fields = std::vector<std::pair<std::string, std::string>>;

uint32_t ReadNumber(std::string_view bytes);  // the first four, most significant first
void AppendNumber(uint32_t number, std::string& out);
Frame ReadFrame(std::string_view bytes);  // the first kFrameHeader of them
void AppendFrame(uint8_t type, uint8_t flags, uint32_t stream, std::string_view content, std::string& out);
void AppendSetting(uint16_t setting, uint32_t value, std::string& out);
void AppendWindowUpdate(uint32_t stream, uint32_t more, std::string& out);
// A header field as a literal, without a table and without Huffman's code; any byte goes.
void AppendField(std::string_view name, std::string_view value, std::string& out);
// A gRPC message behind its prefix; `flag` is 1 for a compressed one.
std::string WithPrefix(std::string_view message, uint8_t flag = 0);

// Writes all of `bytes` to a blocking socket; false when the peer is gone.
bool SendAll(int descriptor, std::string_view bytes);

}  // namespace rpcctl::testing
