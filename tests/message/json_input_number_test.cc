#include "message/json_input_number.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

namespace rpcctl {
namespace {

TEST_CASE("json_number: integers reach the ends of their types") {
  CHECK(ReadInt32("-2147483648").value == INT32_MIN);
  CHECK(ReadInt64("9223372036854775807").value == INT64_MAX);
  CHECK(ReadInt64("-9223372036854775808").value == INT64_MIN);
  CHECK(ReadUint32("4294967295").value == UINT32_MAX);
  CHECK(ReadUint64("18446744073709551615").value == UINT64_MAX);
}

TEST_CASE("json_number: an integer beyond its type is out of range") {
  CHECK(ReadInt32("2147483648").fault == NumberFault::kOutOfRange);
  CHECK(ReadInt32("-2147483649").fault == NumberFault::kOutOfRange);
  CHECK(ReadInt64("9223372036854775808").fault == NumberFault::kOutOfRange);
  CHECK(ReadInt64("-9223372036854775809").fault == NumberFault::kOutOfRange);
  CHECK(ReadUint32("4294967296").fault == NumberFault::kOutOfRange);
  CHECK(ReadUint64("18446744073709551616").fault == NumberFault::kOutOfRange);
  CHECK(ReadUint64("100000000000000000000").fault == NumberFault::kOutOfRange);
  CHECK(ReadUint32("-1").fault == NumberFault::kOutOfRange);
}

TEST_CASE("json_number: fractions and exponents that come out whole are exact") {
  CHECK(ReadInt64("9007199254740993.0").value == 9007199254740993);
  CHECK(ReadInt64("9007199254740993e0").value == 9007199254740993);
  CHECK(ReadInt64("900719925474099.3e+1").value == 9007199254740993);
  CHECK(ReadUint64("1844674407370955161.5E1").value == UINT64_MAX);
  CHECK(ReadInt64("-922337203685477580.8e1").value == INT64_MIN);
  CHECK(ReadInt32("1000e-3").value == 1);
  CHECK(ReadInt32("0.001e3").value == 1);
}

TEST_CASE("json_number: zero is zero however it is written") {
  for (const char* text :
       {"0", "-0", "0.0", "-0.000", "0e999999999999999999999", "0.0e-99999999999999999999"}) {
    CAPTURE(text);
    CHECK(ReadUint32(text).fault == NumberFault::kNone);
    CHECK(ReadUint32(text).value == 0);
    CHECK(ReadInt64(text).value == 0);
    CHECK(ReadFloat64(text).fault == NumberFault::kNone);
    CHECK(ReadFloat64(text).value == 0);
  }
}

TEST_CASE("json_number: what is not whole is no integer") {
  for (const char* text :
       {"0.5", "1.0000000000000000000000001", "1e-1", "15e-1", "1e-99999999999999999999"}) {
    CAPTURE(text);
    CHECK(ReadInt32(text).fault == NumberFault::kNotAnInteger);
    CHECK(ReadUint64(text).fault == NumberFault::kNotAnInteger);
  }
}

TEST_CASE("json_number: an enormous exponent is out of range and takes no memory") {
  CHECK(ReadInt64("1e536870000").fault == NumberFault::kOutOfRange);
  CHECK(ReadUint64("1e99999999999999999999999999").fault == NumberFault::kOutOfRange);
  CHECK(ReadFloat64("1e99999999999999999999999999").fault == NumberFault::kOutOfRange);
}

TEST_CASE("json_number: only what JSON writes is a number") {
  for (const char* text : {"",    "-",        "+1",   " 1",    "1 ",  "01",    "-01",  "00",  ".5",
                           "-.5", "1.",       "1.e5", "1e",    "1e+", "0x1p3", "0x10", "inf", "-inf",
                           "nan", "Infinity", "1,5",  "1_000", "--1", "1e5.5", "1-"}) {
    CAPTURE(text);
    CHECK(ReadInt32(text).fault == NumberFault::kNotANumber);
    CHECK(ReadUint64(text).fault == NumberFault::kNotANumber);
    CHECK(ReadFloat32(text).fault == NumberFault::kNotANumber);
    CHECK(ReadFloat64(text).fault == NumberFault::kNotANumber);
  }
}

TEST_CASE("json_number: floats are rounded to the nearest of their type") {
  CHECK(ReadFloat64("0.1").value == 0.1);
  CHECK(ReadFloat64("-1.7976931348623157e308").value == -std::numeric_limits<double>::max());
  CHECK(ReadFloat64("4.9e-324").value == std::numeric_limits<double>::denorm_min());
  CHECK(ReadFloat32("3.4028235e38").value == std::numeric_limits<float>::max());
  // Through a double this would be rounded twice, and up.
  CHECK(ReadFloat32("1.00000017881393432617187499").value == 1.00000011920928955078125f);
  CHECK(ReadFloat64("1E+2").value == 100);
}

TEST_CASE("json_number: a float too small is a zero with its sign") {
  CHECK(ReadFloat64("1e-400").value == 0);
  CHECK_FALSE(std::signbit(ReadFloat64("1e-400").value));
  CHECK(std::signbit(ReadFloat64("-1e-400").value));
  CHECK(std::signbit(ReadFloat64("-0").value));
  CHECK(ReadFloat32("1e-60").fault == NumberFault::kNone);
  CHECK(ReadFloat64("0." + std::string(400, '0') + "1").value == 0);
  CHECK(ReadFloat64("100000e-340").fault == NumberFault::kNone);
}

TEST_CASE("json_number: a float too large is out of range, never infinity") {
  for (const char* text : {"1e400", "-1e400", "1.7976931348623159e308", "0.0000001e320"}) {
    CAPTURE(text);
    CHECK(ReadFloat64(text).fault == NumberFault::kOutOfRange);
  }
  CHECK(ReadFloat64("1" + std::string(400, '0')).fault == NumberFault::kOutOfRange);
  CHECK(ReadFloat32("3.502823e+38").fault == NumberFault::kOutOfRange);
  CHECK(ReadFloat32("1e39").fault == NumberFault::kOutOfRange);
}

}  // namespace
}  // namespace rpcctl
