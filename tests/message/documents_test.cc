#include "message/documents.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <vector>

namespace rpcctl {
namespace {

// Everything the splitter says to `stream` cut into `chunks`, a line each: "1 at 1:1 {}", or an error.
std::string Split(const std::vector<std::string>& chunks, size_t limit = 1000) {
  DocumentSplitter splitter(limit);
  std::string said;
  for (size_t i = 0; i <= chunks.size(); ++i) {
    if (i < chunks.size()) splitter.Feed(chunks[i]);
    if (i == chunks.size()) splitter.Finish();
    for (;;) {
      const Result<std::optional<Document>> next = splitter.Next();
      if (!next) {
        const std::string& hint = next.error().hint;
        return said + next.error().message + (hint.empty() ? "\n" : " | " + hint + "\n");
      }
      if (!*next) break;
      const Document& document = **next;
      said += fmt::format("{} at {}:{} {}\n", document.number, document.line, document.column, document.text);
    }
  }
  return said;
}

// Split for the whole, after checking that it says the same for every cut in two and for single bytes.
std::string SplitAnyhow(const std::string& stream, size_t limit = 1000) {
  const std::string whole = Split({stream}, limit);
  for (size_t cut = 0; cut <= stream.size(); ++cut) {
    CAPTURE(cut);
    CHECK(Split({stream.substr(0, cut), stream.substr(cut)}, limit) == whole);
  }
  std::vector<std::string> bytes;
  for (const char c : stream) bytes.emplace_back(1, c);
  CHECK(Split(bytes, limit) == whole);
  return whole;
}

TEST_CASE("documents: they follow one another with white space or without") {
  CHECK(SplitAnyhow(R"({"a":1}{"b":[2]} {} )"
                    "\r\n\t{}\n") ==
        "1 at 1:1 {\"a\":1}\n"
        "2 at 1:8 {\"b\":[2]}\n"
        "3 at 1:18 {}\n"
        "4 at 2:2 {}\n");
}

TEST_CASE("documents: one may take several lines") {
  CHECK(SplitAnyhow("{\n  \"a\": {\n  }\n}\n{}") ==
        "1 at 1:1 {\n  \"a\": {\n  }\n}\n"
        "2 at 5:1 {}\n");
}

TEST_CASE("documents: brackets and quotes in strings mean nothing") {
  CHECK(SplitAnyhow(R"({"a}":"]{\"}\\"}{"b":"\\\""})") ==
        "1 at 1:1 {\"a}\":\"]{\\\"}\\\\\"}\n"
        "2 at 1:17 {\"b\":\"\\\\\\\"\"}\n");
}

TEST_CASE("documents: what is no object is split out as well") {
  CHECK(SplitAnyhow(R"(null true false 12 -1.5e3[1,[2]]"a b"1 "x")") ==
        "1 at 1:1 null\n2 at 1:6 true\n3 at 1:11 false\n4 at 1:17 12\n5 at 1:20 -1.5e3\n"
        "6 at 1:26 [1,[2]]\n7 at 1:33 \"a b\"\n8 at 1:38 1\n9 at 1:40 \"x\"\n");
}

TEST_CASE("documents: nothing, or white space alone, is no document") {
  CHECK(SplitAnyhow("") == "");
  CHECK(SplitAnyhow(" \n\n ") == "");
}

TEST_CASE("documents: a byte order mark is skipped at the very start only") {
  CHECK(SplitAnyhow("\xEF\xBB\xBF{}") == "1 at 1:1 {}\n");
  CHECK(SplitAnyhow("\xEF\xBB\xBF") == "");
  CHECK(SplitAnyhow("{}\xEF\xBB\xBF{}") ==
        "1 at 1:1 {}\nline 1, column 3: expected a JSON document, found '\\ufeff'\n");
}

TEST_CASE("documents: columns count characters") {
  CHECK(SplitAnyhow("{\"\xC3\xA9\":\"\xF0\x9F\x98\x80\"} {}") ==
        "1 at 1:1 {\"\xC3\xA9\":\"\xF0\x9F\x98\x80\"}\n"
        "2 at 1:11 {}\n");
}

TEST_CASE("documents: a document is there with its last byte, before the stream ends") {
  DocumentSplitter splitter;
  splitter.Feed(R"({"a":1})");
  Result<std::optional<Document>> next = splitter.Next();
  REQUIRE(next);
  REQUIRE(*next);
  CHECK((*next)->text == R"({"a":1})");
  next = splitter.Next();
  REQUIRE(next);
  CHECK_FALSE(*next);
}

TEST_CASE("documents: a number is there when something else follows, or the end") {
  DocumentSplitter splitter;
  splitter.Feed("12");
  CHECK_FALSE(*splitter.Next());
  splitter.Feed("3");
  CHECK_FALSE(*splitter.Next());
  splitter.Finish();
  CHECK((**splitter.Next()).text == "123");
  CHECK_FALSE(*splitter.Next());
}

