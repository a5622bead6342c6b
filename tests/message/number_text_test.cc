#include "message/number_text.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace rpcctl {
namespace {

struct Case {
  const char* text;
  int64_t value;
};

TEST_CASE("number_text: whole numbers are read exactly in every notation") {
  for (const Case& expected : std::vector<Case>{{"0", 0},
                                                {"-0", 0},
                                                {"00", 0},
                                                {"007", 7},
                                                {"-010", -10},
                                                {"9007199254740993", 9007199254740993},
                                                {"0x1F", 31},
                                                {"0X7fffffffffffffff", INT64_MAX},
                                                {"-0x8000000000000000", INT64_MIN},
                                                {"0x0000000000000000000001", 1},
                                                {"1e3", 1000},
                                                {"1E+3", 1000},
                                                {"001.5e1", 15},
                                                {".5e1", 5},
                                                {"1.0", 1},
                                                {"0.0", 0},
                                                {"0e5", 0},
                                                {"100e-2", 1}}) {
    CAPTURE(expected.text);
    const JsonNumber<int64_t> number = ReadNumberText<int64_t>(expected.text);
    CHECK(number.fault == NumberFault::kNone);
    CHECK(number.value == expected.value);
  }
}

TEST_CASE("number_text: every type has its own range") {
  CHECK(ReadNumberText<int32_t>("-0x80000000").value == INT32_MIN);
  CHECK(ReadNumberText<int32_t>("0x80000000").fault == NumberFault::kOutOfRange);
  CHECK(ReadNumberText<uint32_t>("0xffffffff").value == UINT32_MAX);
  CHECK(ReadNumberText<uint32_t>("-0x1").fault == NumberFault::kOutOfRange);
  CHECK(ReadNumberText<uint32_t>("-0").value == 0);
  CHECK(ReadNumberText<uint64_t>("0xffffffffffffffff").value == UINT64_MAX);
  CHECK(ReadNumberText<uint64_t>("0x10000000000000000").fault == NumberFault::kOutOfRange);
  CHECK(ReadNumberText<uint64_t>("1e20").fault == NumberFault::kOutOfRange);
  CHECK(ReadNumberText<int64_t>("1.5").fault == NumberFault::kNotAnInteger);
}

TEST_CASE("number_text: what is no number is told as such") {
  for (const char* text :
       {"",      "-", "+1", "1 ",  " 1",  "x",   "0x",  "-0x",   "0xg", "0x-1", "0x+1", "1e",
        "1e1.5", ".", "-.", "--1", "1_0", "1,0", "inf", "1.2.3", "0b1", "5.",   "00x1", "\xd9\xa1"}) {
    CAPTURE(text);
    CHECK(ReadNumberText<int64_t>(text).fault == NumberFault::kNotANumber);
  }
}

TEST_CASE("number_text: floating numbers are rounded to the nearest of their type") {
  CHECK(ReadNumberText<double>("0.1").value == 0.1);
  CHECK(ReadNumberText<float>("0.1").value == 0.1f);
  CHECK(ReadNumberText<double>("-1e-3").value == -0.001);
  CHECK(ReadNumberText<double>("-.5").value == -0.5);
  CHECK(ReadNumberText<double>("00.5").value == 0.5);
  CHECK(ReadNumberText<double>("-0x10").value == -16);
  CHECK(ReadNumberText<double>("1.7976931348623157e308").value == std::numeric_limits<double>::max());
  CHECK(std::signbit(ReadNumberText<double>("-0").value));
}

TEST_CASE("number_text: infinities and what is no number have names") {
  CHECK(ReadNumberText<double>("inf").value == std::numeric_limits<double>::infinity());
  CHECK(ReadNumberText<double>("-Infinity").value == -std::numeric_limits<double>::infinity());
  CHECK(ReadNumberText<float>("-inf").value == -std::numeric_limits<float>::infinity());
  CHECK(std::isnan(ReadNumberText<double>("nan").value));
  CHECK(std::isnan(ReadNumberText<float>("NaN").value));
  for (const char* text : {"INF", "Nan", "nan(1)", "infinity", "+inf", "-nan", "0x1p3", "1,5", "1.5f"}) {
    CAPTURE(text);
    CHECK(ReadNumberText<double>(text).fault == NumberFault::kNotANumber);
  }
}

TEST_CASE("number_text: too large is a fault and too small is zero") {
  CHECK(ReadNumberText<double>("1e400").fault == NumberFault::kOutOfRange);
  CHECK(ReadNumberText<float>("-1e39").fault == NumberFault::kOutOfRange);
  CHECK(ReadNumberText<float>("0xffffffffffffffff").value == 18446744073709551616.0f);
  CHECK(ReadNumberText<double>("1e-400").value == 0);
  CHECK(ReadNumberText<float>("1e-60").value == 0);
}

}  // namespace
}  // namespace rpcctl
