// What protobuf's conformance runner and a testee say to one another (conformance.proto).
#pragma once

#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace rpcctl::conformance {

// The numbers are those of conformance.WireFormat.
enum class Format { kUnspecified, kBinary, kJson, kJspb, kText };

// A message in one format, to be answered in another.
struct Request {
  Format format = Format::kUnspecified;
  std::string payload;  // any bytes: JSON that is not UTF-8 is among the tests
  Format answer_format = Format::kUnspecified;
  std::string type;
  bool allow_unknown = false;  // JSON_IGNORE_UNKNOWN_PARSING_TEST
  bool print_unknown = false;
};

// The numbers are those of conformance.ConformanceResponse, where they name a member of its oneof.
enum class Outcome { kParseError = 1, kBinary = 3, kJson = 4, kSkipped = 5, kSerializeError = 6, kText = 8 };

struct Response {
  Outcome outcome = Outcome::kSkipped;
  std::string text;  // the message, or why there is none
};

// Reads the next request, which is behind its length in four bytes, the lowest first; nullopt at the end of
// `in` and when what comes is no request.
std::optional<Request> ReadRequest(std::FILE* in);
// Writes `response` in the same way, at once; false when that is not possible.
bool WriteResponse(const Response& response, std::FILE* out);

}  // namespace rpcctl::conformance
