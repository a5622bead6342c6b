#include "message/json_number.h"

#include <doctest/doctest.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>

namespace rpcctl {
namespace {

template <typename Number>
std::string Text(Number number) {
  std::string out;
  AppendNumber(number, out);
  return out;
}

TEST_CASE("json number: a double has the fewest digits that read back the same") {
  CHECK(Text(0.0) == "0");
  CHECK(Text(-0.0) == "-0");
  CHECK(Text(1.0) == "1");
  CHECK(Text(-2.5) == "-2.5");
  CHECK(Text(0.1) == "0.1");
  CHECK(Text(0.1 + 0.2) == "0.30000000000000004");
  CHECK(Text(1.0 / 3) == "0.3333333333333333");
  CHECK(Text(5e-324) == "5e-324");
  CHECK(Text(1.7976931348623157e308) == "1.7976931348623157e+308");
}

TEST_CASE("json number: very large and very small doubles have an exponent") {
  CHECK(Text(1e20) == "1e+20");
  CHECK(Text(1e15) == "1e+15");
  CHECK(Text(999999999999999.0) == "999999999999999");
  CHECK(Text(100000.0) == "100000");
  CHECK(Text(0.0001) == "0.0001");
  CHECK(Text(0.00001) == "1e-05");
  CHECK(Text(-1.5e-7) == "-1.5e-07");
}

// Random whole numbers of up to 18 digits behind up to 8 decimals, where the digits are counted out and not
// searched for, and just beyond that.
template <typename Float>
void CheckDecimals() {
  std::mt19937_64 random(20261122);
  for (int i = 0; i < 300'000; ++i) {
    const auto digits = static_cast<Float>(static_cast<int64_t>(random()) >> (random() % 60 + 4));
    const Float value = digits / static_cast<Float>(std::pow(10, static_cast<double>(random() % 9)));
    const Float size = std::abs(value);
    if (size < Float{1e-4f} || size >= Float{1e6f}) continue;
    char shortest[64];
    const char* const end =
        std::to_chars(shortest, shortest + sizeof shortest, value, std::chars_format::fixed).ptr;
    CAPTURE(value);
    REQUIRE(Text(value) == std::string_view(shortest, static_cast<size_t>(end - shortest)));
  }
}

TEST_CASE("json number: decimals are as the standard library has them") {
  CheckDecimals<double>();
  CheckDecimals<float>();
}

TEST_CASE("json number: a float is not printed as the double it converts to") {
  CHECK(Text(0.1f) == "0.1");
  CHECK(Text(16777216.0f) == "1.6777216e+07");
  CHECK(Text(9999999.0f) == "9999999");
  CHECK(Text(3.4028235e38f) == "3.4028235e+38");
  CHECK(Text(1e-45f) == "1e-45");
}

TEST_CASE("json number: what is no number is a word") {
  CHECK(Text(std::numeric_limits<double>::quiet_NaN()) == "NaN");
  CHECK(Text(std::numeric_limits<double>::infinity()) == "Infinity");
  CHECK(Text(-std::numeric_limits<float>::infinity()) == "-Infinity");
}

TEST_CASE("json number: integers up to their limits") {
  CHECK(Text(std::numeric_limits<int64_t>::min()) == "-9223372036854775808");
  CHECK(Text(std::numeric_limits<uint64_t>::max()) == "18446744073709551615");
  CHECK(Text(int64_t{0}) == "0");
}

TEST_CASE("json number: any finite bit pattern reads back as itself") {
  std::mt19937_64 random(1);
  for (int i = 0; i < 20000; ++i) {
    double number;
    const uint64_t bits = random();
    std::memcpy(&number, &bits, sizeof number);
    if (!(number - number == 0)) continue;
    CAPTURE(Text(number));
    CHECK(std::strtod(Text(number).c_str(), nullptr) == number);
  }
}

TEST_CASE("json number: any finite float pattern reads back as itself") {
  std::mt19937 random(1);
  for (int i = 0; i < 20000; ++i) {
    float number;
    const auto bits = static_cast<uint32_t>(random());
    std::memcpy(&number, &bits, sizeof number);
    if (!(number - number == 0)) continue;
    CAPTURE(Text(number));
    CHECK(std::strtof(Text(number).c_str(), nullptr) == number);
  }
}

}  // namespace
}  // namespace rpcctl
