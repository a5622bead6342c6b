// The numbers of JSON as protobuf's scalar types: exact for integers, correctly rounded for floats.
#pragma once

#include <cstdint>
#include <string_view>

namespace rpcctl {

enum class NumberFault {
  kNone,
  kNotANumber,    // not written as JSON writes a number
  kNotAnInteger,  // has a fraction that is not zero
  kOutOfRange,
};

template <typename T>
struct JsonNumber {
  T value = 0;
  NumberFault fault = NumberFault::kNone;
};

// Read `text`, one whole JSON number: -?digits[.digits][e[+-]digits], without leading zeros. A fraction or an
// exponent is no fault in an integer that comes out whole: 1.0, 1e3, 12.50e1.
JsonNumber<int32_t> ReadInt32(std::string_view text);
JsonNumber<int64_t> ReadInt64(std::string_view text);
JsonNumber<uint32_t> ReadUint32(std::string_view text);
JsonNumber<uint64_t> ReadUint64(std::string_view text);

// Read `text` likewise. What is too small for the type becomes a zero of its sign; what is too large is out
// of range, never infinity.
JsonNumber<float> ReadFloat32(std::string_view text);
JsonNumber<double> ReadFloat64(std::string_view text);

}  // namespace rpcctl
