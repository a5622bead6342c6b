// Numbers as JSON writes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace rpcctl {

// No number below takes more bytes.
inline constexpr size_t kLongestNumber = 40;

// Appends the shortest digits that read back as the same value: "1", "0.1", "1e+20", "-0". A value that JSON
// has no number for is appended as the word ProtoJSON puts in quotes: NaN, Infinity, -Infinity.
void AppendNumber(double value, std::string& out);
void AppendNumber(float value, std::string& out);

void AppendNumber(int64_t value, std::string& out);
void AppendNumber(uint64_t value, std::string& out);

// The same into kLongestNumber bytes at `out`; the end of what was written.
char* PutNumber(double value, char* out);
char* PutNumber(float value, char* out);
char* PutNumber(int64_t value, char* out);
char* PutNumber(uint64_t value, char* out);

}  // namespace rpcctl