TEST_CASE("documents: the end in the middle of one says where it began") {
  const char* expected =
      "1 at 1:1 {}\nline 2, column 3: the document that begins here is cut short by the end of the input | a "
      "bracket "
      "or a quote is not closed; in a shell JSON stands in single quotes: '{...}'\n";
  CHECK(SplitAnyhow("{}\n  {\"a\":") == expected);
  CHECK(SplitAnyhow("{}\n  [\"a") == expected);
  CHECK(SplitAnyhow("{}\n  \"a\\") == expected);
  CHECK(SplitAnyhow("{}\n  {\n\n") == expected);
}

TEST_CASE("documents: a byte that begins no document is refused with its place") {
  CHECK(SplitAnyhow("{}\n }") == "1 at 1:1 {}\nline 2, column 2: expected a JSON document, found '}'\n");
  CHECK(SplitAnyhow("{},{}") ==
        "1 at 1:1 {}\nline 1, column 3: expected a JSON document, found ',' | "
        "documents follow one another without commas\n");
  CHECK(SplitAnyhow("// x") ==
        "line 1, column 1: expected a JSON document, found '/' | JSON has no comments\n");
  CHECK(SplitAnyhow("'a'") ==
        "line 1, column 1: expected a JSON document, found ''' | JSON takes double quotes only\n");
  CHECK(SplitAnyhow("{} \xC3\xA9") ==
        "1 at 1:1 {}\nline 1, column 4: expected a JSON document, found '\xC3\xA9'\n");
  CHECK(SplitAnyhow(std::string("\0", 1)) == "line 1, column 1: expected a JSON document, found '\\x00'\n");
}

TEST_CASE("documents: UTF-16 is recognised") {
  CHECK(SplitAnyhow("\xFF\xFE{}") ==
        "line 1, column 1: expected a JSON document, found '\\xff' | "
        "the input looks like UTF-16; JSON is read as UTF-8\n");
}

TEST_CASE("documents: an error lasts") {
  DocumentSplitter splitter;
  splitter.Feed("} {}");
  CHECK_FALSE(splitter.Next());
  splitter.Feed("{}");
  CHECK(splitter.Next().error().message == "line 1, column 1: expected a JSON document, found '}'");
}

TEST_CASE("documents: one that is spoilt ends where it is, so that its reader can say so at once") {
  CHECK(SplitAnyhow("{\"a\":\"x\n{}").starts_with("1 at 1:1 {\"a\":\"x\n\n"));
  CHECK(SplitAnyhow("{\"a\":[1}, 2").starts_with("1 at 1:1 {\"a\":[1}\n"));
  CHECK(SplitAnyhow("{'a':{").starts_with("1 at 1:1 {'\n"));
  CHECK(SplitAnyhow("{} {// {").starts_with("1 at 1:1 {}\n2 at 1:4 {/\n"));
  CHECK(SplitAnyhow("\"a\x01").starts_with("1 at 1:1 \"a\x01\n"));
}

TEST_CASE("documents: a character that is out of place is left whole for the reader") {
  CHECK(SplitAnyhow("{\xC3\xA9:1}") == "1 at 1:1 {\xC3\xA9:1}\n");
}

TEST_CASE("documents: one larger than the limit is refused as soon as it is") {
  CHECK(SplitAnyhow(R"({"a":12} {"a":123})", 8) ==
        "1 at 1:1 {\"a\":12}\nline 1, column 10: the document that begins here is larger than 8 bytes\n");
  CHECK(SplitAnyhow("[1,2,3,4", 7) ==
        "line 1, column 1: the document that begins here is larger than 7 bytes\n");
}

TEST_CASE("documents: beyond the limit nothing else is told of a document") {
  CHECK(SplitAnyhow(std::string(101, '['), 64) ==
        "line 1, column 1: the document that begins here is larger than 64 bytes\n");
}

TEST_CASE("documents: they nest 100 deep and no deeper") {
  CHECK(Split({std::string(100, '[') + std::string(100, ']')}).starts_with("1 at 1:1 [[["));
  CHECK(Split({"\n " + std::string(10'000'000, '[')}, 20'000'000) ==
        "line 2, column 102: nested more than 100 deep\n");
}

TEST_CASE("documents: a large one is found in single bytes as well") {
  DocumentSplitter splitter;
  const std::string large = "[\"" + std::string(1'000'000, 'x') + "\"]";
  for (size_t i = 0; i < large.size(); ++i) {
    REQUIRE_FALSE(*splitter.Next());
    splitter.Feed(std::string_view(large).substr(i, 1));
  }
  CHECK((**splitter.Next()).text == large);
}

TEST_CASE("documents: a stream that is never empty is split on and on") {
  DocumentSplitter splitter;
  splitter.Feed("{\"a\":");
  for (size_t i = 1; i <= 100'000; ++i) {
    splitter.Feed("1}\n{\"a\":");
    const Result<std::optional<Document>> next = splitter.Next();
    REQUIRE(*next);
    REQUIRE((*next)->number == i);
    REQUIRE((*next)->line == i);
    REQUIRE((*next)->text == "{\"a\":1}");
  }
}

TEST_CASE("documents: one chunk of many documents is handed out one by one") {
  std::string chunk;
  for (int i = 0; i < 100'000; ++i) chunk += "{}\n";
  DocumentSplitter splitter;
  splitter.Feed(chunk);
  size_t count = 0;
  while (*splitter.Next()) ++count;
  CHECK(count == 100'000);
}

}  // namespace
}  // namespace rpcctl
