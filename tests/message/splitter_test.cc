// The splitters of text format and of binary data; documents_test.cc has that of JSON.
#include "message/splitter.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace rpcctl {
namespace {

// Everything a splitter says to `stream` in chunks of `size` bytes: "<message>" each, or an error at the end.
std::string SplitBy(size_t size, DataFormat format, const std::string& stream, size_t limit) {
  const std::unique_ptr<Splitter> splitter = MakeSplitter(format, limit);
  std::string said;
  for (size_t at = 0;; at += size) {
    if (at < stream.size()) splitter->Feed(std::string_view(stream).substr(at, size));
    if (at >= stream.size()) splitter->Finish();
    for (;;) {
      const Result<std::optional<Document>> next = splitter->Next();
      if (!next) return said + next.error().message;
      if (!*next) break;
      said.append("<").append((*next)->text).append(">");
    }
    if (at >= stream.size()) return said;
  }
}

// The same for every size of chunks.
std::string Split(DataFormat format, const std::string& stream, size_t limit = 1000) {
  const std::string whole = SplitBy(stream.size() + 1, format, stream, limit);
  for (size_t size = 1; size <= stream.size(); ++size) {
    CAPTURE(size);
    CHECK(SplitBy(size, format, stream, limit) == whole);
  }
  return whole;
}

TEST_CASE("text splitter: messages stand between lines of three dashes") {
  CHECK(Split(DataFormat::kText, "a: 1\n---\nb: 2\n") == "<a: 1\n><b: 2\n>");
  CHECK(Split(DataFormat::kText, "a: 1\n---\nb: 2") == "<a: 1\n><b: 2>");
  CHECK(Split(DataFormat::kText, "a: 1\r\n---\r\nb: 2\r\n") == "<a: 1\r\n><b: 2\r\n>");
}

TEST_CASE("text splitter: any of several messages may be empty") {
  CHECK(Split(DataFormat::kText, "---\n") == "<><>");
  CHECK(Split(DataFormat::kText, "---") == "<><>");
  CHECK(Split(DataFormat::kText, "a: 1\n---\n") == "<a: 1\n><>");
  CHECK(Split(DataFormat::kText, "---\n---\na: 1\n") == "<><><a: 1\n>");
}

TEST_CASE("text splitter: nothing but white space is no message") {
  CHECK(Split(DataFormat::kText, "") == "");
  CHECK(Split(DataFormat::kText, " \r\n\t\n") == "");
  CHECK(Split(DataFormat::kText, "# only a comment\n") == "<# only a comment\n>");
}

TEST_CASE("text splitter: only a line of three dashes alone parts messages") {
  for (const char* text : {"----\n", " ---\n", "--- \n", "a: '---'\n", "# ---\n", "--\n-\n"}) {
    CAPTURE(text);
    CHECK(Split(DataFormat::kText, text) == std::string("<") + text + ">");
  }
}

TEST_CASE("text splitter: a message is there as soon as its line of dashes is") {
  const std::unique_ptr<Splitter> splitter = MakeSplitter(DataFormat::kText);
  splitter->Feed("a: 1\n---");
  CHECK_FALSE(splitter->Next()->has_value());
  splitter->Feed("\n");
  const Result<std::optional<Document>> first = splitter->Next();
  REQUIRE(first->has_value());
  CHECK((*first)->text == "a: 1\n");
  CHECK_FALSE(splitter->Next()->has_value());
}

TEST_CASE("text splitter: messages know their number and their line") {
  const std::unique_ptr<Splitter> splitter = MakeSplitter(DataFormat::kText);
  splitter->Feed("a: 1\nb: 2\n---\n---\nc: 3\n");
  splitter->Finish();
  for (const auto& [number, line] : {std::pair<size_t, size_t>{1, 1}, {2, 4}, {3, 5}}) {
    const Result<std::optional<Document>> next = splitter->Next();
    REQUIRE(next->has_value());
    CHECK((*next)->number == number);
    CHECK((*next)->line == line);
    CHECK((*next)->column == 1);
  }
  CHECK_FALSE(splitter->Next()->has_value());
}

TEST_CASE("text splitter: a message beyond the limit is refused, with or without an end") {
  const std::string fits(10, 'x'), large(11, 'x');
  CHECK(Split(DataFormat::kText, fits.substr(1) + "\n---\n" + fits, 10) ==
        "<" + fits.substr(1) + "\n><" + fits + ">");
  const std::string refused = "line 1: the message that begins here is larger than 10 bytes";
  CHECK(SplitBy(large.size() + 10, DataFormat::kText, large + "\n---\n", 10) == refused);
  CHECK(SplitBy(1, DataFormat::kText, std::string(1000, 'x'), 10) == refused);
}

TEST_CASE("binary splitter: each message stands behind its length") {
  CHECK(Split(DataFormat::kBinary, std::string("\x02"
                                               "ab\x00\x01"
                                               "c",
                                               6)) == "<ab><><c>");
  CHECK(Split(DataFormat::kBinary, "") == "");
  const std::string long_one(300, 'x');
  CHECK(Split(DataFormat::kBinary, "\xac\x02" + long_one) == "<" + long_one + ">");
}

TEST_CASE("binary splitter: a stream that ends too early says where the message began") {
  CHECK(Split(DataFormat::kBinary,
              "\x01"
              "a\x03"
              "bc") == "<a>byte 2: the message that begins here is cut short by the end of the input");
  CHECK(Split(DataFormat::kBinary, "\x80") ==
        "byte 0: the message that begins here is cut short by the end of the input");
}

TEST_CASE("binary splitter: a length that is none, or beyond the limit") {
  CHECK(Split(DataFormat::kBinary, std::string(11, '\x80')) ==
        "byte 0: the message that begins here has no valid length");
  CHECK(Split(DataFormat::kBinary, std::string(9, '\xff') + "\x7f") ==
        "byte 0: the message that begins here has no valid length");
  CHECK(Split(DataFormat::kBinary, "\xe9\x07") ==
        "byte 0: the message that begins here says that it has 1001 bytes, more than 1000 bytes");
  CHECK(Split(DataFormat::kBinary, std::string(9, '\xff') + "\x01").find("18446744073709551615 bytes") !=
        std::string::npos);
}

TEST_CASE("splitters: a failure lasts") {
  for (const DataFormat format : {DataFormat::kText, DataFormat::kBinary}) {
    const std::unique_ptr<Splitter> splitter = MakeSplitter(format, 4);
    splitter->Feed(std::string(100, '\x7f'));
    CHECK_FALSE(splitter->Next());
    splitter->Feed("more");
    CHECK_FALSE(splitter->Next());
  }
}

}  // namespace
}  // namespace rpcctl
