// Numbers as people write them in items: 42, 007, 0x1f, 1e3, 2.5, inf.
#pragma once

#include <string_view>

#include "message/json_input_number.h"

namespace rpcctl {

// Reads what json_number.h reads and, besides, zeros in front (which mean nothing), a fraction that begins
// with its point, and 0x with hexadecimal digits; for floats also inf, -inf, nan, Infinity, -Infinity and
// NaN. T is one of int32_t, int64_t, uint32_t, uint64_t, float and double.
template <typename T>
JsonNumber<T> ReadNumberText(std::string_view text);

}  // namespace rpcctl
