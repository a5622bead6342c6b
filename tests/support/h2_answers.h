// What servers answer, as bytes: frames and whole answers of gRPC, right and wrong ones.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/h2_wire.h"

namespace rpcctl::testing {

std::string FrameBytes(uint8_t type, uint8_t flags, uint32_t stream, std::string_view content = {});
std::string NumberBytes(uint32_t number);

// The compressed form of `fields`.
std::string BlockOf(const Fields& fields);
// HEADERS, and CONTINUATION where a frame is not enough. `flags` may have kEndStream.
std::string HeadersBytes(uint32_t stream, const Fields& fields, uint8_t flags = 0,
                         size_t largest = kLargestFrame);
// One DATA frame, with `padding` bytes of padding unless that is negative.
std::string DataBytes(uint32_t stream, std::string_view data, uint8_t flags = 0, int padding = -1);
std::string ResetBytes(uint32_t stream, uint32_t code);
std::string GoAwayBytes(uint32_t last_stream, uint32_t code, std::string_view text = {});
std::string PingBytes(std::string_view eight = "scripted", uint8_t flags = 0);
std::string SettingsBytes(std::initializer_list<std::pair<uint16_t, uint32_t>> settings = {},
                          uint8_t flags = 0);
std::string WindowBytes(uint32_t stream, uint32_t more);

// The headers of an answer that goes well, and `more` behind them.
Fields AnswerFields(const Fields& more = {});
std::string AnswerHeaders(uint32_t stream, const Fields& more = {});
// DATA with one whole message.
std::string MessageBytes(uint32_t stream, std::string_view message, uint8_t flag = 0);
// The end: grpc-status, and `more` behind it.
std::string Trailers(uint32_t stream, std::string_view status = "0", const Fields& more = {});
// Headers, messages, trailers.
std::string WholeAnswer(uint32_t stream, const std::vector<std::string>& messages,
                        std::string_view status = "0", const Fields& more = {});

}  // namespace rpcctl::testing
