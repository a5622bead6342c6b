#include "tests/conformance/exchange.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/wire_format_lite.h>

#include <cstdint>

namespace rpcctl::conformance {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;
using google::protobuf::io::CodedOutputStream;

constexpr uint32_t kIgnoreUnknownTest = 3;  // conformance.TestCategory

// Little-endian.
std::optional<uint32_t> ReadSize(std::FILE* in) {
  unsigned char bytes[4];
  if (std::fread(bytes, 1, sizeof bytes, in) != sizeof bytes) return std::nullopt;
  return uint32_t{bytes[0]} | uint32_t{bytes[1]} << 8 | uint32_t{bytes[2]} << 16 | uint32_t{bytes[3]} << 24;
}

Format FormatOfPayload(int field) {
  switch (field) {
    case 1:
      return Format::kBinary;
    case 2:
      return Format::kJson;
    case 8:
      return Format::kText;
    default:
      return Format::kJspb;
  }
}

bool ReadText(CodedInputStream& in, std::string& text) {
  uint32_t size = 0;
  return in.ReadVarint32(&size) && in.ReadString(&text, static_cast<int>(size));
}

bool ReadNumber(CodedInputStream& in, int field, Request& request) {
  uint32_t number = 0;
  if (!in.ReadVarint32(&number)) return false;
  if (field == 3) request.answer_format = static_cast<Format>(number);
  if (field == 5) request.allow_unknown = number == kIgnoreUnknownTest;
  if (field == 9) request.print_unknown = number != 0;
  return true;
}

// Reads the member of ConformanceRequest that `tag` begins.
bool ReadMember(CodedInputStream& in, uint32_t tag, Request& request) {
  const int field = WireFormatLite::GetTagFieldNumber(tag);
  switch (field) {
    case 1:
    case 2:
    case 7:
    case 8:
      request.format = FormatOfPayload(field);
      return ReadText(in, request.payload);
    case 3:
    case 5:
    case 9:
      return ReadNumber(in, field, request);
    case 4:
      return ReadText(in, request.type);
    default:
      return WireFormatLite::SkipField(&in, tag);
  }
}

}  // namespace

std::optional<Request> ReadRequest(std::FILE* in) {
  const std::optional<uint32_t> size = ReadSize(in);
  if (!size) return std::nullopt;
  std::string bytes(*size, '\0');
  if (std::fread(bytes.data(), 1, bytes.size(), in) != bytes.size()) return std::nullopt;
  CodedInputStream input(reinterpret_cast<const uint8_t*>(bytes.data()), static_cast<int>(bytes.size()));
  Request request;
  while (const uint32_t tag = input.ReadTag()) {
    if (!ReadMember(input, tag, request)) return std::nullopt;
  }
  return request;
}

bool WriteResponse(const Response& response, std::FILE* out) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    CodedOutputStream output(&stream);
    const uint32_t tag = WireFormatLite::MakeTag(static_cast<int>(response.outcome),
                                                 WireFormatLite::WIRETYPE_LENGTH_DELIMITED);
    const auto length = static_cast<uint32_t>(response.text.size());
    output.WriteLittleEndian32(static_cast<uint32_t>(CodedOutputStream::VarintSize32(tag)) +
                               static_cast<uint32_t>(CodedOutputStream::VarintSize32(length)) + length);
    output.WriteTag(tag);
    output.WriteVarint32(length);
    output.WriteString(response.text);
  }
  return std::fwrite(bytes.data(), 1, bytes.size(), out) == bytes.size() && std::fflush(out) == 0;
}

}  // namespace rpcctl::conformance
